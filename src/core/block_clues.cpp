#include "core/block_clues.h"

#include <algorithm>

namespace riptide::core {
namespace {

/// Levels gone up from a medium for the element that holds the block, too.
constexpr int kMediaLevels = 8;

bool is_medium(Tag tag) {
    return tag == LXB_TAG_IMG || tag == LXB_TAG_VIDEO || tag == LXB_TAG_IFRAME ||
           tag == LXB_TAG_AUDIO;
}

class Reader {
public:
    Reader(const Dom& dom, const Signals& signals, const TextBlocks& blocks)
        : dom_(dom), signals_(signals), blocks_(blocks), out_(blocks.size()) {}

    std::vector<BlockClues> run() {
        BlockIndex next = 0;
        for (NodeId n = 0; n < dom_.size(); ++n) {
            if (next < blocks_.size() && n == blocks_[next].first) begin(next++);
            if (dom_[n].is_text()) {
                if (next > 0 && n <= blocks_[next - 1].last) read_text(n, next - 1);
            } else if (signals_[n].is(kHidden)) {
                n = dom_[n].end - 1;
            } else {
                enter(n);
            }
        }
        return std::move(out_);
    }

private:
    void enter(NodeId n) {
        const Tag tag = dom_[n].tag;
        if (tag == LXB_TAG_EM || tag == LXB_TAG_I) {
            slanted_end_ = std::max(slanted_end_, dom_[n].end);
        } else if (tag == LXB_TAG_STRONG || tag == LXB_TAG_B) {
            strong_end_ = std::max(strong_end_, dom_[n].end);
        } else if (is_medium(tag)) {
            medium_ = n;
        }
    }

    void begin(BlockIndex b) {
        slanted_ = strong_ = 0;
        if (medium_ == kNoNode) {
            out_[b].after_media = 255;
            return;
        }
        const NodeId first = blocks_[b].first;
        out_[b].after_media = log_scale(first - medium_);
        NodeId at = medium_;
        for (int level = 0; level < kMediaLevels && !dom_.contains(at, first); ++level) {
            at = dom_[at].parent;
        }
        if (dom_.contains(at, first)) {
            out_[b].media_share = share_scale(blocks_[b].chars, signals_[at].visible.chars);
        }
    }

    void read_text(NodeId n, BlockIndex b) {
        const std::uint32_t chars = signals_[n].visible.chars;
        if (n < slanted_end_) slanted_ += chars;
        if (n < strong_end_) strong_ += chars;
        out_[b].slanted = share_scale(slanted_, blocks_[b].chars);
        out_[b].strong = share_scale(strong_, blocks_[b].chars);
    }

    const Dom& dom_;
    const Signals& signals_;
    const TextBlocks& blocks_;
    NodeId slanted_end_ = 0;
    NodeId strong_end_ = 0;
    NodeId medium_ = kNoNode;
    std::uint32_t slanted_ = 0;  // code points of the block so far
    std::uint32_t strong_ = 0;
    std::vector<BlockClues> out_;
};

}  // namespace

std::vector<BlockClues> read_block_clues(const Dom& dom, const Signals& signals,
                                         const TextBlocks& blocks) {
    return Reader(dom, signals, blocks).run();
}

}  // namespace riptide::core
