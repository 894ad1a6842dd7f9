#include "core/render_parts.h"

#include <algorithm>
#include <charconv>

#include "core/chars.h"

namespace riptide::core {

std::string_view language_of(const Dom& dom, const Block& block) {
    if (block.node == kNoNode) return {};
    const std::string_view lang = dom.attribute(block.node, LXB_DOM_ATTR_LANG);
    constexpr std::size_t kLongest = 35;
    const bool is_language =
        lang.size() <= kLongest && std::all_of(lang.begin(), lang.end(), [](char c) {
            const char l = to_lower(c);
            return (l >= 'a' && l <= 'z') || (c >= '0' && c <= '9') || c == '-';
        });
    return is_language ? lang : std::string_view();
}

bool is_bare(const Block& block, const Block* container, const Block* around) {
    if (block.kind != BlockKind::kParagraph || container == nullptr) return false;
    if (container->kind == BlockKind::kFigure) return block.text_begin == block.text_end;
    return container->kind == BlockKind::kItem && around != nullptr && !around->loose;
}

void append_number(std::uint32_t number, std::string& out) {
    std::array<char, 10> digits;
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    out.append(digits.data(), end);
}

void append_number_attribute(std::string_view name, std::uint32_t number, std::string& out) {
    out += ' ';
    out += name;
    out += "=\"";
    append_number(number, out);
    out += '"';
}

}  // namespace riptide::core
