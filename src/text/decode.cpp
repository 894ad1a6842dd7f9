#include "text/decode.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "base/utf8.h"
#include "text/content_type.h"
#include "text/detect.h"
#include "text/label.h"
#include "text/prescan.h"
#include "text/sniff.h"
#include "text/transcode.h"

namespace riptide::text {
namespace {

constexpr std::size_t kShownLabel = 40;

struct Mark {
    std::string_view encoding;
    std::size_t size = 0;
};

Mark byte_order_mark(std::string_view bytes) {
    if (bytes.starts_with("\xEF\xBB\xBF")) return {"utf-8", 3};
    if (bytes.starts_with("\xFE\xFF")) return {"utf-16be", 2};
    if (bytes.starts_with("\xFF\xFE")) return {"utf-16le", 2};
    return {};
}

/// A label fit for a message: short, of printable ASCII, in quotes.
std::string printable(std::string_view label) {
    std::string shown = "\"";
    shown += label.substr(0, kShownLabel);
    std::replace_if(shown.begin(), shown.end(), [](char c) { return c < ' ' || c > '~'; }, '?');
    shown += label.size() > kShownLabel ? "...\"" : "\"";
    return shown;
}

}  // namespace

DecodedPage DecodedPage::view(std::string_view utf8, std::string encoding) {
    DecodedPage page;
    page.view_ = utf8;
    page.encoding_ = std::move(encoding);
    return page;
}

DecodedPage DecodedPage::own(std::string utf8, std::string encoding) {
    DecodedPage page;
    page.storage_ = std::move(utf8);
    page.encoding_ = std::move(encoding);
    page.owned_ = true;
    return page;
}

Result<void> check_label(std::string_view label) {
    if (!encoding_name(label).empty() || trim_ascii(label).empty()) return {};
    return fail(ErrorClass::kUnsupportedMode,
                printable(trim_ascii(label)) +
                    " is not a known encoding label; use a WHATWG label such as utf-8, "
                    "windows-1252 or shift_jis");
}

Result<DecodedPage> decode(std::string_view bytes, std::string_view content_type,
                           std::string_view label) {
    if (auto checked = check_label(label); !checked) return tl::unexpected(checked.error());
    std::string_view name = encoding_name(label);
    const Mark mark = byte_order_mark(bytes);
    if (!mark.encoding.empty()) name = mark.encoding;
    if (name.empty()) name = encoding_name(charset_parameter(content_type));
    if (name.empty()) name = prescan(bytes);

    // UTF-16 is full of the bytes that give binary files away.
    const std::string_view kind = is_utf16(name) ? signature_kind(bytes) : binary_kind(bytes);
    if (!kind.empty()) {
        std::string detail = "the input is ";
        detail.append(kind).append(", not HTML");
        return fail(ErrorClass::kInvalidHtml, std::move(detail));
    }

    bytes.remove_prefix(mark.size);
    if (name.empty()) name = detect_encoding(bytes);
    const bool unchanged = name == "utf-8" ? first_invalid_utf8(bytes) == bytes.size()
                                           : keeps_ascii(name) && ascii_size(bytes) == bytes.size();
    if (unchanged) return DecodedPage::view(bytes, std::string(name));
    return DecodedPage::own(to_utf8(bytes, name), std::string(name));
}

}  // namespace riptide::text
