#include "core/score.h"

#include <algorithm>
#include <array>

#include "core/chars.h"

namespace riptide::core {
namespace {

constexpr std::uint32_t kMinVoteChars = 25;
constexpr int kVoteLevels = 5;
constexpr std::size_t kTopCandidates = 5;
constexpr std::uint32_t kMinAlternatives = 3;
constexpr double kAlternativeShare = 0.75;
constexpr double kMinSiblingScore = 10;
constexpr double kSiblingShare = 0.2;

double base_score(Tag tag) {
    switch (tag) {
        case LXB_TAG_DIV:
            return 5;
        case LXB_TAG_PRE:
        case LXB_TAG_TD:
        case LXB_TAG_BLOCKQUOTE:
            return 3;
        case LXB_TAG_ADDRESS:
        case LXB_TAG_OL:
        case LXB_TAG_UL:
        case LXB_TAG_DL:
        case LXB_TAG_DD:
        case LXB_TAG_DT:
        case LXB_TAG_LI:
        case LXB_TAG_FORM:
            return -3;
        case LXB_TAG_TH:
            return -5;
        default:
            return has_trait(tag, kHeadingTag) ? -5 : 0;
    }
}

class Scorer {
public:
    Scorer(const Dom& dom, const Signals& signals, const Outline& outline, const Trust& trust)
        : dom_(dom),
          signals_(signals),
          outline_(outline),
          trust_(trust),
          kept_(dom.size()),
          scores_(dom.size()),
          is_candidate_(dom.size()) {}

    Choice run() {
        Choice choice(dom_);
        choice.dropped = outline_.removed;
        if (dom_.body() == kNoNode) return choice;
        sum_up_kept();
        vote();
        const NodeId top = pick_top();
        choice.root = choice.top = top;
        if (top != dom_.body()) join_siblings(choice);
        return choice;
    }

private:
    void sum_up_kept() {
        for (NodeId n = 0; n < dom_.size();) {
            if (outline_.removed.contains(n)) {
                n = dom_[n].end;
                continue;
            }
            if (dom_[n].is_text()) kept_[n] = signals_[n].visible;
            ++n;
        }
        for (NodeId n = dom_.size(); n-- > 1;) {
            if (dom_[n].tag == LXB_TAG_A) {
                kept_[n].link_tenths = kept_[n].chars * (signals_[n].is(kHashLink) ? 3 : 10);
            }
            kept_[dom_[n].parent].add(kept_[n]);
        }
    }

    [[nodiscard]] NodeId up(NodeId id) const {
        const NodeId parent = dom_[id].parent;
        if (parent == kNoNode || outline_.roles[parent] != Role::kUnwrapped) return parent;
        return dom_[parent].parent;
    }

    [[nodiscard]] double initial_score(NodeId id) const {
        const Role role = outline_.roles[id];
        Tag tag = dom_[id].tag;
        if (tag == LXB_TAG_P && role == Role::kRuns) tag = LXB_TAG_DIV;
        if (tag == LXB_TAG_DIV && role == Role::kParagraph) tag = LXB_TAG_P;
        return base_score(tag) + (trust_.weigh_names ? signals_[id].weight : 0);
    }

    void ensure_candidate(NodeId id) {
        if (is_candidate_.contains(id)) return;
        is_candidate_.insert(id);
        scores_[id] = initial_score(id);
        candidates_.push_back(id);
    }

    /// Votes of a text for `nearest` and up to four elements above it.
    void vote_up(NodeId nearest, const Amounts& text) {
        if (text.chars < kMinVoteChars) return;
        const double score = 2.0 + text.commas + std::min(text.chars / 100, 3U);
        NodeId at = nearest;
        for (int level = 0; level < kVoteLevels; ++level, at = up(at)) {
            if (at == kNoNode || at == dom_.root()) return;
            ensure_candidate(at);
            scores_[at] += score / (level == 0 ? 1 : level == 1 ? 2 : level * 3);
        }
    }

    void vote() {
        for (NodeId n : outline_.scored) {
            const bool runs = outline_.roles[n] == Role::kRuns;
            if (!runs || (has_trait(dom_[n].tag, kScoredTag) && dom_[n].tag != LXB_TAG_P)) {
                vote_up(up(n), kept_[n]);
            }
            if (runs) {
                for_each_run(n, [&](NodeId, NodeId, const Amounts& run) { vote_up(n, run); });
            }
        }
        for (NodeId n : candidates_) scores_[n] *= 1.0 - kept_[n].link_density();
    }

    /// Calls `visit(first, end, amounts)` for each run of phrasing children of `id` that has
    /// content: children from `first` up to the node `end`.
    template <class Visit>
    void for_each_run(NodeId id, Visit visit) const {
        Amounts run;
        NodeId first = kNoNode;
        int breaks = 0;
        const auto flush = [&](NodeId end) {
            if (first != kNoNode) visit(first, end, run);
            first = kNoNode;
            run = {};
            breaks = 0;
        };
        for (NodeId c = dom_.first_child(id); c != kNoNode; c = dom_.next_sibling(c)) {
            if (outline_.removed.contains(c) || dom_[c].blank) continue;
            if (!signals_[c].is(kPhrasing)) {
                flush(c);
            } else if (dom_[c].tag == LXB_TAG_BR) {
                if (++breaks == 2) flush(c);
            } else {
                breaks = 0;
                if (first == kNoNode) first = c;
                run.add(kept_[c]);
            }
        }
        flush(dom_[id].end);
    }

    NodeId pick_top() {
        std::array<NodeId, kTopCandidates> best{};
        std::size_t count = 0;
        for (NodeId n : candidates_) {
            std::size_t at = count;
            while (at > 0 && scores_[best[at - 1]] < scores_[n]) --at;
            if (at == kTopCandidates) continue;
            if (count < kTopCandidates) ++count;
            std::copy_backward(best.begin() + static_cast<std::ptrdiff_t>(at),
                               best.begin() + static_cast<std::ptrdiff_t>(count) - 1,
                               best.begin() + static_cast<std::ptrdiff_t>(count));
            best[at] = n;
        }
        if (count == 0 || best[0] == dom_.body()) return dom_.body();
        NodeId top = best[0];
        std::vector<NodeId> rivals;
        for (std::size_t i = 1; i < count; ++i) {
            if (scores_[best[i]] >= kAlternativeShare * scores_[top]) rivals.push_back(best[i]);
        }
        top = common_ancestor(top, rivals);
        top = better_ancestor(top);
        while (up(top) != dom_.body() && up(top) != kNoNode && is_only_child(top)) top = up(top);
        return top;
    }

    /// The nearest ancestor that holds at least three of the rivals, or `top`.
    [[nodiscard]] NodeId common_ancestor(NodeId top, const std::vector<NodeId>& rivals) const {
        if (rivals.size() < kMinAlternatives) return top;
        for (NodeId at = up(top); at != kNoNode && at != dom_.body(); at = up(at)) {
            std::uint32_t held = 0;
            for (NodeId rival : rivals) held += rival != at && dom_.contains(at, rival) ? 1 : 0;
            if (held >= kMinAlternatives) return at;
        }
        return top;
    }

    /// Scores should fall on the way up; where one rises, there is more content to find.
    [[nodiscard]] NodeId better_ancestor(NodeId top) const {
        double last = is_candidate_.contains(top) ? scores_[top] : initial_score(top);
        const double threshold = last / 3;
        for (NodeId at = up(top); at != kNoNode && at != dom_.body(); at = up(at)) {
            if (!is_candidate_.contains(at)) continue;
            if (scores_[at] < threshold) break;
            if (scores_[at] > last) return at;
            last = scores_[at];
        }
        return top;
    }

    [[nodiscard]] bool is_only_child(NodeId id) const {
        const NodeId parent = up(id);
        const bool counts_runs = outline_.roles[parent] == Role::kRuns;
        for (NodeId c = dom_.first_child(parent); c != kNoNode; c = dom_.next_sibling(c)) {
            if (dom_.contains(c, id) || outline_.removed.contains(c) || dom_[c].blank) continue;
            if (dom_[c].is_element() || counts_runs) return false;
        }
        return true;
    }

    void join_siblings(Choice& choice) {
        const NodeId top = choice.top;
        const NodeId parent = up(top);
        if (parent == kNoNode) return;
        const double top_score = is_candidate_.contains(top) ? scores_[top] : initial_score(top);
        const double threshold = std::max(kMinSiblingScore, top_score * kSiblingShare);
        std::vector<NodeId> joined;
        for (NodeId c = dom_.first_child(parent); c != kNoNode; c = dom_.next_sibling(c)) {
            if (outline_.removed.contains(c) || dom_.contains(c, top) || dom_[c].is_text())
                continue;
            if (outline_.roles[parent] == Role::kRuns && signals_[c].is(kPhrasing)) continue;
            const bool is_paragraph =
                outline_.roles[c] == Role::kParagraph || outline_.roles[c] == Role::kUnwrapped;
            double bonus = 0;
            if (const std::string_view name = dom_.class_name(top);
                !name.empty() && name == dom_.class_name(c)) {
                bonus = top_score * kSiblingShare;
            }
            if ((is_candidate_.contains(c) && scores_[c] + bonus >= threshold) ||
                (is_paragraph && is_good_paragraph(c, dom_[c].end, kept_[c]))) {
                joined.push_back(c);
            }
        }
        if (outline_.roles[parent] == Role::kRuns) {
            for_each_run(parent, [&](NodeId first, NodeId end, const Amounts& run) {
                if (!is_good_paragraph(first, end, run)) return;
                for (NodeId n = first; n < end; n = dom_[n].end) joined.push_back(n);
            });
        }
        if (joined.empty()) return;
        std::sort(joined.begin(), joined.end());
        auto next = joined.begin();
        for (NodeId c = dom_.first_child(parent); c != kNoNode; c = dom_.next_sibling(c)) {
            if (next != joined.end() && *next == c) {
                ++next;
            } else if (!dom_.contains(c, top)) {
                choice.dropped.insert(c);
            }
        }
        choice.root = parent;
    }

    [[nodiscard]] bool is_good_paragraph(NodeId first, NodeId end, const Amounts& text) const {
        if (text.chars > 80) return text.link_density() < 0.25;
        return text.chars > 0 && text.link_tenths == 0 && has_sentence_end(first, end);
    }

    [[nodiscard]] bool has_sentence_end(NodeId first, NodeId end) const {
        bool after_stop = false;
        for (NodeId n = first; n < end; ++n) {
            for (char c : dom_.text(n)) {
                if (after_stop && is_space(c)) return true;
                after_stop = c == '.';
            }
        }
        return after_stop;
    }

    const Dom& dom_;
    const Signals& signals_;
    const Outline& outline_;
    const Trust& trust_;
    std::vector<Amounts> kept_;
    std::vector<double> scores_;
    NodeSet is_candidate_;
    std::vector<NodeId> candidates_;
};

}  // namespace

Choice choose_content(const Dom& dom, const Signals& signals, const Outline& outline,
                      const Trust& trust) {
    return Scorer(dom, signals, outline, trust).run();
}

}  // namespace riptide::core
