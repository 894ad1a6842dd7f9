#include "core/assemble.h"

#include "core/feature_table.h"

namespace riptide::core {
namespace {

/// Elements that show something without holding text.
bool is_medium(Tag tag) {
    switch (tag) {
        case LXB_TAG_IMG:
        case LXB_TAG_PICTURE:
        case LXB_TAG_VIDEO:
        case LXB_TAG_AUDIO:
        case LXB_TAG_IFRAME:
        case LXB_TAG_EMBED:
        case LXB_TAG_OBJECT:
            return true;
        default:
            return false;
    }
}

class Assembler {
public:
    Assembler(const Dom& dom, const Signals& signals, const TextBlocks& blocks,
              const ChosenBlocks& chosen)
        : dom_(dom),
          signals_(signals),
          blocks_(blocks),
          chosen_(chosen),
          chosen_count_(blocks.size()),
          chosen_chars_(blocks.size()),
          chars_(blocks.size()) {
        for (BlockIndex b = 0; b < blocks.size(); ++b) {
            chosen_count_.push(chosen[b] != 0 ? 1 : 0);
            chosen_chars_.push(chosen[b] != 0 ? blocks[b].chars : 0);
            chars_.push(blocks[b].chars);
        }
    }

    Selection run() {
        Selection selection(dom_);
        if (chosen_count_.all() == 0) return selection;
        const NodeId root = common_element();
        selection.roots.push_back(root);
        BlockIndex next = blocks_.inside(root, dom_[root].end).begin;
        for (NodeId n = root; n < dom_[root].end;) {
            while (next < blocks_.size() && blocks_[next].first <= n) ++next;
            const BlockIndex at = next - 1;  // the block that the node may be part of
            const bool in_block = next > 0 && blocks_[at].first <= n && n <= blocks_[at].last;
            if (n != root && is_left_out(n, in_block, at)) {
                selection.dropped.insert(n);
                n = dom_[n].end;
                continue;
            }
            ++n;
        }
        return selection;
    }

private:
    [[nodiscard]] BlockRange inside(NodeId element) const {
        return blocks_.inside(element, dom_[element].end);
    }

    [[nodiscard]] NodeId common_element() const {
        NodeId root = dom_.body();
        for (;;) {
            NodeId next = kNoNode;
            for (NodeId c = dom_.first_child(root); c != kNoNode; c = dom_.next_sibling(c)) {
                if (dom_[c].is_element() && chosen_count_.over(inside(c)) == chosen_count_.all()) {
                    next = c;
                }
            }
            if (next == kNoNode || signals_[next].is(kPhrasing)) return root;
            root = next;
        }
    }

    [[nodiscard]] bool is_left_out(NodeId id, bool in_block, BlockIndex block) const {
        if (dom_[id].is_text()) return !dom_[id].blank && (!in_block || chosen_[block] == 0);
        if (signals_.holds_lazy_images(dom_, id)) return !is_among_chosen(dom_[id].parent);
        if (signals_[id].is(kHidden)) return true;
        if (in_block && chosen_[block] != 0) return false;
        const BlockRange range = inside(id);
        if (range.size() > 0) {
            // A figure may stay without what is said about it.
            return chosen_count_.over(range) == 0 &&
                   !(dom_[id].tag == LXB_TAG_FIGURE && is_among_chosen(dom_[id].parent));
        }
        return is_medium(dom_[id].tag) && !is_among_chosen(dom_[id].parent);
    }

    /// Most of the text that the nearest element with any holds is chosen.
    [[nodiscard]] bool is_among_chosen(NodeId element) const {
        NodeId at = element;
        while (at != dom_.root() &&
               (inside(at).size() == 0 ||
                (dom_[at].tag == LXB_TAG_FIGURE && chosen_count_.over(inside(at)) == 0))) {
            at = dom_[at].parent;
        }
        return 2 * chosen_chars_.over(inside(at)) >= chars_.over(inside(at));
    }

    const Dom& dom_;
    const Signals& signals_;
    const TextBlocks& blocks_;
    const ChosenBlocks& chosen_;
    PrefixSums chosen_count_;
    PrefixSums chosen_chars_;
    PrefixSums chars_;
};

}  // namespace

Selection assemble(const Dom& dom, const Signals& signals, const TextBlocks& blocks,
                   const ChosenBlocks& chosen) {
    return Assembler(dom, signals, blocks, chosen).run();
}

}  // namespace riptide::core
