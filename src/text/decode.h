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
    [[nodiscard]] std::string_view utf8() const {
        return owned_ ? std::string_view(storage_) : view_;
    }
    /// WHATWG name of the encoding that was used, lower case ("utf-8", "windows-1252", ...).
    [[nodiscard]] const std::string& encoding() const { return encoding_; }
    /// Whether `utf8()` views the caller's bytes.
    [[nodiscard]] bool is_view() const { return !owned_; }

    static DecodedPage view(std::string_view utf8, std::string encoding = "utf-8");
    static DecodedPage own(std::string utf8, std::string encoding);

private:
    DecodedPage() = default;
    std::string_view view_;
    std::string storage_;
    std::string encoding_;
    bool owned_ = false;
};

/// Whether `decode` takes the label; one of white space alone is none at all. Error:
/// `kUnsupportedMode`. Thread-safe.
Result<void> check_label(std::string_view label);

/// Decodes a page. The encoding is the first of these that names one:
///   1. a byte order mark (which is left out of the result),
///   2. `label`, the caller's word, empty when there is none,
///   3. the charset of `content_type`, a Content-Type header, empty when there is none,
///   4. the page's own declaration in its first 1024 bytes (`prescan`),
///   5. UTF-8 when the bytes are valid UTF-8, then detection (`detect_encoding`),
///   6. windows-1252.
/// A label that a header or a page made up is passed over. A declared encoding is believed, even
/// where the bytes look like another: a page then reads as it does in a browser, and who knows
/// better passes `label`.
///
/// Every byte sequence that is not valid in the encoding becomes U+FFFD; for UTF-8, each maximal
/// subpart. NUL stays. The encodings that the standard replaces (iso-2022-kr, hz-gb-2312, ...) give
/// a single U+FFFD. The result is at most three times as long as `bytes`.
///
/// Errors: `kUnsupportedMode` when `label` is not empty and names no encoding; `kInvalidHtml` when
/// the bytes are plainly no text (`binary_kind`), whatever they are labelled as. Linear.
/// Thread-safe. Source: WHATWG HTML, "encoding sniffing algorithm"; WHATWG Encoding, "decode".
Result<DecodedPage> decode(std::string_view bytes, std::string_view content_type,
                           std::string_view label);

}  // namespace riptide::text
