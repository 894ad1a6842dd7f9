/// A page to extract, as a JSON object: {"html", "url", "mode", "selectors"}.
#pragma once

#include <riptide/instance_pool.h>
#include <riptide/options.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "http/refusal.h"

namespace riptide::http {

/// What is said of a mode that is none.
std::string unknown_mode(std::string_view name);
/// What is said of a page's address that is none.
std::string unknown_url(std::string_view url);
/// Puts mode and selectors of a request together: selectors imply `kCustom`, which needs one.
/// Refusal: 422.
Checked<void> settle_mode(std::optional<ExtractionMode> mode, ExtractOptions& options);

/// Whether an object may have an "id", which is given back as it was.
enum class PageId : std::uint8_t { kUnknown, kAllowed };

/// Parses one object that comes in pieces; the page is never held twice. Only "html" is required.
class PageJson {
public:
    explicit PageJson(PageId id);
    ~PageJson();
    PageJson(PageJson&&) noexcept;
    PageJson& operator=(PageJson&&) = delete;

    /// Refusals: 400 for what is no JSON (RFC 8259) in UTF-8, 422 for a member that is unknown,
    /// missing, repeated, of the wrong type or of a value that it cannot have, with its name. What
    /// is added after one changes nothing. Where an id is allowed it may still come, so `finish`
    /// tells what is wrong with a member.
    Checked<void> add(std::string_view piece);
    /// The page, whose encoding is UTF-8 whatever it says. Once.
    Checked<OwnedRequest> finish();

    /// Keeps nothing of the page; of what else is added only the id counts.
    void drop_page();

    /// The "id" as JSON, as far as it was read; "null" without one.
    [[nodiscard]] const std::string& id() const;

private:
    class Reader;
    std::unique_ptr<Reader> reader_;
};

}  // namespace riptide::http
