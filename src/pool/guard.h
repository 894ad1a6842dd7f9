/// What stands around the sandbox: circuit breaker, attribution of faults, native fallback.
#pragma once

#include <riptide/config.h>
#include <riptide/extractor.h>
#include <riptide/metrics.h>

#include <cstdint>
#include <optional>

#include "pool/admission.h"
#include "pool/faulty_pages.h"
#include "pool/recorder.h"
#include "pool/runtime.h"
#include "pool/shared_breaker.h"
#include "pool/stoppable_extractor.h"
#include "sys/stop_tokens.h"

namespace riptide {

/// What the guard decides about; all outlive it. `runtime` is null when it could not start,
/// `fallback` when there is none; not both.
struct Guarded {
    Runtime* runtime;
    const StoppableExtractor* fallback;
    Recorder& recorder;
};

/// What nobody outside may guess.
struct GuardSecrets {
    SipKey page_key;
    std::uint64_t jitter_seed;
};

/// Serves one admitted request after the other. Thread-safe.
class Guard {
public:
    Guard(const ExtractorConfig& config, const Guarded& guarded, const GuardSecrets& secrets);

    /// Decodes the page and extracts it, in the sandbox where that can be. `permit` is given back
    /// as soon as the sandbox is done with the page.
    Result<Document> extract(const Request& request, Deadline deadline, const sys::StopTokens& stop,
                             Admission::Permit permit);

    /// Runs the canary as often as the breaker wants a probe.
    void probe();
    [[nodiscard]] bool canary_passes() const {
        return guarded_.runtime != nullptr && guarded_.runtime->try_canary().has_value();
    }
    /// Another component has taken over: what the last one did says nothing of it.
    void forget_pages() { faulty_pages_.clear(); }

    [[nodiscard]] const SharedCircuitBreaker& breaker() const { return breaker_; }

private:
    struct Attempt {
        Result<Document> result;
        std::optional<FallbackReason> fall_back;
    };

    Attempt try_sandbox(std::string_view html, const Request& request, Deadline deadline,
                        const sys::StopTokens& stop);
    /// `generation` is that of the faulty pages before the call.
    void attribute(const Error& error, std::string_view page, std::uint64_t generation,
                   SharedCircuitBreaker::Permit permit);
    Result<Document> fall_back(FallbackReason reason, const Error& cause, const Request& request,
                               Deadline deadline, const sys::StopTokens& stop) const;

    const ExtractorConfig config_;
    const Guarded guarded_;
    SharedCircuitBreaker breaker_;
    FaultyPages faulty_pages_;
};

/// Why a page that failed so goes to the fallback; nothing when the error is its answer.
std::optional<FallbackReason> fallback_reason(ErrorClass error_class);

}  // namespace riptide
