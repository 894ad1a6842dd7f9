#include "core/text_blocks.h"

#include "core/roles.h"

namespace riptide::core {
namespace {

/// Elements whose text flows on with what is around them.
bool flows(Role role) {
    switch (role) {
        case Role::kInline:
        case Role::kStrong:
        case Role::kEmphasis:
        case Role::kDeleted:
        case Role::kCode:
        case Role::kSub:
        case Role::kSup:
        case Role::kAnchor:
        case Role::kQuotation:
        case Role::kRuby:
        case Role::kMath:
        case Role::kImage:
            return true;
        default:
            return false;
    }
}

}  // namespace

TextBlocks::TextBlocks(const Dom& dom, const Signals& signals) : starts_(dom.size() + 1) {
    cut(dom, signals);
    find_scopes(dom);
}

void TextBlocks::cut(const Dom& dom, const Signals& signals) {
    struct Open {
        NodeId element;
        NodeId end;
    };
    std::vector<Open> open;  // elements that do not flow
    bool ended = true;
    int breaks = 0;
    NodeId link_end = 0;
    NodeId counted_link = kNoNode;
    NodeId link = kNoNode;
    for (NodeId n = 0; n < dom.size();) {
        starts_[n] = size();
        while (!open.empty() && open.back().end <= n) {
            open.pop_back();
            ended = true;
        }
        const Node& node = dom[n];
        if (node.is_text()) {
            if (!node.blank && !open.empty()) {
                if (ended) {
                    blocks_.push_back({.first = n, .container = open.back().element});
                    ended = false;
                }
                TextBlock& block = blocks_.back();
                const Amounts& text = signals[n].visible;
                block.last = n;
                block.chars += text.chars;
                block.commas += text.commas;
                if (n < link_end) {
                    block.link_chars += text.chars;
                    if (link != counted_link) {
                        ++block.links;
                        counted_link = link;
                    }
                }
                breaks = 0;
            }
            ++n;
            continue;
        }
        const Role role = role_of(node.tag);
        if (signals[n].is(kHidden) || role == Role::kSkip) {
            for (; n < node.end; ++n) starts_[n] = size();
            continue;
        }
        if (role == Role::kBreak) {
            if (++breaks == 2) ended = true;
        } else if (!flows(role) || has_trait(node.tag, kControlTag)) {
            open.push_back({n, node.end});
            ended = true;
            breaks = 0;
        } else if (role == Role::kAnchor && n >= link_end) {
            link = n;
            link_end = node.end;
        }
        ++n;
    }
    starts_[dom.size()] = size();
}

void TextBlocks::find_scopes(const Dom& dom) {
    const auto held = [this, &dom](NodeId n) { return starts_[dom[n].end] - starts_[n]; };
    // The nearest ancestor that holds more blocks than the element does; parents come first.
    std::vector<NodeId> wider(dom.size(), dom.root());
    for (NodeId n = 1; n < dom.size(); ++n) {
        const NodeId parent = dom[n].parent;
        wider[n] = held(parent) > held(n) ? parent : wider[parent];
    }
    for (TextBlock& block : blocks_) {
        NodeId at = block.container;
        if (held(at) <= 1) at = wider[at];
        for (NodeId& scope : block.scopes) {
            scope = at;
            at = wider[at];
        }
    }
}

}  // namespace riptide::core
