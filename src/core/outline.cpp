#include "core/outline.h"

#include "core/title_match.h"

namespace riptide::core {
namespace {

constexpr double kRepeatsTitle = 0.75;
constexpr std::uint32_t kMaxHeadingChars = 500;
constexpr std::uint32_t kMaxBylineChars = 100;
constexpr double kMaxParagraphLinkDensity = 0.25;

/// `<table>` or `<code>` within the four nearest ancestors.
bool in_table_or_code(const Dom& dom, NodeId id) {
    NodeId at = dom[id].parent;
    for (int i = 0; i < 4 && at != kNoNode; ++i, at = dom[at].parent) {
        if (dom[at].tag == LXB_TAG_TABLE || dom[at].tag == LXB_TAG_CODE) return true;
    }
    return false;
}

/// No text, and no children but breaks and rules.
bool is_without_content(const Dom& dom, const Signals& signals, NodeId id) {
    if (signals[id].visible.chars > 0) return false;
    for (NodeId c = dom.first_child(id); c != kNoNode; c = dom.next_sibling(c)) {
        const Tag tag = dom[c].tag;
        if (dom[c].is_element() && tag != LXB_TAG_BR && tag != LXB_TAG_HR) return false;
    }
    return true;
}

class Outliner {
public:
    Outliner(const Dom& dom, const Signals& signals, const Known& known, const Trust& trust)
        : dom_(dom), signals_(signals), known_(known), trust_(trust), outline_(dom) {}

    Outline run() {
        for (NodeId n = 0; n < dom_.size();) {
            if (dom_[n].is_text()) {
                ++n;
                continue;
            }
            if (is_removed(n)) {
                outline_.removed.insert(n);
                n = dom_[n].end;
                continue;
            }
            assign_role(n);
            ++n;
        }
        return std::move(outline_);
    }

private:
    bool is_removed(NodeId id) {
        const Signal& signal = signals_[id];
        const Tag tag = dom_[id].tag;
        if (signal.is_out_of_sight()) return true;
        if (signal.is(kModal) && signal.is(kSideRole)) return true;
        if (repeats_byline(id) || repeats_title(id)) return true;
        if (trust_.strip_unlikely) {
            if (signal.hints_at(kUnlikelyName) && !signal.hints_at(kMaybeName) &&
                tag != LXB_TAG_BODY && tag != LXB_TAG_HTML && tag != LXB_TAG_A &&
                !in_table_or_code(dom_, id)) {
                return true;
            }
            if (signal.is(kSideRole)) return true;
        }
        return has_trait(tag, kEmptiableTag) && is_without_content(dom_, signals_, id);
    }

    /// The first byline only: the document's `byline` says it.
    bool repeats_byline(NodeId id) {
        const Signal& signal = signals_[id];
        if (byline_seen_ || !known_.drop_byline) return false;
        if (!signal.is(kBylineMark) && !signal.hints_at(kBylineName)) return false;
        if (signal.visible.chars == 0 || signal.visible.chars > kMaxBylineChars) return false;
        byline_seen_ = true;
        return true;
    }

    /// The first heading that repeats the title only.
    bool repeats_title(NodeId id) {
        const Tag tag = dom_[id].tag;
        if (title_seen_ || known_.title.empty() || (tag != LXB_TAG_H1 && tag != LXB_TAG_H2) ||
            signals_[id].visible.chars > kMaxHeadingChars) {
            return false;
        }
        title_seen_ = title_similarity(known_.title, dom_.collapsed_text(id)) > kRepeatsTitle;
        return title_seen_;
    }

    void assign_role(NodeId id) {
        const Signal& signal = signals_[id];
        const Tag tag = dom_[id].tag;
        Role role = Role::kPlain;
        if (tag == LXB_TAG_DIV) {
            role = role_of_div(id);
        } else if (tag == LXB_TAG_P) {
            role = signal.is(kDoubleBreak) ? Role::kRuns : Role::kParagraph;
        } else if (signal.is(kDoubleBreak) && !signal.is(kPhrasing)) {
            role = Role::kRuns;
        }
        outline_.roles[id] = role;
        if (role == Role::kParagraph || role == Role::kRuns || has_trait(tag, kScoredTag)) {
            outline_.scored.push_back(id);
        }
    }

    Role role_of_div(NodeId id) {
        NodeId only = kNoNode;
        std::uint32_t elements = 0;
        bool has_phrasing = false;
        bool has_other = false;
        for (NodeId c = dom_.first_child(id); c != kNoNode; c = dom_.next_sibling(c)) {
            if (dom_[c].is_element()) {
                ++elements;
                only = c;
            }
            if (!signals_[c].is(kPhrasing)) {
                has_other = true;
            } else if (!dom_[c].blank && dom_[c].tag != LXB_TAG_BR) {
                has_phrasing = true;
            }
        }
        const bool few_links = signals_[id].visible.link_density() < kMaxParagraphLinkDensity;
        if (!has_other) {
            const bool one = !signals_[id].is(kDoubleBreak);
            return has_phrasing && one && few_links ? Role::kParagraph : Role::kRuns;
        }
        if (!has_phrasing && elements == 1 && dom_[only].tag == LXB_TAG_P && few_links) {
            return Role::kUnwrapped;
        }
        return has_phrasing || signals_[id].is(kHasBlock) ? Role::kRuns : Role::kParagraph;
    }

    const Dom& dom_;
    const Signals& signals_;
    const Known& known_;
    const Trust& trust_;
    Outline outline_;
    bool byline_seen_ = false;
    bool title_seen_ = false;
};

}  // namespace

Outline outline_page(const Dom& dom, const Signals& signals, const Known& known,
                     const Trust& trust) {
    return Outliner(dom, signals, known, trust).run();
}

}  // namespace riptide::core
