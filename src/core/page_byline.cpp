#include "core/page_byline.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include "core/byline.h"
#include "core/chars.h"
#include "core/meta_tags.h"
#include "core/person_name.h"
#include "core/tag_traits.h"

namespace riptide::core {
namespace {

constexpr std::size_t kMaxHintText = 400;
/// Nodes and texts read after the heading.
constexpr NodeId kNodesAfter = 400;
constexpr int kTextsAfter = 40;
/// Bytes of "By" or the like with at most one short name.
constexpr std::size_t kMaxLead = 24;
/// Nodes of an element that may hold names.
constexpr NodeId kMaxNodes = 200;

bool is_small_letter(char c) { return c >= 'a' && c <= 'z'; }

/// The texts of an element, parted where a new line begins.
std::vector<std::string> lines_of(const Dom& dom, NodeId id) {
    std::vector<std::string> lines(1);
    std::size_t bytes = 0;
    const NodeId end = std::min(dom[id].end, id + kMaxNodes);
    NodeId block_end = end;
    for (NodeId n = id; n < end && bytes < kMaxHintText; ++n) {
        const bool opens = dom[n].is_element() && n != id &&
                           (dom[n].tag == LXB_TAG_BR || (!has_trait(dom[n].tag, kPhrasingTag) &&
                                                         !has_trait(dom[n].tag, kWrapperTag)));
        if ((opens || n >= block_end) && !lines.back().empty()) lines.emplace_back();
        if (n >= block_end) block_end = end;
        if (opens) block_end = dom[n].end;
        if (dom[n].is_element()) {
            if (!lines.back().empty() && lines.back().back() != ' ') lines.back() += ' ';
            continue;
        }
        append_collapsed(utf8_prefix(dom.text(n), kMaxHintText), lines.back());
        bytes += dom.text(n).size();
    }
    return lines;
}

/// The name on the first line that has one.
std::string first_name(const Dom& dom, NodeId id, std::string_view language) {
    for (const std::string& line : lines_of(dom, id)) {
        if (std::string name = shown_name(line, language); !name.empty()) return name;
    }
    return {};
}

/// Collects the names below an element that speaks of authors.
class NameFinder {
public:
    NameFinder(const Dom& dom, std::string_view language)
        : dom_(dom), language_(language), itemprop_(dom.attribute_id("itemprop")) {}

    std::string find(NodeId id) const {
        std::vector<std::string> names;
        const NodeId end = std::min(dom_[id].end, id + kMaxNodes);
        for (NodeId n = id + 1; n < end; ++n) {
            if (!dom_[n].is_element() || !is_name(n)) continue;
            std::string name = first_name(dom_, n, language_);
            if (name.empty()) continue;
            names.push_back(std::move(name));
            n = dom_[n].end - 1;
        }
        if (!names.empty()) return join_names(names);
        return first_name(dom_, id, language_);
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
    std::string_view language_;
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

/// A line after the heading that begins with "By" or the like, or a link to an author's page; far
/// from it, what follows "Written by" or the like.
std::string byline_after(const Dom& dom, const NameFinder& finder, NodeId begin,
                         std::string_view language) {
    const NodeId near = std::min(dom.size(), begin + kNodesAfter);
    int texts = 0;
    for (NodeId id = begin; id < dom.size(); ++id) {
        const bool is_near = id < near && texts < kTextsAfter;
        if (dom[id].is_element()) {
            if (!is_near || !finder.is_author_link(id)) continue;
            std::string name = first_name(dom, id, language);
            if (looks_like_person(name)) return name;
            continue;
        }
        if (dom[id].blank) continue;
        ++texts;
        const std::string_view text = trim(dom.text(id));
        if (text.size() > kMaxHintText) continue;
        const bool small = is_small_letter(text[0]);
        const bool leads =
            is_near ? begins_as_byline(text, language) : !small && is_byline_lead(text);
        if (!leads) continue;
        std::string name = shown_name(text, language);
        if (name.empty() && text.size() <= kMaxLead) {
            name = shown_name(next_text(dom, id), language);
        }
        // "von Bremen" may go on after a line's end, "by ibby" does not.
        const bool is_short =
            is_near && text.size() <= kMaxLead && (!small || text.starts_with("by"));
        if (looks_like_person(name) || (!name.empty() && is_short)) return name;
    }
    return {};
}

}  // namespace

std::string find_byline(const Dom& dom, const PageHints& hints, NodeId title,
                        std::string_view language) {
    const NameFinder finder(dom, language);
    for (const auto* list : {&hints.item_authors, &hints.class_authors}) {
        std::vector<std::string> names;
        NodeId first = kNoNode;
        for (const NodeId id : nearest_first(*list, title)) {
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
    return title == kNoNode ? std::string() : byline_after(dom, finder, dom[title].end, language);
}

std::string find_poster(const Dom& dom, const PageHints& hints, NodeId title,
                        std::string_view language) {
    if (title == kNoNode) return {};
    for (const NodeId id : hints.users) {
        if (id < title) continue;
        if (std::string name = first_name(dom, id, language); !name.empty()) return name;
    }
    return {};
}

}  // namespace riptide::core
