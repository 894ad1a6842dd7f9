#include "core/page_hints.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <iterator>

#include "core/chars.h"
#include "core/tag_traits.h"

namespace riptide::core {
namespace {

constexpr std::size_t kMaxHints = 40;
/// Text read of an element that may be a byline or a date: longer ones are neither.
constexpr std::size_t kMaxHintText = 400;
constexpr NodeId kMaxHeadingNodes = 200;
/// Nodes looked at for the first paragraph, and the bytes it has at least.
constexpr NodeId kParagraphNodes = 3000;
constexpr std::size_t kParagraphBytes = 40;

enum NameHint : std::uint8_t {
    kAuthorHint = 1,
    kDateHint = 2,
    kCommentHint = 4,
    kBreadcrumbHint = 8,
    kUserHint = 16,
};

struct HintWord {
    std::string_view word;
    NameHint hint;
};

constexpr HintWord kHintWords[] = {
    {"author", kAuthorHint},      {"autor", kAuthorHint},
    {"auteur", kAuthorHint},      {"breadcrumb", kBreadcrumbHint},
    {"byline", kAuthorHint},      {"by-line", kAuthorHint},
    {"contributor", kAuthorHint}, {"comment", kCommentHint},
    {"date", kDateHint},          {"datum", kDateHint},
    {"disqus", kCommentHint},     {"fecha", kDateHint},
    {"journalist", kAuthorHint},  {"pubdate", kDateHint},
    {"published", kDateHint},     {"posted", kDateHint},
    {"post-meta", kDateHint},     {"reporter", kAuthorHint},
    {"redacteur", kAuthorHint},   {"related", kCommentHint},
    {"username", kUserHint},      {"time", kDateHint},
    {"writer", kAuthorHint},      {"written", kAuthorHint},
    {"meta", kDateHint},          {"sidebar", kCommentHint},
    {"submitted", kAuthorHint},
};

/// The pair of letters at the start of a word, as an index: five bits of each letter.
constexpr std::size_t pair_of(char first, char second) {
    return (static_cast<std::size_t>(first) & 31) << 5 | (static_cast<std::size_t>(second) & 31);
}

/// The hints that a pair of letters begins, a bit for each: most places of a name are ruled out by
/// one look.
constexpr std::array<std::uint32_t, 1024> kHintsOfPair = [] {
    static_assert(std::size(kHintWords) <= 32);
    std::array<std::uint32_t, 1024> hints{};
    for (std::size_t i = 0; i < std::size(kHintWords); ++i) {
        hints[pair_of(kHintWords[i].word[0], kHintWords[i].word[1])] |= 1U << i;
    }
    return hints;
}();

unsigned name_hints(std::string_view name) {
    unsigned hints = 0;
    for (std::size_t at = 0; at + 4 <= name.size(); ++at) {
        std::uint32_t words = kHintsOfPair[pair_of(name[at], name[at + 1])];
        for (; words != 0; words &= words - 1) {
            const HintWord& entry = kHintWords[std::countr_zero(words)];
            if (ascii_iequals(name.substr(at, entry.word.size()), entry.word)) hints |= entry.hint;
        }
    }
    return hints;
}

/// Class names of what stands above, below or beside a title in its heading.
bool names_kicker(std::string_view classes) {
    for (const std::string_view word :
         {"kicker", "eyebrow", "overline", "roofline", "dachzeile", "subtitle", "sub-title",
          "subheading", "badge", "headerlink", "visually-hidden", "sr-only"}) {
        if (!classes.empty() && ascii_icontains(classes.substr(0, 300), word)) return true;
    }
    return false;
}

void push(std::vector<NodeId>& list, NodeId id) {
    if (list.size() < kMaxHints) list.push_back(id);
}

/// Pages put spaces between elements by style; inside these, words go on.
bool parts_words(Tag tag) {
    return tag != LXB_TAG_B && tag != LXB_TAG_EM && tag != LXB_TAG_A && tag != LXB_TAG_STRONG;
}

void append_space(std::string& out) {
    if (!out.empty() && out.back() != ' ') out += ' ';
}

}  // namespace

std::string short_text(const Dom& dom, NodeId id) {
    std::string out;
    const NodeId end = std::min(dom[id].end, id + 200);
    for (NodeId n = id; n < end; ++n) {
        if (!dom[n].is_text()) {
            if (parts_words(dom[n].tag)) append_space(out);
            continue;
        }
        append_collapsed(utf8_prefix(dom.text(n), kMaxHintText), out);
        if (out.size() > kMaxHintText) return {};
    }
    return std::string(trim(out));
}

std::string heading_text(const Dom& dom, NodeId id) {
    std::string out;
    const NodeId end = std::min(dom[id].end, id + kMaxHeadingNodes);
    for (NodeId n = id; n < end; ++n) {
        if (n != id && dom[n].is_element() && names_kicker(dom.class_name(n))) {
            n = dom[n].end - 1;
        } else if (dom[n].is_text()) {
            append_collapsed(utf8_prefix(dom.text(n), kMaxHintText), out);
        } else if (parts_words(dom[n].tag)) {
            append_space(out);
        }
    }
    while (out.ends_with("¶")) out = trim(std::string_view(out).substr(0, out.size() - 2));
    return std::string(trim(out));
}

std::vector<NodeId> nearest_first(const std::vector<NodeId>& hints, NodeId title) {
    std::vector<NodeId> out = hints;
    if (title == kNoNode) return out;
    std::stable_sort(out.begin(), out.end(), [title](NodeId a, NodeId b) {
        const bool a_before = a < title;
        const bool b_before = b < title;
        if (a_before != b_before) return b_before;
        return a_before ? a > b : a < b;
    });
    return out;
}

PageHints read_hints(const Dom& dom, MetaTags& tags) {
    PageHints hints;
    const AttributeId itemprop = dom.attribute_id("itemprop");
    NodeId skip_until = 0;
    for (NodeId id = 0; id < dom.size(); ++id) {
        const Node& node = dom[id];
        if (node.is_text()) continue;
        if (node.tag == LXB_TAG_META || node.tag == LXB_TAG_LINK) {
            tags.add(id);
            continue;
        }
        if (node.tag == LXB_TAG_TITLE && hints.title == kNoNode) hints.title = id;
        if (node.tag == LXB_TAG_H1) push(hints.headings, id);
        if (node.tag == LXB_TAG_H2) push(hints.second_headings, id);
        if (id < skip_until) continue;
        if (node.tag == LXB_TAG_TIME) push(hints.times, id);
        const std::string_view property = dom.attribute(id, itemprop);
        if (!property.empty()) {
            if (has_word(property, "headline") && node.tag != LXB_TAG_H1) push(hints.headings, id);
            if (has_word(property, "author")) push(hints.item_authors, id);
            if (has_word(property, "datepublished")) push(hints.item_published, id);
            if (has_word(property, "datecreated")) push(hints.item_created, id);
            if (has_word(property, "datemodified")) push(hints.item_modified, id);
        }
        if (node.tag == LXB_TAG_A) {
            const std::string_view rel = dom.attribute(id, LXB_DOM_ATTR_REL);
            if (has_word(rel, "author")) push(hints.item_authors, id);
            if (has_word(rel, "tag")) push(hints.tag_links, id);
        }
        const std::string_view classes = dom.class_name(id);
        const std::string_view name = dom.id_attribute(id);
        if (classes.empty() && name.empty()) continue;
        const unsigned found = name_hints(classes.substr(0, 300)) | name_hints(name.substr(0, 300));
        if (found == 0 || node.tag == LXB_TAG_BODY || node.tag == LXB_TAG_HTML) continue;
        // What others wrote, and what the page says of other pages.
        if ((found & kCommentHint) != 0 && !hints.headings.empty() && node.end - id > 30) {
            skip_until = std::max(skip_until, node.end);
            continue;
        }
        // The id of a heading is made of its words.
        const bool by_id_only = has_trait(node.tag, kHeadingTag) && !name.empty();
        if ((found & kAuthorHint) != 0 && !by_id_only) push(hints.class_authors, id);
        if ((found & kUserHint) != 0) push(hints.users, id);
        if ((found & kDateHint) != 0) push(hints.class_dates, id);
        if ((found & kBreadcrumbHint) != 0) push(hints.breadcrumbs, id);
    }
    return hints;
}

std::string first_paragraph(const Dom& dom, NodeId title) {
    const NodeId start = title != kNoNode ? dom[title].end : dom.body();
    if (start == kNoNode) return {};
    const NodeId end = std::min(dom.size(), start + kParagraphNodes);
    for (NodeId id = start; id < end; ++id) {
        const Tag tag = dom[id].tag;
        if (tag == LXB_TAG_NAV || tag == LXB_TAG_FOOTER || tag == LXB_TAG_ASIDE ||
            tag == LXB_TAG_FORM) {
            id = dom[id].end - 1;
            continue;
        }
        if (tag != LXB_TAG_P) continue;
        std::string text;
        std::size_t linked = 0;
        const NodeId stop = std::min(dom[id].end, end);
        for (NodeId n = id; n < stop; ++n) {
            if (!dom[n].is_text()) continue;
            append_collapsed(dom.text(n), text);
            if (dom[dom[n].parent].tag == LXB_TAG_A) linked += dom.text(n).size();
        }
        if (text.size() >= kParagraphBytes && linked * 2 < text.size()) return text;
        id = dom[id].end - 1;
    }
    return {};
}

}  // namespace riptide::core
