#include "core/line_numbers.h"

#include <optional>

#include "core/chars.h"

namespace riptide::core {
namespace {

constexpr std::uint32_t kMostLines = 1'000'000;

/// Reads numbers; false as soon as one does not follow the one before, or something else comes.
class Counter {
public:
    bool read(std::string_view text) {
        for (std::size_t at = 0; at < text.size();) {
            if (is_space(text[at])) {
                ++at;
                continue;
            }
            std::uint32_t number = 0;
            const std::size_t begin = at;
            for (; at < text.size() && is_digit(text[at]); ++at) {
                number = number * 10 + static_cast<std::uint32_t>(text[at] - '0');
                if (number > kMostLines) return false;
            }
            if (at == begin || (last_ && number != *last_ + 1)) return false;
            last_ = number;
            ++numbers_;
        }
        return true;
    }
    [[nodiscard]] bool counted() const { return numbers_ > 1 || last_ == 1U; }

private:
    std::optional<std::uint32_t> last_;
    std::uint32_t numbers_ = 0;
};

/// Looked for up to a table inside, whose cells are asked about themselves.
bool has_code(const Dom& dom, NodeId element) {
    for (NodeId n = element + 1; n < dom[element].end; ++n) {
        if (dom[n].tag == LXB_TAG_PRE) return true;
        if (dom[n].tag == LXB_TAG_TABLE) return false;
    }
    return false;
}

}  // namespace

bool holds_line_numbers(const Dom& dom, NodeId cell, bool in_code) {
    Counter counter;
    for (NodeId n = cell + 1; n < dom[cell].end; ++n) {
        if (dom[n].tag == LXB_TAG_TABLE || !counter.read(dom.text(n))) return false;
    }
    if (!counter.counted()) return false;
    NodeId next = dom.next_sibling(cell);
    while (next != kNoNode && dom[next].is_text()) next = dom.next_sibling(next);
    return next != kNoNode && (in_code || has_code(dom, next));
}

}  // namespace riptide::core
