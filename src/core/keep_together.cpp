#include "core/keep_together.h"

#include <algorithm>

#include "core/line_numbers.h"
#include "core/roles.h"
#include "core/tables.h"

namespace riptide::core {
namespace {

constexpr std::uint32_t kOneHalf = 128;  // in 255ths
constexpr std::uint32_t kOneQuarter = 64;

/// Elements to look in for what stands before and after.
constexpr int kMostWrappers = 3;
/// Blocks to the next one that is kept, and the length of those that are labels or links.
constexpr int kMostBetween = 6;
constexpr std::uint32_t kMostLabelChars = 16;

class Together {
public:
    Together(const Dom& dom, const TextBlocks& blocks, const Verdict& verdict,
             std::vector<Reason>& reasons)
        : dom_(dom), blocks_(blocks), verdict_(verdict), reasons_(reasons), everything_(dom) {}

    void look_at(NodeId element) {
        switch (role_of(dom_[element].tag)) {
            case Role::kTable:
                if (blocks_in(element).size() > 1 && (is_data_table(dom_, everything_, element) ||
                                                      is_code_table(dom_, element, false))) {
                    table(element);
                }
                break;
            case Role::kDefinitions:
                whole(blocks_in(element));
                break;
            case Role::kPreformatted:
                code(element);
                break;
            case Role::kHeading:
            case Role::kItem:
                line(element);
                break;
            default:
                break;
        }
    }

private:
    [[nodiscard]] BlockRange blocks_in(NodeId element) const {
        return blocks_.inside(element, dom_[element].end);
    }

    void code(NodeId element) {
        const BlockRange lines = blocks_in(element);
        if (lines.size() == 0 || lines.begin < whole_until_) return;
        if (!is_between_kept(lines, element)) return;
        whole_until_ = lines.end;
        keep(lines);
    }

    void table(NodeId element) {
        const BlockRange cells = blocks_in(element);
        if (cells.begin < whole_until_) return;
        if (is_likely(cells) && is_between_kept(cells, element)) keep(cells);
        whole(cells);
    }

    /// A heading, or an item of a list.
    void line(NodeId element) {
        const BlockRange range = blocks_in(element);
        if (range.size() != 1 || range.begin < whole_until_) return;
        if (is_kept(reasons_[range.begin]) || !is_likely(range)) return;
        if (is_between_kept(range, element)) keep(range);
    }

    /// Likely enough where all around is content.
    [[nodiscard]] bool is_likely(BlockRange range) const {
        std::uint32_t sum = 0;
        for (BlockIndex b = range.begin; b < range.end; ++b) sum += verdict_.probability[b];
        return sum > kOneQuarter * range.size();
    }

    void keep(BlockRange range) {
        std::replace_if(
            reasons_.begin() + range.begin, reasons_.begin() + range.end,
            [](Reason given) { return !is_kept(given); }, Reason::kLikely);
    }

    /// What is nested goes with what it is in.
    void whole(BlockRange range) {
        if (range.begin < whole_until_) return;
        whole_until_ = range.end;
        std::uint32_t chars = 0;
        std::uint32_t kept = 0;
        for (BlockIndex b = range.begin; b < range.end; ++b) {
            chars += blocks_[b].chars;
            if (is_kept(reasons_[b])) kept += blocks_[b].chars;
        }
        if (2 * kept >= chars) {
            keep(range);
        } else {
            std::replace_if(reasons_.begin() + range.begin, reasons_.begin() + range.end, is_kept,
                            Reason::kUnlikely);
        }
    }

    /// Kept blocks stand on both sides in the nearest element that holds any there.
    [[nodiscard]] bool is_between_kept(BlockRange range, NodeId element) const {
        for (int i = 0; i < kMostWrappers && element != dom_.root(); ++i) {
            element = dom_[element].parent;
            const BlockRange around = blocks_in(element);
            if (around.begin < range.begin && range.end < around.end) {
                return follows_kept(range.begin, around.begin) &&
                       precedes_kept(range.end, around.end);
            }
        }
        return false;
    }

    [[nodiscard]] bool follows_kept(BlockIndex b, BlockIndex first) const {
        for (int i = 0; i < kMostBetween && b > first; ++i) {
            if (is_kept(reasons_[--b])) return true;
            if (!goes_along(b)) return false;
        }
        return false;
    }

    [[nodiscard]] bool precedes_kept(BlockIndex b, BlockIndex last) const {
        for (int i = 0; i < kMostBetween && b < last; ++i, ++b) {
            if (is_kept(reasons_[b])) return true;
            if (!goes_along(b)) return false;
        }
        return false;
    }

    /// May stand between what is asked about and what is kept: another heading, code, a button, a
    /// label that may be content, a link to edit or to copy.
    [[nodiscard]] bool goes_along(BlockIndex b) const {
        const TextBlock& block = blocks_[b];
        const Tag tag = dom_[block.container].tag;
        if (has_trait(tag, kHeadingTag) || has_trait(tag, kControlTag) || tag == LXB_TAG_PRE) {
            return true;
        }
        if (block.chars > kMostLabelChars) return false;
        const bool is_link = tag != LXB_TAG_LI && 2 * block.link_chars > block.chars;
        return is_link || verdict_.probability[b] > kOneQuarter;
    }

    const Dom& dom_;
    const TextBlocks& blocks_;
    const Verdict& verdict_;
    std::vector<Reason>& reasons_;
    const Selection everything_;
    BlockIndex whole_until_ = 0;  // blocks before this are decided together
};

}  // namespace

void keep_together(const Dom& dom, const TextBlocks& blocks, const Verdict& verdict,
                   std::vector<Reason>& reasons) {
    for (BlockIndex b = 0; b < blocks.size(); ++b) {
        const bool is_caption = dom[blocks[b].container].tag == LXB_TAG_FIGCAPTION;
        if (is_caption && !is_kept(reasons[b]) && verdict.probability[b] > kOneHalf) {
            reasons[b] = Reason::kCaption;
        }
    }
    Together together(dom, blocks, verdict, reasons);
    for (NodeId n = 0; n < dom.size(); ++n) {
        if (dom[n].is_element()) together.look_at(n);
    }
}

}  // namespace riptide::core
