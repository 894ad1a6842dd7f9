#include "core/metadata.h"

#include <algorithm>

#include "core/byline.h"
#include "core/chars.h"
#include "core/dates.h"
#include "core/json_ld.h"
#include "core/meta_tags.h"
#include "core/page_hints.h"
#include "core/plain_text.h"
#include "core/title.h"

namespace riptide::core {
namespace {

constexpr std::size_t kMaxName = 1'000;
constexpr std::size_t kMaxDescription = 10'000;
constexpr std::size_t kMaxUrl = 8'000;
constexpr std::size_t kMaxBody = 4'000'000;
constexpr std::size_t kMaxList = 100;
/// Percent of common words: of a headline that `<title>` confirms, of the only heading and of one
/// of several headings that say the title.
constexpr int kConfirms = 50;
constexpr int kOnlyHeading = 34;
constexpr int kOneOfHeadings = 60;

std::string name_text(std::string_view raw) { return plain_text(raw, kMaxName); }

void set(std::string& field, std::string value) {
    if (field.empty()) field = std::move(value);
}

/// "en_us" as "en-US", "ZH-hant-tw" as "zh-Hant-TW"; empty where it is no language tag.
std::string language_tag(std::string_view raw) {
    raw = trim(raw);
    raw = trim(raw.substr(0, raw.find_first_of(",;")));
    if (raw.size() < 2 || raw.size() > 35) return {};
    std::string out;
    while (true) {
        const std::size_t end = std::min(raw.find_first_of("-_"), raw.size());
        std::string part = ascii_lower(raw.substr(0, end));
        for (const char c : part) {
            if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))) return {};
        }
        if (part.empty() || part.size() > 8) return {};
        if (out.empty()) {
            if (part.size() > 3 || part == "und") return {};
        } else if (part.size() == 2) {
            for (char& c : part) c = static_cast<char>(c >= 'a' ? c - 32 : c);
        } else if (part.size() == 4 && part[0] >= 'a') {
            part[0] = static_cast<char>(part[0] - 32);
        }
        if (!out.empty()) out += '-';
        out += part;
        if (end == raw.size()) return out;
        raw.remove_prefix(end + 1);
    }
}

std::string_view host_of(std::string_view url) {
    const std::size_t scheme = url.find("://");
    if (scheme == std::string_view::npos) return {};
    url.remove_prefix(scheme + 3);
    return url.substr(0, url.find_first_of("/?#:"));
}

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
        out_.site_name = name_text(json_ld_.publisher);
        set(out_.site_name, name_text(tags_.best(MetaField::kSiteName)));
        set(out_.site_name, name_text(json_ld_.site));
        read_title();
        if (out_.site_name.empty()) {
            std::string_view handle = trim(tags_.best(MetaField::kTwitterSite));
            if (handle.starts_with('@')) handle.remove_prefix(1);
            out_.site_name = name_text(handle);
        }
        read_byline();
        read_dates();
        read_description();
        read_lists();
        out_.canonical_url = urls_.resolve(utf8_prefix(tags_.canonical(), kMaxUrl));
        set(out_.canonical_url, urls_.resolve(utf8_prefix(tags_.best(MetaField::kUrl), kMaxUrl)));
        out_.is_article_type =
            json_ld_.is_article || ascii_iequals(tags_.best(MetaField::kType), "article");
        out_.url = urls_.document_url();
        out_.article_body = plain_text(json_ld_.article_body, kMaxBody);
        return std::move(out_);
    }

private:
    void read_language() {
        const NodeId root = dom_.root();
        out_.language = language_tag(dom_.attribute(root, LXB_DOM_ATTR_LANG));
        set(out_.language, language_tag(dom_.attribute(root, dom_.attribute_id("xml:lang"))));
        if (out_.language.empty() && dom_.body() != kNoNode) {
            out_.language = language_tag(dom_.attribute(dom_.body(), LXB_DOM_ATTR_LANG));
        }
        set(out_.language, language_tag(tags_.best(MetaField::kContentLanguage)));
        set(out_.language, language_tag(tags_.best(MetaField::kLocale)));
        set(out_.language, language_tag(json_ld_.language));
        for (const NodeId id : {root, dom_.body()}) {
            if (id == kNoNode || !out_.dir.empty()) continue;
            const std::string dir = ascii_lower(trim_ascii(dom_.attribute(id, LXB_DOM_ATTR_DIR)));
            if (dir == "ltr" || dir == "rtl" || dir == "auto") out_.dir = dir;
        }
        order_ = date_order(out_.language);
    }

    /// What the page gives for sharing, or `<title>`, without the site's name; in its place the
    /// heading that says the same at more length or in the page's own words.
    void read_title() {
        const std::vector<std::string> sites = {out_.site_name, name_text(json_ld_.publisher),
                                                name_text(json_ld_.site),
                                                name_text(tags_.best(MetaField::kSiteName))};
        std::string headline = name_text(json_ld_.headline);
        std::string title = headline;
        if (words_in_common(page_title_, headline) < kConfirms) title.clear();
        set(title, name_text(tags_.best(MetaField::kTitle)));
        set(title, page_title_);
        set(title, std::move(headline));
        TitleParts parts = cut_known_site(title, sites, host_);
        set(out_.site_name, parts.site);
        const TitleParts page = cut_known_site(page_title_, sites, host_);
        set(out_.site_name, page.site);
        std::string heading = find_heading(parts.title, page.title, sites);
        if (!heading.empty()) {
            parts.title = std::move(heading);
        } else if (parts.site.empty()) {
            TitleParts likely = cut_likely_site(parts.title);
            if (!likely.site.empty()) parts = std::move(likely);
        }
        out_.title = std::move(parts.title);
    }

    /// The text of the `<h1>` that says what `title` or `page_title` says; with `heading_` set to
    /// it. Empty when there is none; `heading_` is the first one then.
    std::string find_heading(const std::string& title, const std::string& page_title,
                             const std::vector<std::string>& sites) {
        std::string best = best_heading(hints_.headings,
                                        hints_.headings.size() == 1 ? kOnlyHeading : kOneOfHeadings,
                                        title, page_title, sites);
        if (hints_.headings.empty()) {
            best = best_heading(hints_.second_headings, kOneOfHeadings, title, page_title, sites);
        }
        if (heading_ == kNoNode && !hints_.headings.empty()) heading_ = hints_.headings.front();
        return best;
    }

    std::string best_heading(const std::vector<NodeId>& headings, int least,
                             const std::string& title, const std::string& page_title,
                             const std::vector<std::string>& sites) {
        std::string best;
        for (const NodeId id : headings) {
            std::string text = name_text(short_text(dom_, id));
            if (text.empty() || !cut_known_site("| " + text, sites, host_).site.empty()) continue;
            const int common =
                std::max(words_in_common(text, title), words_in_common(text, page_title));
            if (common < least) continue;
            least = common + 1;
            best = std::move(text);
            heading_ = id;
        }
        return best;
    }

    /// A person before the site itself: many pages name their publisher as the author.
    void read_byline() {
        std::vector<std::string> names(json_ld_.authors.begin(), json_ld_.authors.end());
        if (take_byline(names)) return;
        names.clear();
        for (const std::string_view author : tags_.all(MetaField::kAuthor)) {
            names.emplace_back(author);
        }
        if (take_byline(names)) return;
        if (std::string found = find_byline(dom_, hints_, heading_); !found.empty()) {
            const bool is_person = !is_site(found);
            if (is_person || out_.byline.empty()) out_.byline = std::move(found);
        }
    }

    /// True when one of the names is not the site's.
    bool take_byline(const std::vector<std::string>& raw) {
        std::vector<std::string> names;
        std::vector<std::string> persons;
        for (const std::string& author : raw) {
            std::string name = clean_byline(author);
            const std::size_t comma = name.rfind(", ");
            if (comma != std::string::npos && comma > 0 && is_site(name.substr(comma + 2))) {
                name.resize(comma);
            }
            if (!is_site(name)) persons.push_back(name);
            names.push_back(std::move(name));
        }
        const std::string byline = join_names(persons.empty() ? names : persons);
        if (byline.empty() || (persons.empty() && !out_.byline.empty())) return false;
        out_.byline = byline;
        return !join_names(persons).empty();
    }

    bool is_site(const std::string& name) const {
        return !cut_known_site("| " + name, {out_.site_name, name_text(json_ld_.publisher)}, host_)
                    .site.empty();
    }

    void read_dates() {
        out_.published = normalize_date(json_ld_.published, order_);
        set(out_.published, normalize_date(tags_.best(MetaField::kPublished), order_));
        out_.modified = normalize_date(json_ld_.modified, order_);
        set(out_.modified, normalize_date(tags_.best(MetaField::kModified), order_));
        if (!out_.published.empty()) return;
        PageDates dates = find_dates(dom_, hints_, heading_, order_);
        out_.published = std::move(dates.published);
        set(out_.modified, std::move(dates.modified));
        set(out_.published, date_in_path(urls_.document_url()));
        set(out_.published, date_in_path(tags_.canonical()));
    }

    void read_description() {
        out_.description = plain_text(json_ld_.description, kMaxDescription);
        set(out_.description, plain_text(tags_.best(MetaField::kDescription), kMaxDescription));
        if (out_.description.empty()) {
            out_.description = plain_text(first_paragraph(dom_, heading_), kMaxDescription);
        }
    }

    void read_lists() {
        for (const std::string_view section : tags_.all(MetaField::kSection)) {
            add_unique(name_text(section), out_.categories);
        }
        for (const std::string& section : json_ld_.sections) {
            add_unique(name_text(section), out_.categories);
        }
        if (out_.categories.empty()) read_breadcrumbs();
        for (const std::string_view tag : tags_.all(MetaField::kTag)) add_list(tag, out_.tags);
        for (const std::string_view list : tags_.all(MetaField::kKeywords)) {
            add_list(list, out_.tags);
        }
        for (const std::string& keyword : json_ld_.keywords) add_list(keyword, out_.tags);
        for (const NodeId id : hints_.tag_links) {
            add_unique(name_text(short_text(dom_, id)), out_.tags);
        }
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
    }

    const Dom& dom_;
    const UrlResolver& urls_;
    MetaTags tags_;
    PageHints hints_;
    JsonLd json_ld_;
    std::string page_title_;
    std::string_view host_;
    DateOrder order_ = DateOrder::kMonthFirst;
    NodeId heading_ = kNoNode;  // the one that says the title
    Metadata out_;
};

}  // namespace

Metadata read_metadata(const Dom& dom, const UrlResolver& urls) { return Reader(dom, urls).read(); }

}  // namespace riptide::core
