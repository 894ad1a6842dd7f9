#include "text/detect.h"

#include <uchardet/uchardet.h>

#include <algorithm>
#include <memory>

#include "base/utf8.h"
#include "text/label.h"

namespace riptide::text {
namespace {

struct DeleteDetector {
    void operator()(uchardet* detector) const { uchardet_delete(detector); }
};

std::string_view ask_uchardet(std::string_view bytes) {
    const std::unique_ptr<uchardet, DeleteDetector> detector(uchardet_new());
    if (uchardet_handle_data(detector.get(), bytes.data(), bytes.size()) != 0) return {};
    uchardet_data_end(detector.get());
    const std::string_view guess = uchardet_get_charset(detector.get());
    // Its names for two encodings are no labels of the standard.
    if (guess == "UHC") return "euc-kr";
    if (guess == "MAC-CYRILLIC") return "x-mac-cyrillic";
    const std::string_view name = encoding_name(guess);
    // UTF-16 would have been seen earlier; here it comes of two bytes that look like a mark.
    return name == "replacement" || is_utf16(name) ? std::string_view() : name;
}

/// Whether the characters beyond ASCII are UTF-8, but for one broken in twenty at most.
bool is_mostly_utf8(std::string_view bytes) {
    std::size_t good = 0;
    std::size_t broken = 0;
    for (std::size_t at = 0; at < bytes.size();) {
        const std::string_view rest = bytes.substr(at);
        const std::string_view valid = rest.substr(0, first_invalid_utf8(rest));
        good += static_cast<std::size_t>(std::count_if(valid.begin(), valid.end(), [](char c) {
            return static_cast<unsigned char>(c) >= 0xC0;
        }));
        at += valid.size();
        if (at == bytes.size()) break;
        at += invalid_utf8_size(bytes, at);
        // A character that the end of the bytes cuts off is no sign of another encoding.
        if (at < bytes.size()) ++broken;
    }
    return good > 0 && good >= 20 * broken;
}

/// The part of `bytes` that a guess is made from.
std::string_view sample(std::string_view bytes, std::size_t first) {
    return bytes.substr(first, kDetectBytes);
}

}  // namespace

std::string_view detect_utf16(std::string_view bytes) {
    const std::string_view head = bytes.substr(0, std::min<std::size_t>(bytes.size(), 512) & ~1U);
    std::size_t even = 0;
    std::size_t odd = 0;
    for (std::size_t i = 0; i < head.size(); i += 2) {
        if (head[i] == '\0') ++even;
        if (head[i + 1] == '\0') ++odd;
    }
    const std::size_t half = head.size() / 4;
    if (head.size() < 8) return {};
    if (even == 0 && odd >= half) return "utf-16le";
    if (odd == 0 && even >= half) return "utf-16be";
    return {};
}

std::string_view detect_encoding(std::string_view bytes) {
    if (const std::string_view name = detect_utf16(bytes); !name.empty()) return name;
    const auto begin = bytes.begin();
    const auto is_high = [](char c) { return static_cast<unsigned char>(c) >= 0x80; };
    const auto high = static_cast<std::size_t>(std::find_if(begin, bytes.end(), is_high) - begin);
    if (high == bytes.size()) {
        const std::size_t escape = std::min(bytes.find("\x1B$"), bytes.find("\x1B("));
        if (escape == std::string_view::npos) return "utf-8";
        const std::string_view name = ask_uchardet(sample(bytes, escape));
        return name == "iso-2022-jp" ? name : "utf-8";
    }
    if (first_invalid_utf8(bytes) == bytes.size() || is_mostly_utf8(sample(bytes, high))) {
        return "utf-8";
    }
    const std::string_view name = ask_uchardet(sample(bytes, high));
    return name.empty() ? "windows-1252" : name;
}

}  // namespace riptide::text
