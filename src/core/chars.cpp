#include "core/chars.h"

#include <algorithm>

namespace riptide::core {

std::size_t space_size(std::string_view text, std::size_t at) {
    const char c = text[at];
    if (is_space(c)) return 1;
    const std::string_view rest = text.substr(at);
    if (c == '\xC2') return rest.starts_with("\xC2\xA0") ? 2 : 0;
    if (c == '\xE2') return rest.starts_with("\xE2\x80\x8B") ? 3 : 0;
    if (c == '\xE3') return rest.starts_with("\xE3\x80\x80") ? 3 : 0;
    if (c == '\xEF') return rest.starts_with("\xEF\xBB\xBF") ? 3 : 0;
    return 0;
}

bool is_blank(std::string_view text) {
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t size = space_size(text, i);
        if (size == 0) return false;
        i += size;
    }
    return true;
}

void append_collapsed(std::string_view text, std::string& out) {
    bool at_space = out.empty() || out.back() == ' ' || out.back() == '\n';
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t space = space_size(text, i);
        if (space > 0) {
            if (!at_space) out.push_back(' ');
            at_space = true;
            i += space;
            continue;
        }
        std::size_t end = i + 1;
        while (end < text.size() && space_size(text, end) == 0) ++end;
        out.append(text, i, end - i);
        at_space = false;
        i = end;
    }
}

std::string_view trim_ascii(std::string_view text) {
    while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
    return text;
}

std::string_view trim(std::string_view text) {
    while (!text.empty()) {
        const std::size_t size = space_size(text, 0);
        if (size == 0) break;
        text.remove_prefix(size);
    }
    while (!text.empty()) {
        std::size_t start = text.size() - 1;
        while (start > 0 && (static_cast<unsigned char>(text[start]) & 0xC0) == 0x80) --start;
        if (space_size(text, start) != text.size() - start) break;
        text.remove_suffix(text.size() - start);
    }
    return text;
}

bool ascii_iequals(std::string_view a, std::string_view b) {
    return a.size() == b.size() &&
           std::equal(a.begin(), a.end(), b.begin(),
                      [](char x, char y) { return to_lower(x) == to_lower(y); });
}

bool ascii_icontains(std::string_view text, std::string_view needle) {
    return std::search(text.begin(), text.end(), needle.begin(), needle.end(),
                       [](char x, char y) { return to_lower(x) == y; }) != text.end();
}

std::string ascii_lower(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(), to_lower);
    return out;
}

std::size_t count_code_points(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
    }));
}

char32_t next_code_point(std::string_view text, std::size_t& at) {
    const auto byte = [&](std::size_t i) -> std::uint32_t {
        return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
    };
    const std::uint32_t lead = byte(at);
    if (lead < 0x80) {
        ++at;
        return lead;
    }
    const std::size_t size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC2 ? 2 : 1;
    std::uint32_t point = size == 2 ? lead & 0x1F : size == 3 ? lead & 0x0F : lead & 0x07;
    for (std::size_t i = 1; i < size; ++i) {
        if ((byte(at + i) & 0xC0) != 0x80) {
            at += i;
            return 0xFFFD;
        }
        point = (point << 6) | (byte(at + i) & 0x3F);
    }
    at += size;
    return size == 1 ? 0xFFFD : point;
}

void append_utf8(char32_t code_point, std::string& out) {
    const auto point = static_cast<std::uint32_t>(code_point);
    const auto put = [&out](std::uint32_t byte) { out.push_back(static_cast<char>(byte)); };
    if (point < 0x80) {
        put(point);
    } else if (point < 0x800) {
        put(0xC0 | (point >> 6));
        put(0x80 | (point & 0x3F));
    } else if (point < 0x10000) {
        put(0xE0 | (point >> 12));
        put(0x80 | ((point >> 6) & 0x3F));
        put(0x80 | (point & 0x3F));
    } else {
        put(0xF0 | (point >> 18));
        put(0x80 | ((point >> 12) & 0x3F));
        put(0x80 | ((point >> 6) & 0x3F));
        put(0x80 | (point & 0x3F));
    }
}

}  // namespace riptide::core
