#include "text/detect.h"

#include <uchardet/uchardet.h>

#include <algorithm>
#include <memory>
#include <string>

#include "base/utf8.h"
#include "text/label.h"

namespace riptide::text {
namespace {

/// How much text uchardet is shown: it takes 50 ns a byte, and more text makes no better guess.
constexpr std::size_t kDetectTextBytes = std::size_t{16} * 1024;

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
    // UTF-8 and UTF-16 would have been seen earlier.
    return name == "replacement" || name == "utf-8" || is_utf16(name) ? std::string_view() : name;
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

/// The text between the tags of `bytes`, up to `kDetectTextBytes`: names of tags and attributes say
/// nothing about the language, and cost time.
std::string text_between_tags(std::string_view bytes) {
    std::string text;
    while (!bytes.empty() && text.size() < kDetectTextBytes) {
        const std::size_t open = std::min(bytes.find('<'), bytes.size());
        text.append(bytes.substr(0, open)) += ' ';
        bytes.remove_prefix(open);
        const std::size_t close = bytes.find('>');
        bytes = close == std::string_view::npos ? std::string_view() : bytes.substr(close + 1);
    }
    text.resize(std::min(text.size(), kDetectTextBytes));
    return text;
}

/// Where the Windows encodings have curly quotes and dashes, and the ISO ones nothing.
bool is_windows_mark(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x80 && byte <= 0x9F;
}

/// Whether a letter that KOI8-U has where KOI8-R has box drawings stands next to another letter.
bool has_ukrainian_koi8(std::string_view bytes) {
    constexpr std::string_view kUkrainian = "\xA4\xA6\xA7\xAD\xB4\xB6\xB7\xBD";
    for (std::size_t at = bytes.find_first_of(kUkrainian); at != std::string_view::npos;
         at = bytes.find_first_of(kUkrainian, at + 1)) {
        const auto letter = [&](std::size_t i) {
            return i < bytes.size() && static_cast<unsigned char>(bytes[i]) >= 0xC0;
        };
        if (letter(at - 1) || letter(at + 1)) return true;
    }
    return false;
}

/// Settles what statistics cannot: encodings that share nearly all of their letters.
std::string_view tell_siblings_apart(std::string_view name, std::string_view bytes) {
    const bool has_windows_marks = std::any_of(bytes.begin(), bytes.end(), is_windows_mark);
    if (name == "koi8-r") return has_ukrainian_koi8(bytes) ? "koi8-u" : name;
    if (name == "iso-8859-13") {
        // Its quotes are unassigned in windows-1257, which is far more common.
        const bool has_quotes = bytes.find_first_of("\xA1\xA5") != std::string_view::npos;
        return has_windows_marks || !has_quotes ? "windows-1257" : name;
    }
    if (!has_windows_marks) return name;
    if (name == "iso-8859-2" || name == "iso-8859-16") return "windows-1250";
    if (name == "iso-8859-7") return "windows-1253";
    if (name == "iso-8859-15") return "windows-1252";
    return name;
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
    const std::size_t high = ascii_size(bytes);
    if (high == bytes.size()) {
        const std::size_t escape = std::min(bytes.find("\x1B$"), bytes.find("\x1B("));
        if (escape == std::string_view::npos) return "utf-8";
        const std::string_view name = ask_uchardet(bytes.substr(escape, kDetectTextBytes));
        return name == "iso-2022-jp" ? name : "utf-8";
    }
    const std::string_view sample = bytes.substr(high, kDetectBytes);
    if (first_invalid_utf8(bytes) == bytes.size() || is_mostly_utf8(sample)) return "utf-8";
    const std::string_view name = ask_uchardet(text_between_tags(sample));
    return name.empty() ? "windows-1252" : tell_siblings_apart(name, sample);
}

}  // namespace riptide::text
