#include "core/clean.h"

#include <algorithm>

#include "core/chars.h"

namespace riptide::core {
namespace {

constexpr std::uint32_t kMaxShareChars = 500;
constexpr std::uint32_t kMaxCaptionChars = 300;
/// Where captions are this share of the text, they are content: galleries.
constexpr double kTooMuchCaption = 0.25;
constexpr std::uint32_t kMaxDateChars = 60;
constexpr std::uint32_t kMaxPointerChars = 200;
constexpr double kPointerLinkDensity = 0.8;
/// Teasers that hold this share of what was chosen are what the page is about.
constexpr double kTooMuchTeaser = 0.3;
constexpr std::uint32_t kEnoughCommas = 10;

/// What the kept part of a subtree adds up to.
struct Tally {
    Amounts text;
    std::uint32_t paragraphs = 0;
    std::uint32_t images = 0;
    std::uint32_t items = 0;
    std::uint32_t inputs = 0;
    std::uint32_t embeds = 0;
    std::uint32_t heading_chars = 0;
    std::uint32_t textish_chars = 0;
    std::uint32_t list_chars = 0;
    std::uint32_t children = 0;
    enum class Run : std::uint8_t { kNone, kOpen, kOneBreak } run = Run::kNone;
    bool has_video = false;
    bool has_data_table = false;
    bool has_rich_child = false;  ///< A child with more than one child.

    void add(const Tally& other) {
        text.add(other.text);
        paragraphs += other.paragraphs;
        images += other.images;
        items += other.items;
        inputs += other.inputs;
        embeds += other.embeds;
        heading_chars += other.heading_chars;
        textish_chars += other.textish_chars;
        list_chars += other.list_chars;
        has_video = has_video || other.has_video;
        has_data_table = has_data_table || other.has_data_table;
    }
    [[nodiscard]] double share(std::uint32_t chars) const {
        return text.chars == 0 ? 0.0 : static_cast<double>(chars) / text.chars;
    }
};

/// Texts that stand in for what a script was to load.
bool is_placeholder(std::string_view text) {
    for (std::string_view word :
         {"ad",       "ads",         "advertising", "advertisement", "anuncio",
          "anzeige",  "pub",         "publicité",   "werbung",       "реклама",
          "Реклама",  "广告",        "loading",     "loading...",    "loading…",
          "cargando", "cargando...", "chargement",  "正在加载",      "Загрузка"}) {
        if (ascii_iequals(text, word)) return true;
    }
    return false;
}

bool has_near_ancestor(const Dom& dom, NodeId id, Tag tag) {
    NodeId at = dom[id].parent;
    for (int i = 0; i < 4 && at != kNoNode; ++i, at = dom[at].parent) {
        if (dom[at].tag == tag) return true;
    }
    return false;
}

class Cleaner {
public:
    Cleaner(const Dom& dom, const Signals& signals, const Outline& outline, const Trust& trust,
            Choice& choice)
        : dom_(dom),
          signals_(signals),
          outline_(outline),
          trust_(trust),
          choice_(choice),
          in_data_table_(dom.size()),
          tallies_(dom[choice.root].end - choice.root),
          chars_(chosen_chars(dom, signals, choice)) {}

    void run() {
        find_data_tables();
        const auto is = [this](Tag tag) {
            return [this, tag](NodeId n) { return dom_[n].tag == tag; };
        };
        clean_where([this](NodeId n) {
            return dom_[n].tag == LXB_TAG_FORM || dom_[n].tag == LXB_TAG_FIELDSET;
        });
        drop_chrome();
        clean_where(is(LXB_TAG_TABLE));
        clean_where(is(LXB_TAG_UL));
        clean_where([this](NodeId n) { return acts_as_div(n); });
    }

private:
    void find_data_tables() {
        bool inside = false;
        for (NodeId n = dom_[choice_.root].parent; n != kNoNode; n = dom_[n].parent) {
            inside = inside || signals_[n].is(kDataTable);
        }
        NodeId end = inside ? dom_[choice_.root].end : choice_.root;
        for (NodeId n = choice_.root; n < dom_[choice_.root].end; ++n) {
            if (n < end) in_data_table_.insert(n);
            if (signals_[n].is(kDataTable)) end = std::max(end, dom_[n].end);
        }
    }

    [[nodiscard]] bool is_top_level(NodeId id) const {
        return choice_.root == choice_.top ? id == choice_.top : dom_[id].parent == choice_.root;
    }

    [[nodiscard]] bool acts_as_div(NodeId id) const {
        const Tag tag = dom_[id].tag;
        const Role role = outline_.roles[id];
        if (tag == LXB_TAG_DIV) return role != Role::kParagraph && role != Role::kUnwrapped;
        if (tag == LXB_TAG_P) return role == Role::kRuns;
        if (tag == LXB_TAG_ARTICLE || tag == LXB_TAG_SECTION || tag == LXB_TAG_OL ||
            tag == LXB_TAG_UL) {
            return false;
        }
        return is_top_level(id) && dom_[id].is_element() && !signals_[id].is(kPhrasing);
    }

    void drop_chrome() {
        has_captions_only_ = caption_chars() > kTooMuchCaption * chars_;
        for (NodeId n = choice_.root; n < dom_[choice_.root].end;) {
            if (!choice_.dropped.contains(n) && is_chrome(n)) choice_.dropped.insert(n);
            n = choice_.dropped.contains(n) ? dom_[n].end : n + 1;
        }
    }

    [[nodiscard]] bool is_caption(NodeId id) const {
        return dom_[id].tag == LXB_TAG_FIGCAPTION ||
               (signals_[id].hints_at(kCaptionName) && !is_top_level(id) &&
                signals_[id].visible.chars < kMaxCaptionChars);
    }

    [[nodiscard]] std::uint32_t caption_chars() const {
        std::uint32_t chars = 0;
        for (NodeId n = choice_.root; n < dom_[choice_.root].end;) {
            const bool caption = dom_[n].is_element() && is_caption(n);
            if (choice_.dropped.contains(n) || caption) {
                if (!choice_.dropped.contains(n)) chars += signals_[n].visible.chars;
                n = dom_[n].end;
            } else {
                ++n;
            }
        }
        return chars;
    }

    [[nodiscard]] bool is_chrome(NodeId id) const {
        const Signal& signal = signals_[id];
        const Tag tag = dom_[id].tag;
        if (tag == LXB_TAG__TEXT) return false;
        if (tag == LXB_TAG_FOOTER || tag == LXB_TAG_ASIDE || has_trait(tag, kControlTag))
            return true;
        if (has_trait(tag, kEmbedTag)) return !signal.is(kVideo);
        if (tag == LXB_TAG_H1 || tag == LXB_TAG_H2) return trust_.weigh_names && signal.weight < 0;
        if (!has_captions_only_ && is_caption(id)) return true;
        return !is_top_level(id) && is_aside(id);
    }

    /// What accompanies the text without being part of it: buttons to share, dates, pointers to
    /// other pages.
    [[nodiscard]] bool is_aside(NodeId id) const {
        const Signal& signal = signals_[id];
        const Tag tag = dom_[id].tag;
        const std::uint32_t chars = signal.visible.chars;
        if (signal.hints_at(kShareName) && chars < kMaxShareChars) return true;
        if (signal.hints_at(kTeaserName) && chars < kTooMuchTeaser * chars_) return true;
        if ((signal.hints_at(kDateName) || tag == LXB_TAG_TIME) && chars < kMaxDateChars) {
            return true;
        }
        return tag == LXB_TAG_P && chars > 0 && chars < kMaxPointerChars &&
               signal.visible.link_density() > kPointerLinkDensity &&
               !has_near_ancestor(dom_, id, LXB_TAG_LI);
    }

    template <class Applies>
    void clean_where(Applies applies) {
        if (!trust_.clean_conditionally) return;
        std::fill(tallies_.begin(), tallies_.end(), Tally());
        mark_dropped_below();
        for (NodeId n = dom_[choice_.root].end; n-- > choice_.root;) {
            if (below_dropped_.contains(n)) continue;
            Tally& tally = tallies_[n - choice_.root];
            count_self(n, tally);
            if (dom_[n].is_element() && applies(n) && is_clutter(n, tally)) {
                choice_.dropped.insert(n);
            } else if (n != choice_.root) {
                count_in_parent(n, tally);
            }
        }
    }

    void mark_dropped_below() {
        below_dropped_ = NodeSet(dom_.size());
        for (NodeId n = choice_.root; n < dom_[choice_.root].end;) {
            if (!choice_.dropped.contains(n)) {
                ++n;
                continue;
            }
            for (const NodeId end = dom_[n].end; n < end; ++n) below_dropped_.insert(n);
        }
    }

    /// Adds what the element itself is, its children being counted already.
    void count_self(NodeId id, Tally& tally) const {
        const Signal& signal = signals_[id];
        const Tag tag = dom_[id].tag;
        if (tag == LXB_TAG__TEXT) {
            tally.text = signal.visible;
            return;
        }
        const std::uint32_t chars = tally.text.chars;
        if (tag == LXB_TAG_A) tally.text.link_tenths = chars * (signal.is(kHashLink) ? 3 : 10);
        if (outline_.roles[id] == Role::kParagraph) ++tally.paragraphs;
        if (tag == LXB_TAG_IMG) ++tally.images;
        if (tag == LXB_TAG_LI) ++tally.items;
        if (tag == LXB_TAG_INPUT) ++tally.inputs;
        if (has_trait(tag, kEmbedTag)) {
            ++tally.embeds;
            tally.has_video = tally.has_video || signal.is(kVideo);
        }
        if (has_trait(tag, kHeadingTag)) tally.heading_chars += chars;
        if (has_trait(tag, kTextishTag)) tally.textish_chars += chars;
    }

    void count_in_parent(NodeId id, Tally& tally) {
        const Node& node = dom_[id];
        Tally& parent = tallies_[node.parent - choice_.root];
        if (has_trait(node.tag, kListTag)) tally.list_chars += tally.text.chars;
        if (signals_[id].is(kDataTable)) tally.has_data_table = true;
        parent.add(tally);
        if (node.is_element()) {
            ++parent.children;
            parent.has_rich_child = parent.has_rich_child || tally.children > 1;
        }
        if (outline_.roles[node.parent] != Role::kRuns || node.blank) return;
        if (!signals_[id].is(kPhrasing)) {
            parent.run = Tally::Run::kNone;
        } else if (node.tag == LXB_TAG_BR) {
            parent.run =
                parent.run == Tally::Run::kOpen ? Tally::Run::kOneBreak : Tally::Run::kNone;
        } else {
            if (parent.run == Tally::Run::kNone) ++parent.paragraphs;
            parent.run = Tally::Run::kOpen;
            parent.textish_chars += tally.text.chars;
        }
    }

    [[nodiscard]] bool is_clutter(NodeId id, const Tally& tally) const {
        const Tag tag = dom_[id].tag;
        if (signals_[id].is(kDataTable) || in_data_table_.contains(id)) return false;
        if (tally.has_data_table || has_near_ancestor(dom_, id, LXB_TAG_CODE)) return false;
        const std::int32_t weight = trust_.weigh_names ? signals_[id].weight : 0;
        if (weight < 0) return true;
        if (tally.text.commas >= kEnoughCommas || tally.has_video) return false;
        if (tally.text.chars <= 15 && tally.text.chars > 0 &&
            is_placeholder(dom_.collapsed_text(id))) {
            return true;
        }
        const bool is_list = has_trait(tag, kListTag) ||
                             (tally.text.chars > 0 && tally.share(tally.list_chars) > 0.9);
        if (!looks_like_clutter(id, tally, weight, is_list)) return false;
        // A plain list of images is content.
        return !(is_list && !tally.has_rich_child && tally.images > 0 &&
                 tally.images == tally.items);
    }

    [[nodiscard]] bool looks_like_clutter(NodeId id, const Tally& tally, std::int32_t weight,
                                          bool is_list) const {
        const double links = tally.text.link_density();
        const bool in_figure = has_near_ancestor(dom_, id, LXB_TAG_FIGURE);
        const std::uint32_t chars = tally.text.chars;
        if (!in_figure && tally.images > 1 && tally.paragraphs * 2 < tally.images) return true;
        if (!is_list && tally.items > tally.paragraphs + 100) return true;
        if (tally.inputs > tally.paragraphs / 3) return true;
        if (!is_list && !in_figure && tally.share(tally.heading_chars) < 0.9 && chars < 25 &&
            (tally.images == 0 || tally.images > 2) && links > 0) {
            return true;
        }
        if (!is_list && weight < 25 && links > 0.2) return true;
        if (weight >= 25 && links > 0.5) return true;
        if ((tally.embeds == 1 && chars < 75) || tally.embeds > 1) return true;
        return tally.images == 0 && tally.share(tally.textish_chars) == 0;
    }

    const Dom& dom_;
    const Signals& signals_;
    const Outline& outline_;
    const Trust& trust_;
    Choice& choice_;
    NodeSet in_data_table_;
    NodeSet below_dropped_{0};
    std::vector<Tally> tallies_;
    std::uint32_t chars_;  ///< Of the choice, before it is cleaned.
    bool has_captions_only_ = false;
};

}  // namespace

void clean_content(const Dom& dom, const Signals& signals, const Outline& outline,
                   const Trust& trust, Choice& choice) {
    Cleaner(dom, signals, outline, trust, choice).run();
}

std::uint32_t chosen_chars(const Dom& dom, const Signals& signals, const Choice& choice) {
    std::uint32_t chars = 0;
    for (NodeId n = choice.root; n < dom[choice.root].end;) {
        if (choice.dropped.contains(n)) {
            n = dom[n].end;
            continue;
        }
        if (dom[n].is_text()) chars += signals[n].visible.chars;
        ++n;
    }
    return chars;
}

}  // namespace riptide::core
