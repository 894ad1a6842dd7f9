#include "core/json.h"

#include "core/chars.h"

namespace riptide::core {
namespace {

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    const char lower = to_lower(c);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

}  // namespace

class JsonReader {
public:
    JsonReader(std::string_view text, Json& out) : text_(text), out_(out) {
        // Decoding never makes a string longer; offsets have 32 bits.
        if (text_.size() > 0x7FFFFFFF) text_ = text_.substr(0, 0x7FFFFFFF);
        out_.strings_.reserve(text_.size());
    }

    void run() {
        while (at_ < text_.size() && out_.values_.size() < Json::kMaxValues) step();
        while (open_ != kNoJson) close();
    }

private:
    void step() {
        const char c = text_[at_];
        if (static_cast<unsigned char>(c) <= ' ' || c == ':') {
            ++at_;
        } else if (c == ',') {
            ++at_;
            has_key_ = false;
        } else if (c == '"') {
            read_string();
        } else if (c == '{' || c == '[') {
            open(c == '{' ? JsonKind::kObject : JsonKind::kArray);
        } else if (c == '}' || c == ']') {
            ++at_;
            if (skipped_ > 0) {
                --skipped_;
            } else if (open_ != kNoJson) {
                close();
            }
            has_key_ = false;
        } else if (!skip_wrapper()) {
            read_literal();
        }
    }

    bool skip_wrapper() {
        const std::string_view rest = text_.substr(at_);
        if (rest.starts_with("/*")) {
            skip_past("*/");
        } else if (rest.starts_with("//")) {
            skip_past("\n");
        } else if (rest.starts_with("<!--")) {
            at_ += 4;
        } else if (rest.starts_with("-->")) {
            at_ += 3;
        } else if (rest.starts_with("<![CDATA[")) {
            at_ += 9;
        } else if (rest.starts_with("\xEF\xBB\xBF")) {
            at_ += 3;
        } else {
            return false;
        }
        return true;
    }

    void skip_past(std::string_view mark) {
        const std::size_t end = text_.find(mark, at_ + 2);
        at_ = end == std::string_view::npos ? text_.size() : end + mark.size();
    }

    void open(JsonKind kind) {
        ++at_;
        if (skipped_ > 0 || depth_ == Json::kMaxDepth) {
            ++skipped_;
            return;
        }
        add(kind, 0, 0);
        open_ = static_cast<JsonId>(out_.values_.size()) - 1;
        ++depth_;
    }

    void close() {
        out_.values_[open_].end = static_cast<JsonId>(out_.values_.size());
        open_ = out_.values_[open_].parent;
        --depth_;
    }

    void add(JsonKind kind, std::uint32_t at, std::uint32_t size) {
        const auto id = static_cast<JsonId>(out_.values_.size());
        JsonValue value{kind, open_, id + 1, 0, 0, at, size};
        if (has_key_) {
            value.key_at = key_at_;
            value.key_size = key_size_;
        }
        has_key_ = false;
        out_.values_.push_back(value);
    }

    bool wants_key() const {
        return open_ != kNoJson && out_.values_[open_].kind == JsonKind::kObject && !has_key_;
    }

    void take(JsonKind kind, std::uint32_t start) {
        const auto size = static_cast<std::uint32_t>(out_.strings_.size()) - start;
        if (skipped_ > 0) {
            out_.strings_.resize(start);
        } else if (wants_key()) {
            key_at_ = start;
            key_size_ = size;
            has_key_ = true;
        } else {
            add(kind, start, size);
        }
    }

    void read_literal() {
        const std::size_t from = at_;
        while (at_ < text_.size() && static_cast<unsigned char>(text_[at_]) > ' ' &&
               std::string_view(",:{}[]\"").find(text_[at_]) == std::string_view::npos) {
            ++at_;
        }
        const std::string_view word = text_.substr(from, at_ - from);
        const bool number = word[0] == '-' || (word[0] >= '0' && word[0] <= '9');
        const JsonKind kind = number                              ? JsonKind::kNumber
                              : word == "true" || word == "false" ? JsonKind::kBoolean
                                                                  : JsonKind::kNull;
        const auto start = static_cast<std::uint32_t>(out_.strings_.size());
        if (number || wants_key()) out_.strings_.append(word);
        take(kind, start);
    }

    /// A quote ends a string where JSON could go on after it.
    bool ends_string(std::size_t next) const {
        bool new_line = false;
        while (next < text_.size() && static_cast<unsigned char>(text_[next]) <= ' ') {
            new_line |= text_[next] == '\n';
            ++next;
        }
        if (next == text_.size()) return true;
        const char c = text_[next];
        return c == ',' || c == ':' || c == '}' || c == ']' || c == '/' || (new_line && c == '"');
    }

    void read_string() {
        const auto start = static_cast<std::uint32_t>(out_.strings_.size());
        ++at_;
        while (at_ < text_.size()) {
            const char c = text_[at_];
            if (c == '"') {
                ++at_;
                if (ends_string(at_)) break;
                out_.strings_.push_back(c);
            } else if (c == '\\') {
                ++at_;
                read_escape();
            } else {
                out_.strings_.push_back(static_cast<unsigned char>(c) < ' ' ? ' ' : c);
                ++at_;
            }
        }
        take(JsonKind::kString, start);
    }

    void read_escape() {
        if (at_ == text_.size()) return;
        const char c = text_[at_++];
        switch (c) {
            case 'n':
            case 'r':
            case 't':
            case 'f':
            case 'b':
                out_.strings_.push_back(c == 'n' ? '\n' : ' ');
                return;
            case 'u':
                break;
            default:
                out_.strings_.push_back(c);
                return;
        }
        std::uint32_t unit = 0;
        if (!read_unit(unit)) return;
        if (unit >= 0xD800 && unit < 0xDC00 && text_.substr(at_).starts_with("\\u")) {
            const std::size_t back = at_;
            std::uint32_t low = 0;
            at_ += 2;
            if (read_unit(low) && low >= 0xDC00 && low < 0xE000) {
                unit = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
            } else {
                at_ = back;
            }
        }
        if (unit >= 0xD800 && unit < 0xE000) unit = 0xFFFD;
        append_utf8(unit < ' ' ? U' ' : static_cast<char32_t>(unit), out_.strings_);
    }

    bool read_unit(std::uint32_t& unit) {
        if (text_.size() - at_ < 4) return false;
        for (std::size_t i = 0; i < 4; ++i) {
            const int digit = hex_digit(text_[at_ + i]);
            if (digit < 0) return false;
            unit = unit << 4 | static_cast<std::uint32_t>(digit);
        }
        at_ += 4;
        return true;
    }

    std::string_view text_;
    Json& out_;
    std::size_t at_ = 0;
    JsonId open_ = kNoJson;
    std::uint32_t depth_ = 0;
    std::uint32_t skipped_ = 0;  // containers open beyond the depth cap
    std::uint32_t key_at_ = 0;
    std::uint32_t key_size_ = 0;
    bool has_key_ = false;
};

Json Json::parse(std::string_view text) {
    Json json;
    JsonReader(text, json).run();
    return json;
}

}  // namespace riptide::core
