#include "core/wide.h"

#include <algorithm>
#include <vector>

namespace riptide::core {
namespace {

/// `<main>` is believed when it holds this share of the page's text.
constexpr double kEnoughForMain = 0.25;
/// Names do not condemn a block that holds more than this share of the page's text: names of the
/// site's furniture, and names that are merely unlikely.
constexpr double kTooMuchForChrome = 0.4;
constexpr double kTooMuchForUnlikely = 0.1;
constexpr double kTooMuchForHeader = 0.2;
constexpr std::uint32_t kMaxShareChars = 500;
/// What an element must hold of the kept text to stand for all of it.
constexpr double kNearlyAll = 0.95;
/// Links shorter than this on average are a menu; longer ones are headlines.
constexpr std::uint32_t kMenuLinkChars = 24;
constexpr double kMenuLinkDensity = 0.6;
/// Where menus hold this share of the text, they are what the page is about, if there is a sentence
/// beside them to say so, or they are longer than menus get.
constexpr double kTooMuchForMenus = 0.5;
constexpr std::uint32_t kSentenceChars = 40;
constexpr std::uint32_t kLongListChars = 1500;
/// Levels looked up for the article that a header may belong to.
constexpr int kHeaderLevels = 8;

bool is_block_of_links(Tag tag) {
    switch (tag) {
        case LXB_TAG_UL:
        case LXB_TAG_OL:
        case LXB_TAG_DL:
        case LXB_TAG_DIV:
        case LXB_TAG_SECTION:
        case LXB_TAG_TABLE:
        case LXB_TAG_P:
        case LXB_TAG_HEADER:
        case LXB_TAG_CENTER:
            return true;
        default:
            return false;
    }
}

class Selector {
public:
    Selector(const Dom& dom, const Signals& signals)
        : dom_(dom), signals_(signals), links_(dom.size()), kept_(dom.size()) {}

    WideSelection run() {
        WideSelection wide{Selection(dom_)};
        if (dom_.body() == kNoNode) return wide;
        page_chars_ = signals_[dom_.body()].visible.chars;
        count_links();
        NodeId root = main_element();
        drop_clutter(root, wide);
        root = narrow(root, wide.selection);
        wide.selection.roots.push_back(root);
        return wide;
    }

private:
    void count_links() {
        for (NodeId n = dom_.size(); n-- > 1;) {
            if (dom_[n].tag == LXB_TAG_A && signals_[n].visible.chars > 0) ++links_[n];
            links_[dom_[n].parent] += links_[n];
        }
    }

    [[nodiscard]] NodeId main_element() const {
        const NodeId body = dom_.body();
        for (NodeId n = body; n < dom_[body].end; ++n) {
            if (dom_[n].tag == LXB_TAG_MAIN && !signals_[n].is_out_of_sight() &&
                signals_[n].visible.chars >= kEnoughForMain * page_chars_) {
                return n;
            }
        }
        return body;
    }

    void drop_clutter(NodeId root, WideSelection& wide) {
        std::vector<NodeId> menus;
        double menu_chars = 0;
        std::uint32_t longest = 0;
        for (NodeId n = root; n < dom_[root].end;) {
            const bool clutter = n != root && dom_[n].is_element() && is_clutter(n);
            if (clutter || is_menu(n)) {
                if (!clutter) {
                    menus.push_back(n);
                    menu_chars += signals_[n].visible.chars;
                }
                wide.selection.dropped.insert(n);
                n = dom_[n].end;
                continue;
            }
            keep(n);
            wide.chars += kept_[n];
            longest = std::max(longest, kept_[n]);
            ++n;
        }
        if ((longest >= kSentenceChars || menu_chars >= kLongListChars) &&
            menu_chars > kTooMuchForMenus * (wide.chars + menu_chars)) {
            for (const NodeId menu : menus) keep_menu(menu, wide.selection);
        }
        for (NodeId n = dom_[root].end; n-- > root + 1;) kept_[dom_[n].parent] += kept_[n];
    }

    void keep(NodeId id) {
        if (dom_[id].is_text()) kept_[id] = signals_[id].visible.chars;
    }

    void keep_menu(NodeId menu, Selection& selection) {
        selection.dropped.erase(menu);
        for (NodeId n = menu; n < dom_[menu].end;) {
            if (dom_[n].is_element() && is_clutter(n)) {
                selection.dropped.insert(n);
                n = dom_[n].end;
                continue;
            }
            keep(n);
            ++n;
        }
    }

    /// Goes down from `root` as long as one child holds nearly all.
    [[nodiscard]] NodeId narrow(NodeId root, const Selection& selection) const {
        const double enough = kNearlyAll * kept_[root];
        if (kept_[root] == 0) return root;
        for (;;) {
            NodeId next = kNoNode;
            for (NodeId c = dom_.first_child(root); c != kNoNode; c = dom_.next_sibling(c)) {
                if (dom_[c].is_element() && !selection.dropped.contains(c) && kept_[c] >= enough) {
                    next = c;
                }
            }
            if (next == kNoNode) return root;
            root = next;
        }
    }

    [[nodiscard]] bool is_clutter(NodeId id) const {
        const Signal& signal = signals_[id];
        const Tag tag = dom_[id].tag;
        if (signal.is_out_of_sight() || signal.is(kSideRole) || signal.is(kModal)) return true;
        if (has_trait(tag, kChromeTag) || has_trait(tag, kControlTag) ||
            has_trait(tag, kEmbedTag)) {
            return true;
        }
        const double chars = signal.visible.chars;
        if (tag == LXB_TAG_HEADER && chars < kTooMuchForHeader * page_chars_ && !in_article(id)) {
            return true;
        }
        if (signal.hints_at(kShareName) && chars < kMaxShareChars) return true;
        if (signal.hints_at(kChromeName | kTeaserName) && chars < kTooMuchForChrome * page_chars_) {
            return true;
        }
        return signal.hints_at(kUnlikelyName) && !signal.hints_at(kMaybeName) &&
               chars < kTooMuchForUnlikely * page_chars_;
    }

    [[nodiscard]] bool in_article(NodeId id) const {
        NodeId at = dom_[id].parent;
        for (int i = 0; i < kHeaderLevels && at != kNoNode; ++i, at = dom_[at].parent) {
            const Tag tag = dom_[at].tag;
            if (tag == LXB_TAG_ARTICLE || tag == LXB_TAG_MAIN || tag == LXB_TAG_SECTION) {
                return true;
            }
        }
        return false;
    }

    /// Mostly links, and short ones.
    [[nodiscard]] bool is_menu(NodeId id) const {
        if (!is_block_of_links(dom_[id].tag) || links_[id] < 2) return false;
        const Amounts& text = signals_[id].visible;
        return text.link_density() > kMenuLinkDensity &&
               text.link_tenths / 10 < links_[id] * kMenuLinkChars;
    }

    const Dom& dom_;
    const Signals& signals_;
    std::vector<std::uint32_t> links_;
    std::vector<std::uint32_t> kept_;
    double page_chars_ = 0;
};

}  // namespace

WideSelection select_wide(const Dom& dom, const Signals& signals) {
    return Selector(dom, signals).run();
}

}  // namespace riptide::core
