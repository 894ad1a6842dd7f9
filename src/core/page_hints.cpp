#include "core/page_hints.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "core/byline.h"
#include "core/chars.h"
#include "core/plain_text.h"

namespace riptide::core {
namespace {

constexpr std::size_t kMaxHints = 40;
/// Text read of an element that may be a byline or a date: longer ones are neither.
constexpr std::size_t kMaxHintText = 400;
/// Text nodes looked at before and after the heading for a date.
constexpr int kTextsBefore = 12;
constexpr int kTextsAfter = 40;

/// Nodes looked at for the first paragraph, and the bytes it has at least.
constexpr NodeId kParagraphNodes = 3000;
constexpr std::size_t kParagraphBytes = 40;

enum NameHint : std::uint8_t {
    kAuthorHint = 1,
    kDateHint = 2,
    kCommentHint = 4,
    kBreadcrumbHint = 8,
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
    {"time", kDateHint},          {"writer", kAuthorHint},
    {"written", kAuthorHint},     {"meta", kDateHint},
    {"sidebar", kCommentHint},    {"submitted", kAuthorHint},
};

/// The pair of letters at the start of a word, as an index: five bits of each letter.
constexpr std::size_t pair_of(char first, char second) {
    return (static_cast<std::size_t>(first) & 31) << 5 | (static_cast<std::size_t>(second) & 31);
}

/// The pairs of letters that begin a hint: most places of a name are ruled out by one look.
constexpr std::array<bool, 1024> kHintPairs = [] {
    std::array<bool, 1024> pairs{};
    for (const HintWord& entry : kHintWords) pairs[pair_of(entry.word[0], entry.word[1])] = true;
    return pairs;
}();

unsigned name_hints(std::string_view name) {
    unsigned hints = 0;
    for (std::size_t at = 0; at + 4 <= name.size(); ++at) {
        if (!kHintPairs[pair_of(name[at], name[at + 1])]) continue;
        const std::string_view rest = name.substr(at);
        for (const HintWord& entry : kHintWords) {
            if (ascii_iequals(rest.substr(0, entry.word.size()), entry.word)) hints |= entry.hint;
        }
    }
    return hints;
}

void push(std::vector<NodeId>& list, NodeId id) {
    if (list.size() < kMaxHints) list.push_back(id);
}

/// Collects the names below an element that speaks of authors.
class NameFinder {
public:
    explicit NameFinder(const Dom& dom) : dom_(dom), itemprop_(dom.attribute_id("itemprop")) {}

    std::string find(NodeId id) const {
        std::vector<std::string> names;
        const NodeId end = std::min(dom_[id].end, id + 200);
        for (NodeId n = id + 1; n < end; ++n) {
            if (!dom_[n].is_element() || !is_name(n)) continue;
            std::string name = clean_byline(short_text(dom_, n));
            if (name.empty()) continue;
            names.push_back(std::move(name));
            n = dom_[n].end - 1;
        }
        if (!names.empty()) return join_names(names);
        return clean_byline(short_text(dom_, id));
    }

    /// A link to an author's page.
    bool is_author_link(NodeId id) const {
        if (dom_[id].tag != LXB_TAG_A) return false;
        const std::string_view href = dom_.attribute(id, LXB_DOM_ATTR_HREF);
        for (const std::string_view path :
             {"/author/", "/authors/", "/writer/", "/writers/", "/people/", "/profile/", "/by/",
              "/autor/", "/autoren/", "/auteur/", "/auteurs/", "/staff/", "/contributor/",
              "/contributors/", "/autores/", "/redakteur/"}) {
            if (href.find(path) != std::string_view::npos) return true;
        }
        return false;
    }

private:
    bool is_name(NodeId id) const {
        if (ascii_iequals(dom_.attribute(id, itemprop_), "name")) return true;
        const std::string_view classes = dom_.class_name(id);
        if (has_word(classes, "fn") || has_word(classes, "name") ||
            has_word(classes, "author-name") || has_word(classes, "author_name")) {
            return true;
        }
        return is_author_link(id) || (dom_[id].tag == LXB_TAG_A &&
                                      has_word(dom_.attribute(id, LXB_DOM_ATTR_REL), "author"));
    }

    const Dom& dom_;
    AttributeId itemprop_;
};

/// The text node after `id`; empty where there is none near.
std::string_view next_text(const Dom& dom, NodeId id) {
    const NodeId end = std::min(dom.size(), id + 10);
    for (NodeId n = id + 1; n < end; ++n) {
        if (dom[n].is_text() && !dom[n].blank) {
            return dom.text(n).size() > kMaxHintText ? std::string_view() : dom.text(n);
        }
    }
    return {};
}

/// The hints in the order of their distance to the heading: those after it, then those before.
std::vector<NodeId> by_distance(const std::vector<NodeId>& hints, NodeId title) {
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

bool says_modified(std::string_view text) {
    for (const std::string_view word :
         {"updat", "modif", "aktualisier", "geändert", "mis à jour", "bijgewerkt", "actualiz",
          "atualiz", "aggiornat", "обновлен", "оновлен", "zuletzt", "last edited", "更新"}) {
        if (ascii_icontains(text, word)) return true;
    }
    return false;
}

/// The date of an element: its `datetime` or `content`, else its text.
std::string date_of(const Dom& dom, NodeId id, AttributeId datetime, DateOrder order) {
    for (const std::string_view value :
         {dom.attribute(id, datetime), dom.attribute(id, LXB_DOM_ATTR_CONTENT)}) {
        if (value.empty()) continue;
        if (std::string date = normalize_date(value, order); !date.empty()) return date;
    }
    return find_date(short_text(dom, id), order);
}

}  // namespace

std::string short_text(const Dom& dom, NodeId id) {
    std::string out;
    const NodeId end = std::min(dom[id].end, id + 200);
    for (NodeId n = id; n < end; ++n) {
        if (!dom[n].is_text()) {
            if (!out.empty() && out.back() != ' ' && dom[n].tag != LXB_TAG_B &&
                dom[n].tag != LXB_TAG_EM && dom[n].tag != LXB_TAG_A &&
                dom[n].tag != LXB_TAG_STRONG) {
                out += ' ';
            }
            continue;
        }
        append_collapsed(utf8_prefix(dom.text(n), kMaxHintText), out);
        if (out.size() > kMaxHintText) return {};
    }
    return std::string(trim(out));
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
            if (has_word(property, "author")) push(hints.item_authors, id);
            if (has_word(property, "datepublished")) push(hints.item_published, id);
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
        if ((found & kAuthorHint) != 0) push(hints.class_authors, id);
        if ((found & kDateHint) != 0) push(hints.class_dates, id);
        if ((found & kBreadcrumbHint) != 0) push(hints.breadcrumbs, id);
    }
    return hints;
}

std::string find_byline(const Dom& dom, const PageHints& hints, NodeId title) {
    const NameFinder finder(dom);
    for (const auto* list : {&hints.item_authors, &hints.class_authors}) {
        std::vector<std::string> names;
        NodeId first = kNoNode;
        for (const NodeId id : by_distance(*list, title)) {
            // Several authors stand next to each other.
            if (first != kNoNode &&
                (list != &hints.item_authors || id < first || id > first + 40)) {
                break;
            }
            std::string name = finder.find(id);
            if (name.empty()) continue;
            names.push_back(std::move(name));
            first = id;
        }
        if (!names.empty()) return join_names(names);
    }
    if (title == kNoNode) return {};
    int texts = 0;
    for (NodeId id = dom[title].end; id < dom.size() && texts < kTextsAfter; ++id) {
        if (dom[id].is_element()) {
            if (!finder.is_author_link(id)) continue;
            std::string name = clean_byline(short_text(dom, id));
            if (!name.empty()) return name;
            continue;
        }
        if (dom[id].blank) continue;
        ++texts;
        const std::string_view text = trim(dom.text(id));
        if (text.size() > kMaxHintText || !begins_as_byline(text)) continue;
        std::string name = clean_byline(text);
        if (name.empty()) name = clean_byline(next_text(dom, id));
        if (!name.empty()) return name;
    }
    return {};
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

PageDates find_dates(const Dom& dom, const PageHints& hints, NodeId title, DateOrder order) {
    PageDates dates;
    const AttributeId datetime = dom.attribute_id("datetime");
    const auto first = [&](const std::vector<NodeId>& list, std::string& date) {
        for (const NodeId id : list) {
            if (!date.empty()) return;
            date = date_of(dom, id, datetime, order);
        }
    };
    first(hints.item_published, dates.published);
    first(hints.item_modified, dates.modified);
    for (const auto* list : {&hints.times, &hints.class_dates}) {
        for (const NodeId id : by_distance(*list, title)) {
            if (!dates.published.empty()) break;
            std::string date = date_of(dom, id, datetime, order);
            if (date.empty()) continue;
            const NodeId parent = dom[id].parent;
            const bool modified =
                says_modified(short_text(dom, parent == kNoNode ? id : parent).substr(0, 60)) ||
                says_modified(dom.class_name(id));
            std::string& field = modified ? dates.modified : dates.published;
            if (field.empty()) field = std::move(date);
        }
    }
    if (!dates.published.empty()) return dates;
    int texts = 0;
    for (NodeId id = title == kNoNode ? 0 : dom[title].end; id < dom.size() && texts < kTextsAfter;
         ++id) {
        if (!dom[id].is_text() || dom[id].blank) continue;
        ++texts;
        const std::string_view text = dom.text(id);
        if (text.size() > kMaxHintText) continue;
        std::string date = find_date(text, order);
        if (date.empty()) continue;
        std::string& field = says_modified(text) ? dates.modified : dates.published;
        if (field.empty()) field = std::move(date);
        if (!dates.published.empty()) return dates;
    }
    texts = 0;
    for (NodeId id = title == kNoNode ? 0 : title; id > 0 && texts < kTextsBefore; --id) {
        if (!dom[id].is_text() || dom[id].blank) continue;
        ++texts;
        if (dom.text(id).size() > kMaxHintText) continue;
        dates.published = find_date(dom.text(id), order);
        if (!dates.published.empty()) return dates;
    }
    return dates;
}

}  // namespace riptide::core
