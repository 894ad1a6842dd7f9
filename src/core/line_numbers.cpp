#include "core/line_numbers.h"

#include <optional>

#include "core/chars.h"
#include "core/roles.h"

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
    [[nodiscard]] std::uint32_t numbers() const { return numbers_; }
    [[nodiscard]] bool counted() const { return numbers_ > 1 || last_ == 1U; }

private:
    std::optional<std::uint32_t> last_;
    std::uint32_t numbers_ = 0;
};

/// The numbers in a cell; where it has no text, the one that a style sheet draws.
struct Numbers {
    std::uint32_t count = 0;
    bool drawn = false;
};

/// None where the cell holds something else.
std::optional<Numbers> read_numbers(const Dom& dom, NodeId cell, AttributeId drawn,
                                    Counter& counter) {
    const std::uint32_t before = counter.numbers();
    std::string_view attribute = dom.attribute(cell, drawn);
    for (NodeId n = cell + 1; n < dom[cell].end; ++n) {
        if (dom[n].tag == LXB_TAG_TABLE || !counter.read(dom.text(n))) return {};
        if (attribute.empty()) attribute = dom.attribute(n, drawn);
    }
    if (counter.numbers() > before) return Numbers{.count = counter.numbers() - before};
    if (is_blank(attribute) || !counter.read(attribute)) return {};
    return Numbers{.count = counter.numbers() - before, .drawn = true};
}

/// `is_code`: the cell need not say so by a `<pre>`.
bool holds_code(const Dom& dom, NodeId cell, bool is_code, bool one_line) {
    bool begun = false;
    bool ended = false;
    for (NodeId n = cell + 1; n < dom[cell].end; ++n) {
        if (dom[n].tag == LXB_TAG_TABLE) return false;
        is_code |= dom[n].tag == LXB_TAG_PRE;
        if (!one_line) continue;
        for (const char c : dom.text(n)) {
            if (c == '\n') {
                ended = begun;
            } else if (!is_space(c)) {
                if (ended) return false;
                begun = true;
            }
        }
    }
    return is_code;
}

bool is_made_for_number(const Dom& dom, NodeId element) {
    const std::string_view name = dom.class_name(element);
    return dom[element].tag == LXB_TAG_A || !dom.id_attribute(element).empty() || name == "ln" ||
           ascii_icontains(name, "line") ||
           ascii_icontains(dom.attribute(element, LXB_DOM_ATTR_STYLE), "user-select");
}

}  // namespace

bool has_numbered_lines(const Dom& dom, NodeId pre) {
    Counter counter;
    bool line_begins = true;
    for (NodeId n = pre + 1; n < dom[pre].end; ++n) {
        if (dom[n].tag == LXB_TAG_TABLE) return false;
        if (dom[n].tag == LXB_TAG_BR || role_of(dom[n].tag) == Role::kBlock) line_begins = true;
        const std::string_view text = dom.text(n);
        const std::size_t line_end = text.find('\n');
        if (!line_begins) {
            line_begins = line_end != std::string_view::npos;
            if (line_begins && !is_blank(text.substr(line_end))) return false;
        } else if (!text.empty() && !dom[n].blank) {
            const std::uint32_t before = counter.numbers();
            if (line_end != std::string_view::npos || !counter.read(text) ||
                counter.numbers() != before + 1 || !is_made_for_number(dom, dom[n].parent)) {
                return false;
            }
            line_begins = false;
        }
    }
    return counter.numbers() > 1;
}

RowCells cells_of(const Dom& dom, NodeId row) {
    RowCells cells;
    for (NodeId n = dom.first_child(row); n != kNoNode && cells.count < 3;
         n = dom.next_sibling(n)) {
        if (dom[n].tag != LXB_TAG_TD && dom[n].tag != LXB_TAG_TH) continue;
        if (cells.count++ == 0) cells.first = n;
        cells.last = n;
    }
    return cells;
}

bool is_code_table(const Dom& dom, NodeId table, bool in_code) {
    const AttributeId drawn = dom.attribute_id("data-line-number");
    Counter counter;
    for (NodeId n = table + 1; n < dom[table].end;) {
        const Tag tag = dom[n].tag;
        if (tag == LXB_TAG_TABLE || tag == LXB_TAG_CAPTION) return false;
        if (tag != LXB_TAG_TR) {
            ++n;
            continue;
        }
        const RowCells cells = cells_of(dom, n);
        n = dom[n].end;
        if (cells.count == 0 || (cells.count == 1 && counter.numbers() == 0)) continue;
        if (cells.count != 2) return false;
        const std::optional<Numbers> numbers = read_numbers(dom, cells.first, drawn, counter);
        if (!numbers ||
            !holds_code(dom, cells.last, in_code || numbers->drawn, numbers->count == 1)) {
            return false;
        }
    }
    return counter.counted();
}

NodeId code_in_cell(const Dom& dom, NodeId cell) {
    NodeId found = kNoNode;
    for (NodeId n = cell + 1; n < dom[cell].end;) {
        const bool is_code = dom[n].tag == LXB_TAG_PRE || dom[n].tag == LXB_TAG_CODE;
        if ((is_code && found != kNoNode) || (dom[n].is_text() && !dom[n].blank)) return cell;
        if (is_code) found = n;
        n = is_code ? dom[n].end : n + 1;
    }
    return found == kNoNode ? cell : found;
}

}  // namespace riptide::core
