#include "core/superscript.h"

#include "core/chars.h"

namespace riptide::core {
namespace {

constexpr std::string_view kRaisedDigits[] = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
constexpr std::string_view kMinus = "\u2212";

}  // namespace

bool raises_digits(const Dom& dom, NodeId superscript) {
    constexpr NodeId kMostNodes = 8;
    constexpr std::uint32_t kMostBytes = 16;
    if (dom[superscript].end - superscript > kMostNodes) return false;
    bool has_digit = false;
    std::uint32_t bytes = 0;
    for (NodeId n = superscript + 1; n < dom[superscript].end; ++n) {
        std::string_view text = dom.text(n);
        bytes += dom[n].text_size;
        if (bytes > kMostBytes) return false;
        while (!text.empty()) {
            const bool minus = text.starts_with(kMinus);
            const char c = text.front();
            has_digit |= is_digit(c);
            if (!minus && !is_digit(c) && !is_space(c) && c != '+' && c != '-' && c != ',') {
                return false;
            }
            text.remove_prefix(minus ? kMinus.size() : 1);
        }
    }
    return has_digit;
}

std::string raise(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const bool minus = text.starts_with(kMinus);
        const char c = text.front();
        if (minus || c == '-') {
            out += "⁻";
        } else if (c == '+') {
            out += "⁺";
        } else if (is_digit(c)) {
            out += kRaisedDigits[c - '0'];
        } else {
            out += c;
        }
        text.remove_prefix(minus ? kMinus.size() : 1);
    }
    return out;
}

}  // namespace riptide::core
