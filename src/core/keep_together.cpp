#include "core/keep_together.h"

#include <algorithm>

#include "core/roles.h"
#include "core/tables.h"

namespace riptide::core {
namespace {

constexpr std::uint8_t kOneHalf = 128;  // in 255ths

class Together {
public:
    Together(const Dom& dom, const TextBlocks& blocks, const Verdict& verdict,
             std::vector<Reason>& reasons)
        : dom_(dom), blocks_(blocks), verdict_(verdict), reasons_(reasons), everything_(dom) {}

    void look_at(NodeId element) {
        const Role role = role_of(dom_[element].tag);
        const BlockRange inside = blocks_.inside(element, dom_[element].end);
        switch (role) {
            case Role::kTable:
                if (inside.size() > 1 && is_data_table(dom_, everything_, element)) whole(inside);
                break;
            case Role::kDefinitions:
                if (inside.size() > 1) whole(inside);
                break;
            case Role::kPreformatted:
                if (inside.size() > 0 && inside.begin >= whole_until_ &&
                    is_between_kept(inside, dom_[element].parent)) {
                    whole_until_ = inside.end;
                    keep(inside, Reason::kLikely);
                }
                break;
            case Role::kHeading:
                if (inside.size() == 1 && verdict_.probability[inside.begin] > kOneHalf &&
                    is_between_kept(inside, dom_[element].parent)) {
                    keep(inside, Reason::kLikely);
                }
                break;
            default:
                break;
        }
    }

private:
    void keep(BlockRange range, Reason reason) {
        std::replace_if(
            reasons_.begin() + range.begin, reasons_.begin() + range.end,
            [](Reason given) { return !is_kept(given); }, reason);
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
            keep(range, Reason::kLikely);
        } else {
            std::replace_if(reasons_.begin() + range.begin, reasons_.begin() + range.end, is_kept,
                            Reason::kUnlikely);
        }
    }

    [[nodiscard]] bool is_between_kept(BlockRange range, NodeId parent) const {
        const BlockRange around = blocks_.inside(parent, dom_[parent].end);
        return around.begin < range.begin && range.end < around.end &&
               is_kept(reasons_[range.begin - 1]) && is_kept(reasons_[range.end]);
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
