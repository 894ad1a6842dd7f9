/// Bytes to UTF-8, as the WHATWG encoding standard says.
#pragma once

#include <riptide/error.h>

#include <string>
#include <string_view>

namespace riptide::text {

/// A page in UTF-8. Holds the decoded bytes, or just views the caller's where they already were
/// valid UTF-8; `utf8()` is valid as long as both this and the caller's bytes live.
class DecodedPage {
public:
    [[nodiscard]] std::string_view utf8() const { return owned_ ? std::string_view(storage_) : view_; }
    /// WHATWG name of the encoding that was used, lower case ("utf-8", "windows-1252", ...).
    [[nodiscard]] const std::string& encoding() const { return encoding_; }

    static DecodedPage view(std::string_view utf8);
    static DecodedPage own(std::string utf8, std::string encoding);

private:
    DecodedPage() = default;
    std::string_view view_;
    std::string storage_;
    std::string encoding_ = "utf-8";
    bool owned_ = false;
};

/// Finds the encoding (byte order mark, then `label`, then the charset of `content_type`, then the
/// page's own `<meta>` within its first 1024 bytes, then detection) and decodes; bytes that are not
/// valid in it become U+FFFD. Error: `kUnsupportedMode` when `label` names no known encoding.
/// Thread-safe.
Result<DecodedPage> decode(std::string_view bytes, std::string_view content_type,
                           std::string_view label);

}  // namespace riptide::text
