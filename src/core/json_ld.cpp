#include "core/json_ld.h"

#include <algorithm>
#include <utility>

#include "core/chars.h"
#include "core/json.h"

namespace riptide::core {
namespace {

/// Lists and names read from one object; more is no description of a page.
constexpr std::size_t kMaxList = 100;

enum Rank { kNone, kSite, kPage, kClip, kWork, kArticle };

Rank rank_of_type(std::string_view type) {
    if (const std::size_t slash = type.find_last_of("/:#"); slash != std::string_view::npos) {
        type.remove_prefix(slash + 1);
    }
    if (type.ends_with("Article") || type.ends_with("BlogPosting") || type == "Report" ||
        type == "LiveBlogPosting" || type == "OpinionNewsArticle" ||
        type == "ReportageNewsArticle") {
        return kArticle;
    }
    if (type == "DiscussionForumPosting" || type == "SocialMediaPosting" || type == "Product" ||
        type == "Recipe" || type == "Question" || type == "Review" || type == "CreativeWork" ||
        type == "HowTo" || type == "Event" || type == "Book" || type == "JobPosting" ||
        type == "Course" || type == "PodcastEpisode") {
        return kWork;
    }
    if (type == "VideoObject") return kClip;
    if (type == "WebSite") return kSite;
    return type.ends_with("Page") ? kPage : kNone;
}

/// An object that has a name, by its `@id`.
struct Named {
    std::string_view id;
    const Json* json;
    JsonId object;
};

/// An object that speaks of the page.
struct Candidate {
    const Json* json;
    JsonId object;
    Rank rank;
    bool named_by_title;
};

bool is_text(const Json& json, JsonId id) {
    return json[id].kind == JsonKind::kString || json[id].kind == JsonKind::kNumber;
}

JsonId member(const Json& json, JsonId object, std::string_view key) {
    for (JsonId id = object + 1; id < json[object].end; id = json[id].end) {
        if (json.key(id) == key) return id;
    }
    return kNoJson;
}

/// A value's text: its own, the first of an array, or the `@value` of an object.
std::string_view text_of(const Json& json, JsonId value) {
    if (value != kNoJson && json[value].kind == JsonKind::kObject) {
        value = member(json, value, "@value");
    }
    if (value == kNoJson) return {};
    if (is_text(json, value)) return json.text(value);
    for (JsonId id = value + 1; id < json[value].end; id = json[id].end) {
        if (is_text(json, id)) return json.text(id);
    }
    return {};
}

std::string_view member_text(const Json& json, JsonId object, std::string_view key) {
    return text_of(json, member(json, object, key));
}

bool has_name(const Json& json, JsonId object) {
    return !member_text(json, object, "name").empty() ||
           !member_text(json, object, "givenName").empty() ||
           !member_text(json, object, "familyName").empty();
}

/// The object's names, or those that a person's is made of.
void append_names(const Json& json, JsonId object, std::vector<std::string>& out) {
    const JsonId named = member(json, object, "name");
    if (named != kNoJson && json[named].kind == JsonKind::kArray) {
        for (JsonId id = named + 1; id < json[named].end && out.size() < kMaxList;
             id = json[id].end) {
            if (is_text(json, id)) out.emplace_back(json.text(id));
        }
        return;
    }
    std::string name(text_of(json, named));
    if (name.empty()) {
        name = member_text(json, object, "givenName");
        name += ' ';
        name += member_text(json, object, "familyName");
        name = std::string(trim(name));
    }
    if (!name.empty()) out.push_back(std::move(name));
}

Rank rank_of_object(const Json& json, JsonId object) {
    const JsonId type = member(json, object, "@type");
    if (type == kNoJson) return kNone;
    if (is_text(json, type)) return rank_of_type(json.text(type));
    Rank best = kNone;
    for (JsonId id = type + 1; id < json[type].end; id = json[id].end) {
        best = std::max(best, rank_of_type(json.text(id)));
    }
    return best;
}

void read_breadcrumbs(const Json& json, JsonId object, JsonLd& out) {
    if (!out.breadcrumbs.empty()) return;
    const JsonId list = member(json, object, "itemListElement");
    if (list == kNoJson || json[list].kind != JsonKind::kArray) return;
    for (JsonId id = list + 1; id < json[list].end; id = json[id].end) {
        if (json[id].kind != JsonKind::kObject || out.breadcrumbs.size() == kMaxList) continue;
        std::string_view name = member_text(json, id, "name");
        const JsonId item = member(json, id, "item");
        if (name.empty() && item != kNoJson && json[item].kind == JsonKind::kObject) {
            name = member_text(json, item, "name");
        }
        if (!name.empty()) out.breadcrumbs.emplace_back(name);
    }
}

void set(std::string& field, std::string_view text) {
    if (field.empty()) field = trim(text);
}

void add_split(std::string_view text, std::vector<std::string>& out) {
    while (out.size() < kMaxList) {
        const std::size_t comma = text.find(',');
        if (const std::string_view part = trim(text.substr(0, comma)); !part.empty()) {
            out.emplace_back(part);
        }
        if (comma == std::string_view::npos) return;
        text.remove_prefix(comma + 1);
    }
}

class Merger {
public:
    /// `named`: by id.
    Merger(const std::vector<Named>& named, JsonLd& out) : named_(named), out_(out) {}

    void read(const Candidate& from) {
        const Json& json = *from.json;
        const bool had_authors = !out_.authors.empty();
        const bool had_sections = !out_.sections.empty();
        const bool had_keywords = !out_.keywords.empty();
        for (JsonId id = from.object + 1; id < json[from.object].end; id = json[id].end) {
            const std::string_view key = json.key(id);
            const std::string_view text = text_of(json, id);
            if (key == "headline") {
                set(out_.headline, text);
            } else if (key == "name" && from.rank != kSite) {
                set(out_.name, text);
            } else if (key == "name") {
                set(out_.site, text);
            } else if (from.rank == kSite) {
                if (key == "inLanguage") set(out_.language, text);
            } else if (key == "author" || (key == "creator" && out_.authors.empty())) {
                if (!had_authors) collect_names(json, id, out_.authors);
            } else if (key == "datePublished" || (key == "dateCreated" && from.rank != kArticle)) {
                set(out_.published, text);
            } else if (key == "dateModified") {
                set(out_.modified, text);
            } else if (key == "publisher") {
                set(out_.publisher, first_name(json, id));
            } else if (key == "isPartOf" && rank_at(json, id) == kSite) {
                set(out_.site, first_name(json, id));
            } else if (key == "inLanguage") {
                set(out_.language, text.empty() ? language_of(json, id) : text);
            } else if (key == "description") {
                set(out_.description, text);
            } else if (key == "url") {
                set(out_.url, text);
            } else if (key == "mainEntityOfPage") {
                set(out_.url, text.empty() && json[id].kind == JsonKind::kObject
                                  ? member_text(json, id, "@id")
                                  : text);
            } else if (key == "articleBody" || (key == "text" && from.rank == kWork)) {
                set(out_.article_body, text);
            } else if (key == "articleSection") {
                if (!had_sections) collect_names(json, id, out_.sections);
            } else if (key == "keywords" && !had_keywords) {
                if (is_text(json, id)) {
                    add_split(text, out_.keywords);
                } else {
                    collect_names(json, id, out_.keywords);
                }
            } else if (key == "breadcrumb" && json[id].kind == JsonKind::kObject) {
                read_breadcrumbs(json, id, out_);
            }
        }
    }

private:
    static Rank rank_at(const Json& json, JsonId id) {
        return json[id].kind == JsonKind::kObject ? rank_of_object(json, id) : kNone;
    }
    /// The strings of a value: itself, those of an array, the names of objects.
    void collect_names(const Json& json, JsonId value, std::vector<std::string>& out) const {
        const JsonId first = json[value].kind == JsonKind::kArray ? value + 1 : value;
        for (JsonId id = first; id < json[value].end && out.size() < kMaxList; id = json[id].end) {
            if (is_text(json, id)) {
                out.emplace_back(json.text(id));
            } else if (json[id].kind != JsonKind::kObject) {
                continue;
            } else if (has_name(json, id)) {
                append_names(json, id, out);
            } else if (const std::string_view reference = member_text(json, id, "@id");
                       !reference.empty()) {
                const auto found = std::ranges::lower_bound(named_, reference, {}, &Named::id);
                if (found != named_.end() && found->id == reference) {
                    append_names(*found->json, found->object, out);
                }
            }
        }
    }
    std::string first_name(const Json& json, JsonId id) const {
        std::vector<std::string> names;
        collect_names(json, id, names);
        return names.empty() ? std::string() : std::move(names.front());
    }
    static std::string_view language_of(const Json& json, JsonId id) {
        if (json[id].kind == JsonKind::kObject) {
            const std::string_view code = member_text(json, id, "alternateName");
            return code.empty() ? member_text(json, id, "name") : code;
        }
        return {};
    }

    const std::vector<Named>& named_;
    JsonLd& out_;
};

}  // namespace

JsonLd read_json_ld(const std::vector<std::string_view>& blocks, std::string_view page_title) {
    JsonLd out;
    std::vector<Json> parsed;
    parsed.reserve(blocks.size());
    std::vector<Candidate> candidates;
    std::vector<Named> named;
    for (const std::string_view text : blocks) {
        parsed.push_back(Json::parse(text));
        const Json& json = parsed.back();
        std::vector<bool> of_page(json.size());
        for (JsonId id = 0; id < json.size(); ++id) {
            const JsonId parent = json[id].parent;
            const std::string_view key = json.key(id);
            of_page[id] =
                parent == kNoJson || (of_page[parent] && (json[parent].kind == JsonKind::kArray ||
                                                          key == "@graph" || key == "mainEntity"));
            if (json[id].kind != JsonKind::kObject) continue;
            const std::string_view reference = member_text(json, id, "@id");
            // References of objects without a name would hide the one that has it.
            if (!reference.empty() && has_name(json, id)) named.push_back({reference, &json, id});
            if (!of_page[id]) continue;
            const Rank rank = rank_of_object(json, id);
            if (rank == kNone) {
                const std::string_view type = member_text(json, id, "@type");
                if (type.ends_with("BreadcrumbList")) read_breadcrumbs(json, id, out);
                continue;
            }
            std::string_view headline = member_text(json, id, "headline");
            if (headline.empty()) headline = member_text(json, id, "name");
            const bool in_title = headline.size() > 3 && page_title.size() < 2000 &&
                                  page_title.find(headline) != std::string_view::npos;
            candidates.push_back({&json, id, rank, in_title});
        }
    }
    std::ranges::stable_sort(named, {}, &Named::id);
    std::stable_sort(candidates.begin(), candidates.end(),
                     [](const Candidate& a, const Candidate& b) {
                         if (a.rank != b.rank) return a.rank > b.rank;
                         return a.named_by_title && !b.named_by_title;
                     });
    Merger merger(named, out);
    const Candidate* previous = nullptr;
    for (const Candidate& candidate : candidates) {
        // A second article is another page's, unless it repeats the first one's headline. A video
        // beside one is a part of it, with an author and a date of its own.
        const bool rival =
            previous != nullptr && candidate.rank >= kClip &&
            (previous->rank == candidate.rank || candidate.rank == kClip) &&
            member_text(*candidate.json, candidate.object, "headline") != out.headline;
        out.is_article |= candidate.rank == kArticle;
        if (!rival) merger.read(candidate);
        previous = &candidate;
    }
    return out;
}

}  // namespace riptide::core
