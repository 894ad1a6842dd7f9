#include "core/meta_tags.h"

#include <algorithm>
#include <iterator>
#include <string>

#include "core/chars.h"

namespace riptide::core {
namespace {

constexpr std::size_t kMaxValues = 100;

struct Convention {
    std::string_view name;  // lower case, with ':' for '.', sorted
    MetaField field;
    std::uint8_t rank;
};

/// Dublin Core comes first where it is used: it has no reader but machines that ask for the work
/// itself. Then what is meant for sharing, then the rest.
constexpr Convention kConventions[] = {
    {"application-name", MetaField::kSiteName, 3},
    {"article:author", MetaField::kAuthor, 4},
    {"article:author_name", MetaField::kAuthor, 2},
    {"article:modified", MetaField::kModified, 1},
    {"article:modified_time", MetaField::kModified, 0},
    {"article:published", MetaField::kPublished, 1},
    {"article:published_date", MetaField::kPublished, 1},
    {"article:published_time", MetaField::kPublished, 0},
    {"article:section", MetaField::kSection, 0},
    {"article:tag", MetaField::kTag, 0},
    {"article_date_original", MetaField::kPublished, 5},
    {"author", MetaField::kAuthor, 1},
    {"authors", MetaField::kAuthor, 2},
    {"byl", MetaField::kAuthor, 3},
    {"byline", MetaField::kAuthor, 3},
    {"citation_author", MetaField::kAuthor, 2},
    {"citation_publication_date", MetaField::kPublished, 5},
    {"citation_title", MetaField::kTitle, 5},
    {"cxenseparse:author", MetaField::kAuthor, 3},
    {"cxenseparse:recs:publishtime", MetaField::kPublished, 4},
    {"date", MetaField::kPublished, 6},
    {"datecreated", MetaField::kPublished, 7},
    {"datemodified", MetaField::kModified, 2},
    {"datepublished", MetaField::kPublished, 3},
    {"dc:creator", MetaField::kAuthor, 0},
    {"dc:date", MetaField::kPublished, 4},
    {"dc:date:created", MetaField::kPublished, 4},
    {"dc:date:issued", MetaField::kPublished, 3},
    {"dc:date:modified", MetaField::kModified, 2},
    {"dc:description", MetaField::kDescription, 0},
    {"dc:language", MetaField::kContentLanguage, 1},
    {"dc:subject", MetaField::kKeywords, 2},
    {"dc:title", MetaField::kTitle, 0},
    {"dcterms:created", MetaField::kPublished, 4},
    {"dcterms:creator", MetaField::kAuthor, 0},
    {"dcterms:date", MetaField::kPublished, 4},
    {"dcterms:description", MetaField::kDescription, 0},
    {"dcterms:issued", MetaField::kPublished, 3},
    {"dcterms:modified", MetaField::kModified, 2},
    {"dcterms:title", MetaField::kTitle, 0},
    {"description", MetaField::kDescription, 3},
    {"keywords", MetaField::kKeywords, 1},
    {"last-modified", MetaField::kModified, 4},
    {"lastmod", MetaField::kModified, 4},
    {"news_keywords", MetaField::kKeywords, 0},
    {"og:article:author", MetaField::kAuthor, 4},
    {"og:article:modified_time", MetaField::kModified, 1},
    {"og:article:published_time", MetaField::kPublished, 1},
    {"og:article:section", MetaField::kSection, 1},
    {"og:article:tag", MetaField::kTag, 1},
    {"og:description", MetaField::kDescription, 1},
    {"og:locale", MetaField::kLocale, 0},
    {"og:pubdate", MetaField::kPublished, 2},
    {"og:published_time", MetaField::kPublished, 2},
    {"og:site_name", MetaField::kSiteName, 0},
    {"og:title", MetaField::kTitle, 1},
    {"og:type", MetaField::kType, 0},
    {"og:updated_time", MetaField::kModified, 3},
    {"og:url", MetaField::kUrl, 0},
    {"originalpublicationdate", MetaField::kPublished, 4},
    {"parsely-author", MetaField::kAuthor, 2},
    {"parsely-pub-date", MetaField::kPublished, 2},
    {"parsely-section", MetaField::kSection, 2},
    {"parsely-tags", MetaField::kKeywords, 3},
    {"parsely-title", MetaField::kTitle, 4},
    {"pub_date", MetaField::kPublished, 5},
    {"pubdate", MetaField::kPublished, 5},
    {"publication_date", MetaField::kPublished, 5},
    {"publish-date", MetaField::kPublished, 5},
    {"publish_date", MetaField::kPublished, 5},
    {"publishdate", MetaField::kPublished, 5},
    {"published-date", MetaField::kPublished, 5},
    {"published_time", MetaField::kPublished, 2},
    {"publisheddate", MetaField::kPublished, 5},
    {"sailthru:author", MetaField::kAuthor, 3},
    {"sailthru:date", MetaField::kPublished, 5},
    {"sailthru:tags", MetaField::kKeywords, 3},
    {"sailthru:title", MetaField::kTitle, 5},
    {"title", MetaField::kTitle, 3},
    {"twitter:creator_name", MetaField::kAuthor, 5},
    {"twitter:description", MetaField::kDescription, 4},
    {"twitter:site", MetaField::kTwitterSite, 0},
    {"twitter:title", MetaField::kTitle, 2},
    {"weibo:article:description", MetaField::kDescription, 2},
    {"weibo:article:title", MetaField::kTitle, 2},
};

static_assert(std::is_sorted(std::begin(kConventions), std::end(kConventions),
                             [](const Convention& a, const Convention& b) {
                                 return a.name < b.name;
                             }));

constexpr std::size_t kLongestName = 64;
/// The rank of names that only one site uses but that tell what they are.
constexpr std::uint8_t kOwnConvention = 10;

}  // namespace

bool has_word(std::string_view list, std::string_view lower_case_word) {
    for (std::size_t at = 0; at < list.size();) {
        while (at < list.size() && is_space(list[at])) ++at;
        std::size_t end = at;
        while (end < list.size() && !is_space(list[end])) ++end;
        if (ascii_iequals(list.substr(at, end - at), lower_case_word)) return true;
        at = end;
    }
    return false;
}

MetaTags::MetaTags(const Dom& dom)
    : dom_(dom),
      name_(dom.attribute_id("name")),
      property_(dom.attribute_id("property")),
      itemprop_(dom.attribute_id("itemprop")) {}

void MetaTags::add(NodeId id) {
    if (dom_[id].tag == LXB_TAG_LINK) {
        if (canonical_.empty() && has_word(dom_.attribute(id, LXB_DOM_ATTR_REL), "canonical")) {
            canonical_ = trim_ascii(dom_.attribute(id, LXB_DOM_ATTR_HREF));
        }
        return;
    }
    const std::string_view content = trim(dom_.attribute(id, LXB_DOM_ATTR_CONTENT));
    if (content.empty()) return;
    take_names(dom_.attribute(id, property_), content);
    take_names(dom_.attribute(id, name_), content);
    const std::string_view itemprop = dom_.attribute(id, itemprop_);
    if (ascii_iequals(itemprop, "datepublished") || ascii_iequals(itemprop, "datemodified")) {
        take_names(itemprop, content);
    }
    if (ascii_iequals(dom_.attribute(id, LXB_DOM_ATTR_HTTP_EQUIV), "content-language")) {
        auto& slot = slots_[static_cast<std::size_t>(MetaField::kContentLanguage)];
        slot.rank = 0;
        slot.values.assign(1, content);
    }
}

void MetaTags::take_names(std::string_view names, std::string_view content) {
    for (std::size_t at = 0; at < names.size();) {
        while (at < names.size() && is_space(names[at])) ++at;
        std::size_t end = at;
        while (end < names.size() && !is_space(names[end])) ++end;
        if (end > at && end - at < kLongestName) take(names.substr(at, end - at), content);
        at = end;
    }
}

void MetaTags::take(std::string_view name, std::string_view content) {
    char buffer[kLongestName];
    for (std::size_t i = 0; i < name.size(); ++i) {
        buffer[i] = name[i] == '.' ? ':' : to_lower(name[i]);
    }
    std::string_view key(buffer, name.size());
    std::string terms;
    if (key.starts_with("dcterm:")) {
        terms.append("dcterms:").append(key.substr(7));
        key = terms;
    }
    const auto* const found = std::lower_bound(
        std::begin(kConventions), std::end(kConventions), key,
        [](const Convention& convention, std::string_view k) { return convention.name < k; });
    if (found != std::end(kConventions) && found->name == key) {
        put(found->field, found->rank, content);
    } else if (key.find("publish") != std::string_view::npos &&
               (key.find("date") != std::string_view::npos ||
                key.find("time") != std::string_view::npos || key.ends_with("published"))) {
        put(MetaField::kPublished, kOwnConvention, content);
    }
}

void MetaTags::put(MetaField field, std::uint8_t rank, std::string_view content) {
    // An address alone is no author; "Jane Doe (https://...)" is.
    const std::string_view first_word = content.substr(0, content.find(' '));
    if (field == MetaField::kAuthor && first_word.find("://") != std::string_view::npos) return;
    Slot& slot = slots_[static_cast<std::size_t>(field)];
    if (rank < slot.rank) {
        slot.rank = rank;
        slot.values.clear();
    }
    if (rank == slot.rank && slot.values.size() < kMaxValues) slot.values.push_back(content);
}

std::string_view MetaTags::best(MetaField field) const {
    const Slot& slot = slots_[static_cast<std::size_t>(field)];
    return slot.values.empty() ? std::string_view() : slot.values.front();
}

std::vector<std::string_view> MetaTags::all(MetaField field) const {
    return slots_[static_cast<std::size_t>(field)].values;
}

}  // namespace riptide::core
