#include "core/metadata.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>

#include "core/byline.h"
#include "core/calendar.h"
#include "core/chars.h"
#include "core/dates.h"
#include "core/json_ld.h"
#include "core/language_tag.h"
#include "core/meta_tags.h"
#include "core/page_byline.h"
#include "core/page_dates.h"
#include "core/page_hints.h"
#include "core/page_title.h"
#include "core/person_name.h"
#include "core/plain_text.h"
#include "core/title.h"
#include "core/url_date.h"

namespace riptide::core {
namespace {

constexpr std::size_t kMaxName = 1'000;
constexpr std::size_t kMaxDescription = 10'000;
constexpr std::size_t kMaxUrl = 8'000;
constexpr std::size_t kMaxBody = 4'000'000;
constexpr std::size_t kMaxList = 100;
/// Percent of common words of a headline that `<title>` confirms.
constexpr int kConfirms = 50;
/// Days between the folder a page is filed in and its publication.
constexpr std::int64_t kFiledBefore = 7;

std::string name_text(std::string_view raw) { return plain_text(raw, kMaxName); }

void add_unique(std::string value, std::vector<std::string>& out) {
    if (value.empty() || out.size() == kMaxList) return;
    for (const std::string& known : out) {
        if (ascii_iequals(known, value)) return;
    }
    out.push_back(std::move(value));
}

void add_list(std::string_view list, std::vector<std::string>& out) {
    while (!list.empty() && out.size() < kMaxList) {
        const std::size_t end = std::min(list.find_first_of(",;"), list.size());
        add_unique(name_text(list.substr(0, end)), out);
        list.remove_prefix(std::min(end + 1, list.size()));
    }
}

class Reader {
public:
    Reader(const Dom& dom, const UrlResolver& urls)
        : dom_(dom), urls_(urls), tags_(dom), hints_(read_hints(dom, tags_)) {
        if (hints_.title != kNoNode) page_title_ = name_text(dom.collapsed_text(hints_.title));
        json_ld_ = read_json_ld(dom.json_ld(), page_title_);
        host_ = host_of(urls.document_url());
    }

    Metadata read() {
        read_language();
        set_site(name_text(json_ld_.publisher), Origin::kJsonLd);
        set_site(name_text(tags_.best(MetaField::kSiteName)), Origin::kMeta);
        set_site(name_text(json_ld_.site), Origin::kJsonLd);
        read_title();
        if (out_.site_name.empty()) {
            std::string_view handle = trim(tags_.best(MetaField::kTwitterSite));
            if (handle.starts_with('@')) handle.remove_prefix(1);
            set_site(name_text(handle), Origin::kMeta);
        }
        out_.is_article_type =
            json_ld_.is_article || ascii_iequals(tags_.best(MetaField::kType), "article");
        read_byline();
        read_dates();
        read_description();
        read_lists();
        for (const std::string_view url : {tags_.canonical(), tags_.best(MetaField::kUrl)}) {
            set(MetadataField::kCanonicalUrl, out_.canonical_url,
                urls_.resolve(utf8_prefix(url, kMaxUrl)), Origin::kMeta);
        }
        out_.url = urls_.document_url();
        out_.article_body = plain_text(json_ld_.article_body, kMaxBody);
        return std::move(out_);
    }

private:
    void note(MetadataField field, Origin origin) {
        out_.origins[static_cast<std::size_t>(field)] = origin;
    }

    /// Keeps what the field has; else takes the value.
    void set(MetadataField which, std::string& field, std::string value, Origin origin) {
        if (!field.empty() || value.empty()) return;
        field = std::move(value);
        note(which, origin);
    }

    void set_language(std::string_view value, Origin origin) {
        set(MetadataField::kLanguage, out_.language, language_tag(value), origin);
    }

    void set_site(std::string value, Origin origin) {
        set(MetadataField::kSiteName, out_.site_name, std::move(value), origin);
    }

    void read_language() {
        const NodeId root = dom_.root();
        set_language(dom_.attribute(root, LXB_DOM_ATTR_LANG), Origin::kMarkup);
        set_language(dom_.attribute(root, dom_.attribute_id("xml:lang")), Origin::kMarkup);
        if (dom_.body() != kNoNode) {
            set_language(dom_.attribute(dom_.body(), LXB_DOM_ATTR_LANG), Origin::kMarkup);
        }
        set_language(tags_.best(MetaField::kContentLanguage), Origin::kMeta);
        set_language(tags_.best(MetaField::kLocale), Origin::kMeta);
        set_language(json_ld_.language, Origin::kJsonLd);
        for (const NodeId id : {root, dom_.body()}) {
            if (id == kNoNode || !out_.dir.empty()) continue;
            const std::string dir = ascii_lower(trim_ascii(dom_.attribute(id, LXB_DOM_ATTR_DIR)));
            if (dir == "ltr" || dir == "rtl" || dir == "auto") out_.dir = dir;
        }
        order_ = date_order(out_.language);
    }

    void read_title() {
        TitleSources sources;
        sources.host = host_;
        sources.sites = {out_.site_name, name_text(json_ld_.publisher), name_text(json_ld_.site),
                         name_text(tags_.best(MetaField::kSiteName))};
        std::string headline = name_text(json_ld_.headline);
        const bool confirmed = words_in_common(page_title_, headline) >= kConfirms;
        sources.titles = {confirmed ? headline : std::string(),
                          name_text(tags_.best(MetaField::kTitle)), page_title_,
                          std::move(headline)};
        ChosenTitle chosen = find_title(dom_, hints_, urls_, std::move(sources));
        constexpr Origin kOrigins[] = {Origin::kJsonLd, Origin::kMeta, Origin::kTitleElement,
                                       Origin::kJsonLd};  // of `sources.titles`
        set(MetadataField::kTitle, out_.title, std::move(chosen.title),
            chosen.heading == kNoNode ? kOrigins[chosen.source] : Origin::kHeading);
        set_site(std::move(chosen.site), Origin::kTitleElement);
        heading_ = chosen.heading;
        if (heading_ == kNoNode && !hints_.headings.empty()) heading_ = hints_.headings.front();
    }

    /// Names for programs first, unless the page shows a person's and they are the site's, or those
    /// of an article are a login's: many pages name their publisher or its editor as the author.
    void read_byline() {
        take_byline(json_ld_.authors, Origin::kJsonLd);
        if (!names_person_) {
            std::vector<std::string> names;
            for (const std::string_view author : tags_.all(MetaField::kAuthor)) {
                names.emplace_back(author);
            }
            put_first_names_first(names);
            take_byline(names, Origin::kMeta);
        }
        const bool is_login = out_.is_article_type && looks_like_handle(out_.byline);
        if (names_person_ && !is_login) return;
        std::string shown = find_byline(dom_, hints_, heading_, out_.language);
        const bool better = is_login ? looks_like_person(shown) : !is_site(shown);
        if (better && !shown.empty()) out_.byline.clear();
        set(MetadataField::kByline, out_.byline, std::move(shown), Origin::kText);
        if (out_.byline.empty() && !out_.is_article_type) {
            set(MetadataField::kByline, out_.byline,
                find_poster(dom_, hints_, heading_, out_.language), Origin::kText);
        }
    }

    void take_byline(const std::vector<std::string>& raw, Origin origin) {
        std::vector<std::string> names;
        std::vector<std::string> persons;
        for (const std::string& author : raw) {
            std::string name = clean_name(author);
            const std::size_t comma = name.rfind(", ");
            if (comma != std::string::npos && comma > 0 && is_site(name.substr(comma + 2))) {
                name.resize(comma);
            }
            if (!is_site(name)) persons.push_back(name);
            names.push_back(std::move(name));
        }
        std::string byline = join_names(persons);
        names_person_ = !byline.empty();
        if (!names_person_) byline = join_names(names);
        if (names_person_) out_.byline.clear();
        set(MetadataField::kByline, out_.byline, std::move(byline), origin);
    }

    bool is_site(const std::string& name) const {
        return is_site_name(name, {out_.site_name, name_text(json_ld_.publisher)}, host_);
    }

    /// The first date that names a day; else what is less precise.
    void read_dates() {
        take_published(normalize_date(json_ld_.published, order_), Origin::kJsonLd);
        take_meta_dates(MetaField::kPublished, MetadataField::kPublished, out_.published);
        take_modified(normalize_date(json_ld_.modified, order_), Origin::kJsonLd);
        take_meta_dates(MetaField::kModified, MetadataField::kModified, out_.modified);
        UrlDate address = date_in_path(urls_.document_url());
        if (address.iso.empty()) address = date_in_path(tags_.canonical());
        if (!names_day(out_.published)) {
            PageDates shown = find_dates(dom_, hints_, heading_, order_);
            // What stands in the body may be another page's date, an archive's folder is not. But
            // pages also appear some days after they are filed.
            Origin origin = Origin::kText;
            if (address.folders && !within_days(shown.published, address.iso, kFiledBefore)) {
                shown.published = address.iso;
                origin = Origin::kAddress;
            }
            take_published(std::move(shown.published), origin);
            take_modified(std::move(shown.modified), Origin::kText);
            take_published(std::move(address.iso), Origin::kAddress);
            const auto& modified_from =
                out_.origins[static_cast<std::size_t>(MetadataField::kModified)];
            if (modified_from) {
                set(MetadataField::kPublished, out_.published, out_.modified, *modified_from);
            }
            return;
        }
        std::string local = find_local_date(dom_, hints_, heading_, order_, out_.published);
        if (!local.empty()) out_.published = std::move(local);
    }

    static bool within_days(std::string_view a, std::string_view b, std::int64_t days) {
        return std::abs(days_from_civil(from_iso(a)) - days_from_civil(from_iso(b))) <= days;
    }

    static bool names_day(std::string_view date) { return date.size() >= 10; }

    void take_date(MetadataField which, std::string& field, std::string date, Origin origin) {
        if (!names_day(field) && names_day(date)) field.clear();
        set(which, field, std::move(date), origin);
    }
    void take_published(std::string date, Origin origin) {
        take_date(MetadataField::kPublished, out_.published, std::move(date), origin);
    }
    void take_modified(std::string date, Origin origin) {
        take_date(MetadataField::kModified, out_.modified, std::move(date), origin);
    }

    void take_meta_dates(MetaField tag, MetadataField which, std::string& field) {
        if (names_day(field)) return;
        for (const std::string_view date : tags_.all(tag)) {
            take_date(which, field, normalize_date(date, order_), Origin::kMeta);
        }
    }

    void set_description(std::string_view raw, Origin origin) {
        if (!out_.description.empty()) return;
        set(MetadataField::kDescription, out_.description, plain_text(raw, kMaxDescription),
            origin);
    }

    void read_description() {
        set_description(json_ld_.description, Origin::kJsonLd);
        set_description(tags_.best(MetaField::kDescription), Origin::kMeta);
        if (out_.description.empty()) {
            set_description(first_paragraph(dom_, heading_), Origin::kText);
        }
    }

    /// The first source with any is noted.
    void note_list(MetadataField which, const std::vector<std::string>& list, Origin origin) {
        auto& noted = out_.origins[static_cast<std::size_t>(which)];
        if (!list.empty() && !noted) noted = origin;
    }

    void read_lists() {
        for (const std::string_view section : tags_.all(MetaField::kSection)) {
            add_unique(name_text(section), out_.categories);
        }
        note_list(MetadataField::kCategories, out_.categories, Origin::kMeta);
        for (const std::string& section : json_ld_.sections) {
            add_unique(name_text(section), out_.categories);
        }
        note_list(MetadataField::kCategories, out_.categories, Origin::kJsonLd);
        if (out_.categories.empty()) read_breadcrumbs();
        for (const std::string_view tag : tags_.all(MetaField::kTag)) add_list(tag, out_.tags);
        for (const std::string_view list : tags_.all(MetaField::kKeywords)) {
            add_list(list, out_.tags);
        }
        note_list(MetadataField::kTags, out_.tags, Origin::kMeta);
        for (const std::string& keyword : json_ld_.keywords) add_list(keyword, out_.tags);
        note_list(MetadataField::kTags, out_.tags, Origin::kJsonLd);
        for (const NodeId id : hints_.tag_links) {
            add_unique(name_text(short_text(dom_, id)), out_.tags);
        }
        note_list(MetadataField::kTags, out_.tags, Origin::kMarkup);
    }

    /// Without the front page, which comes first, and the page itself, which comes last.
    void read_breadcrumbs() {
        std::vector<std::string> crumbs;
        for (const std::string& crumb : json_ld_.breadcrumbs) crumbs.push_back(name_text(crumb));
        if (crumbs.empty() && !hints_.breadcrumbs.empty()) {
            const NodeId list = hints_.breadcrumbs.front();
            const NodeId end = std::min(dom_[list].end, list + 200);
            for (NodeId id = list; id < end && crumbs.size() < 10; ++id) {
                if (dom_[id].tag == LXB_TAG_A) crumbs.push_back(name_text(short_text(dom_, id)));
            }
            if (!crumbs.empty()) crumbs.emplace_back();
        }
        for (std::size_t i = 1; i + 1 < crumbs.size(); ++i) {
            add_unique(std::move(crumbs[i]), out_.categories);
        }
        note_list(MetadataField::kCategories, out_.categories,
                  json_ld_.breadcrumbs.empty() ? Origin::kMarkup : Origin::kJsonLd);
    }

    const Dom& dom_;
    const UrlResolver& urls_;
    MetaTags tags_;
    PageHints hints_;
    JsonLd json_ld_;
    std::string page_title_;
    std::string_view host_;
    DateOrder order_ = DateOrder::kMonthFirst;
    NodeId heading_ = kNoNode;   // the one that says the title
    bool names_person_ = false;  // the byline, another than the site
    Metadata out_;
};

}  // namespace

Metadata read_metadata(const Dom& dom, const UrlResolver& urls) { return Reader(dom, urls).read(); }

}  // namespace riptide::core
