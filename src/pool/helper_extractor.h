/// The core, natively, in processes that can do nothing but compute: the fallback for untrusted
/// pages.
#pragma once

#include <riptide/config.h>

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "core/extract.h"
#include "pool/helper_pool.h"
#include "pool/stoppable_extractor.h"

namespace riptide {

struct HelperSettings {
    /// Helper processes, and so calls at once: 1 to `kMaxHelpers`.
    std::uint32_t helpers = 2;
    /// Requests that may wait for a helper; more are refused.
    std::uint32_t max_waiting = 64;
    /// For a whole request, waiting included, whatever its deadline.
    std::chrono::milliseconds extraction_timeout = std::chrono::seconds(30);
    /// What a helper may allocate, its page and its answer included.
    Bytes memory_limit = Bytes::mib(512);
    /// Largest page that is taken.
    Bytes body_limit = ExtractorConfig{}.body_limit;
    /// A program that begins with `serve_as_zygote_if_asked`, "/proc/self/exe" for
    /// this one; helpers are then processes of it, and see nothing of this one. Empty: they are
    /// forks of this one, which need no program.
    std::string program;
};

/// As many helpers as the sandbox has instances (at most `kMaxHelpers`), with twice their memory,
/// since native pointers are twice as wide.
HelperSettings helper_settings(const ExtractorConfig& config);

/// Makes the document that `NativeExtractor` and the sandbox make, byte for byte.
///
/// What holds, whatever a page does to the code that reads it:
/// - A process reads one page and ends. It is forked before the page is there, from a process that
///   never sees one, so nothing of a page can be seen by another.
/// - It has no files, network, processes or executable memory of its own making (sys/sandbox.h),
///   bounded memory and processor time, and is killed when the request's deadline passes or a
///   stop is requested.
/// - Its answer is checked before it is used (pool/document_wire.h). That the HTML and Markdown in
///   it are safe is the core's word, as it is for the guest.
///
/// Without `HelperSettings::program`, helpers can see what this process had in memory when the
/// extractor was made, and each costs a copy of the page tables of that moment. So make it early:
/// before secrets are loaded and memory is filled. Should the zygote be killed, another is forked
/// from what this process is by then. More about that fork, and what it asks of the embedding
/// program: pool/zygote.h.
///
/// Thread-safe. No call may be in progress when it is destroyed.
class HelperExtractor final : public StoppableExtractor {
public:
    /// Starts the helpers, and proves one on a small page. Error: `kEngineStart`, with a sentence
    /// that says what the kernel, or the container, does not allow. `work` is for tests, and
    /// without effect when there is a `program`.
    static Result<std::unique_ptr<HelperExtractor>> create(const HelperSettings& settings,
                                                           HelperWork work = core::extract);

    using StoppableExtractor::extract;
    /// Errors, beside those of the core and of reading the page: `kTimeout`, `kMemoryLimit` and
    /// `kTrap` when the helper was stopped or crashed, `kInternalError` when its answer is none,
    /// `kOverloaded` and `kDeadlineExceeded` when there was none in time, `kCancelled` after a stop
    /// was requested, `kHost` when none can be had, or somebody killed it.
    [[nodiscard]] Result<Document> extract(const Request& request, Deadline deadline,
                                           const sys::StopTokens& stop) const override;

    [[nodiscard]] HelperStats stats() const { return pool_->stats(); }

private:
    HelperExtractor(const HelperSettings& settings, std::unique_ptr<HelperPool> pool)
        : settings_(settings), pool_(std::move(pool)) {}
    [[nodiscard]] Result<Document> run(std::string_view html, const ExtractOptions& options,
                                       Deadline deadline, const sys::StopTokens& stop) const;

    HelperSettings settings_;
    std::unique_ptr<HelperPool> pool_;
};

}  // namespace riptide
