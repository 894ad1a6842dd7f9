#include "text/prescan.h"

#include <algorithm>
#include <string>
#include <utility>

#include "text/label.h"

namespace riptide::text {
namespace {

using std::string_view_literals::operator""sv;

constexpr std::string_view kSpace = "\t\n\f\r ";

bool is_space(char c) { return kSpace.find(c) != std::string_view::npos; }

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

bool is_letter(char c) { return lower(c) >= 'a' && lower(c) <= 'z'; }

std::size_t find_from(std::string_view text, std::string_view needle, std::size_t at) {
    return std::min(text.find(needle, at), text.size());
}

struct Attribute {
    std::string name;
    std::string value;
};

/// Walks the bytes. Every step stops at the end of the bytes, where the search is over.
class Prescan {
public:
    explicit Prescan(std::string_view bytes) : bytes_(bytes) {}

    std::string_view run() {
        if (bytes_.starts_with("<\0?\0x\0"sv)) return "utf-16le";
        if (bytes_.starts_with("\0<\0?\0x"sv)) return "utf-16be";
        for (; !at_end(); ++at_) {
            if (bytes_[at_] != '<') continue;
            if (bytes_.substr(at_).starts_with("<!--")) {
                // The dashes that open a comment may also close it: <!-->.
                at_ = find_from(bytes_, "-->", at_ + 2) + 2;
            } else if (at_meta()) {
                at_ += 5;
                const std::string_view found = read_meta();
                if (!found.empty()) return found;
            } else if (is_letter(peek(1)) || (peek(1) == '/' && is_letter(peek(2)))) {
                at_ = std::min(bytes_.find_first_of("\t\n\f\r >", at_), bytes_.size());
                while (next_attribute()) attribute_ = {};
            } else if (peek(1) == '!' || peek(1) == '/' || peek(1) == '?') {
                at_ = find_from(bytes_, ">", at_);
            }
        }
        return {};
    }

private:
    bool at_end() const { return at_ >= bytes_.size(); }

    char peek(std::size_t ahead) const {
        return at_ + ahead < bytes_.size() ? bytes_[at_ + ahead] : '\0';
    }

    bool at_meta() const {
        constexpr std::string_view kMeta = "meta";
        for (std::size_t i = 0; i < kMeta.size(); ++i) {
            if (lower(peek(i + 1)) != kMeta[i]) return false;
        }
        return is_space(peek(5)) || peek(5) == '/';
    }

    /// Reads into `attribute_`; false when the tag has no more, or the bytes ran out.
    bool next_attribute() {
        while (!at_end() && (is_space(bytes_[at_]) || bytes_[at_] == '/')) ++at_;
        if (at_end() || bytes_[at_] == '>') return false;
        for (; !at_end() && !is_space(bytes_[at_]); ++at_) {
            const char c = bytes_[at_];
            if (c == '/' || c == '>') return true;
            if (c == '=' && !attribute_.name.empty()) break;
            attribute_.name += lower(c);
        }
        skip_spaces();
        if (at_end()) return false;
        if (bytes_[at_] != '=') return true;
        ++at_;
        skip_spaces();
        return read_value();
    }

    bool read_value() {
        const char quote = peek(0);
        if (quote == '"' || quote == '\'') {
            for (++at_; !at_end() && bytes_[at_] != quote; ++at_) {
                attribute_.value += lower(bytes_[at_]);
            }
            if (at_end()) return false;
            ++at_;
            return true;
        }
        for (; !at_end() && !is_space(bytes_[at_]) && bytes_[at_] != '>'; ++at_) {
            attribute_.value += lower(bytes_[at_]);
        }
        return !at_end();
    }

    void skip_spaces() {
        while (!at_end() && is_space(bytes_[at_])) ++at_;
    }

    std::string_view read_meta() {
        enum class Pragma { kUndecided, kNeeded, kNotNeeded };
        bool seen_equiv = false;
        bool seen_content = false;
        bool seen_charset = false;
        bool got_pragma = false;
        Pragma pragma = Pragma::kUndecided;
        std::string_view charset;
        for (; next_attribute(); attribute_ = {}) {
            // Only the first of attributes with one name counts.
            if (attribute_.name == "http-equiv" && !std::exchange(seen_equiv, true)) {
                got_pragma = attribute_.value == "content-type";
            } else if (attribute_.name == "content" && !std::exchange(seen_content, true)) {
                const std::string_view found =
                    encoding_name(charset_of_meta_content(attribute_.value));
                if (found.empty() || pragma != Pragma::kUndecided) continue;
                charset = found;
                pragma = Pragma::kNeeded;
            } else if (attribute_.name == "charset" && !std::exchange(seen_charset, true)) {
                charset = encoding_name(attribute_.value);
                pragma = Pragma::kNotNeeded;
            }
        }
        // A tag that the bytes end within declares nothing.
        if (at_end() || pragma == Pragma::kUndecided) return {};
        if (pragma == Pragma::kNeeded && !got_pragma) return {};
        if (is_utf16(charset)) return "utf-8";
        if (charset == "x-user-defined") return "windows-1252";
        return charset;
    }

    std::string_view bytes_;
    std::size_t at_ = 0;
    Attribute attribute_;
};

std::string_view xml_declaration_encoding(std::string_view bytes) {
    if (!bytes.starts_with("<?xml")) return {};
    const std::size_t end = bytes.find('>');
    std::size_t at = bytes.find("encoding");
    if (end == std::string_view::npos || at == std::string_view::npos || at > end) return {};
    const auto skip_blanks = [&] {
        while (at < bytes.size() && static_cast<unsigned char>(bytes[at]) <= 0x20) ++at;
    };
    at += 8;
    skip_blanks();
    if (at >= bytes.size() || bytes[at] != '=') return {};
    ++at;
    skip_blanks();
    if (at >= bytes.size() || (bytes[at] != '"' && bytes[at] != '\'')) return {};
    const std::size_t close = bytes.find(bytes[at], at + 1);
    if (close == std::string_view::npos) return {};
    const std::string_view label = bytes.substr(at + 1, close - at - 1);
    const auto is_blank = [](char c) { return static_cast<unsigned char>(c) <= 0x20; };
    if (std::any_of(label.begin(), label.end(), is_blank)) return {};
    const std::string_view name = encoding_name(label);
    return is_utf16(name) ? "utf-8"sv : name;
}

}  // namespace

std::string_view charset_of_meta_content(std::string_view content) {
    constexpr std::string_view kCharset = "charset";
    std::size_t at = 0;
    do {
        at = content.find(kCharset, at);
        if (at == std::string_view::npos) return {};
        at = std::min(content.find_first_not_of(kSpace, at + kCharset.size()), content.size());
    } while (at < content.size() && content[at] != '=');
    if (at == content.size()) return {};
    content = content.substr(at + 1);
    content.remove_prefix(std::min(content.find_first_not_of(kSpace), content.size()));
    if (content.starts_with('"') || content.starts_with('\'')) {
        const std::size_t close = content.find(content[0], 1);
        if (close == std::string_view::npos) return {};
        return content.substr(1, close - 1);
    }
    return content.substr(0, content.find_first_of("\t\n\f\r ;"));
}

std::string_view prescan(std::string_view bytes) {
    const std::string_view head = bytes.substr(0, kPrescanBytes);
    const std::string_view declared = Prescan(head).run();
    return declared.empty() ? xml_declaration_encoding(head) : declared;
}

}  // namespace riptide::text
