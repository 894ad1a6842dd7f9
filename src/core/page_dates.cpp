#include "core/page_dates.h"

#include <algorithm>
#include <array>

#include "core/chars.h"
#include "core/local_date.h"

namespace riptide::core {
namespace {

/// Texts read before and after the heading, and nodes after it.
constexpr int kTextsBefore = 20;
constexpr int kTextsAfter = 40;
constexpr NodeId kNodesAround = 400;
/// Bytes of a text that may tell the page's date, of what may come before the date in it, or beside
/// it in a line, and of what a text that is little but a date has beside it.
constexpr std::size_t kMaxText = 400;
constexpr std::size_t kMaxLead = 60;
constexpr std::size_t kMaxBeside = 24;
/// Bytes of a text far from the heading, and how many with a digit are read.
constexpr std::size_t kMaxLoneText = 100;
constexpr int kMaxLoneTexts = 200;
/// Bytes of a text that labels the date in the next one, and nodes between the two.
constexpr std::size_t kMaxLabel = 40;
constexpr NodeId kLabelNodes = 6;
/// Nodes from the date of publication on among which that of the last change may be.
constexpr NodeId kNodesBeside = 30;
/// Distances before the heading count more: what stands there mostly belongs to the site.
constexpr NodeId kBeforeWeight = 3;

// Beginnings of words in lower case; where the first letter is not of ASCII, without it, so that
// capitals are met too.
constexpr std::string_view kModifiedWords[] = {
    "updat",      "modif",      "edited",   "last changed",    "last review", "aktualisier",
    "geändert",   "stand:",     "zuletzt",  "letzte änderung", "mis à jour",  "mise à jour",
    "bijgewerkt", "gewijzigd",  "actualiz", "atualiz",         "aggiornat",   "uppdaterad",
    "oppdatert",  "opdateret",  "aktualiz", "päivitet",        "frissít",     "módosít",
    "бновлен",    "оновлен",    "Оновлен",  "зменен",          "νημέρωσ",     "güncelle",
    "cập nhật",   "diperbarui", "تحديث",    "עודכן",           "更新",        "修改",
    "수정"};
constexpr std::string_view kPublishedWords[] = {
    "publish",   "posted",    "veröffentlicht", "erschienen", "erstellt",   "publié",
    "publica",   "pubblicat", "gepublic",       "geplaatst",  "publicer",   "publisert",
    "opublikow", "julkaist",  "megjelen",       "közzét",     "публикован", "публіков",
    "ημοσιεύ",   "yayın",     "diterbitkan",    "xuất bản",   "发布",       "發布",
    "公開",      "입력"};
constexpr std::string_view kDateWords[] = {"date", "datum", "data", "fecha", "dato", "дата",
                                           "Дата", "tarih", "日期", "日付",  "تاريخ"};

template <std::size_t N>
bool speaks_of(std::string_view text, const std::string_view (&words)[N]) {
    return !text.empty() && std::any_of(std::begin(words), std::end(words),
                                        [&](auto word) { return ascii_icontains(text, word); });
}

bool has_digit(std::string_view text) {
    return std::any_of(text.begin(), text.end(), [](char c) {
        return (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0xD9;
    });
}

class DateFinder {
public:
    DateFinder(const Dom& dom, const PageHints& hints, NodeId title, DateOrder order)
        : dom_(dom),
          hints_(hints),
          title_(title),
          order_(order),
          datetime_(dom.attribute_id("datetime")) {}

    PageDates find() {
        take_items();
        if (dates_.published.empty()) near_heading();
        if (dates_.published.empty()) in_texts_around();
        if (dates_.published.empty()) anywhere();
        if (published_at_ != kNoNode) change_beside();
        return std::move(dates_);
    }

    std::string find_local(std::string_view date) const {
        bool nearest = true;
        for (const NodeId id : nearest_hints()) {
            const std::string shown = date_of(id);
            if (shown.empty()) continue;
            // Without an offset, only the page's own date tells its clock.
            const bool has_offset =
                shown.size() > 16 && shown.find_first_of("+-", 16) != shown.npos;
            if (nearest || has_offset) {
                if (std::string local = local_date(date, shown); !local.empty()) return local;
            }
            nearest = false;
        }
        return {};
    }

private:
    static void take(std::string& field, std::string date) {
        if (field.empty()) field = std::move(date);
    }

    void publish(NodeId id, std::string date) {
        if (!dates_.published.empty() || date.empty()) return;
        dates_.published = std::move(date);
        published_at_ = id;
    }

    void take_items() {
        for (const auto* items : {&hints_.item_published, &hints_.item_created}) {
            for (const NodeId id : *items) {
                if (dates_.published.empty()) publish(id, date_of(id));
            }
        }
        for (const NodeId id : hints_.item_modified) {
            if (dates_.modified.empty()) take(dates_.modified, date_of(id));
        }
    }

    /// What the element, or a `<time>` in it, carries for programs, else what it shows.
    std::string date_of(NodeId id) const {
        std::string date = machine_date(id);
        for (const NodeId time : hints_.times) {
            if (!date.empty()) return date;
            if (dom_.contains(id, time)) date = machine_date(time);
        }
        return date.empty() ? normalize_date(short_text(dom_, id), order_) : date;
    }

    std::string machine_date(NodeId id) const {
        for (const std::string_view value :
             {dom_.attribute(id, datetime_), dom_.attribute(id, LXB_DOM_ATTR_CONTENT),
              dom_.attribute(id, LXB_DOM_ATTR_TITLE)}) {
            if (value.empty()) continue;
            std::string date = normalize_date(value, order_);
            if (from_iso(date).year != 0) return date;
        }
        return {};
    }

    NodeId distance(NodeId id) const {
        if (title_ == kNoNode) return id;
        return id >= title_ ? id - title_ : std::min(title_ - id, kNoNode / 4) * kBeforeWeight;
    }

    std::vector<NodeId> nearest_hints() const {
        std::vector<NodeId> ids = hints_.times;
        ids.insert(ids.end(), hints_.class_dates.begin(), hints_.class_dates.end());
        std::stable_sort(ids.begin(), ids.end(),
                         [this](NodeId a, NodeId b) { return distance(a) < distance(b); });
        return ids;
    }

    void near_heading() {
        const NodeId lone = lone_text();
        bool tried = lone == kNoNode;
        for (const NodeId id : nearest_hints()) {
            if (!tried && distance(lone) < distance(id)) {
                tried = true;
                take_text(lone);
            }
            if (!dates_.published.empty()) return;
            take_element(id);
        }
        if (!tried && dates_.published.empty()) take_text(lone);
    }

    /// The nearest text after the heading, or right before it, that is little but a date; `kNoNode`
    /// for none.
    NodeId lone_text() const {
        if (title_ == kNoNode) return kNoNode;
        const NodeId begin = dom_[title_].end;
        const NodeId end = std::min(dom_.size(), begin + kNodesAround);
        NodeId lone = kNoNode;
        int texts = 0;
        for (NodeId id = begin; id < end && texts < kTextsAfter && lone == kNoNode; ++id) {
            if (!dom_[id].is_text() || dom_[id].blank) continue;
            ++texts;
            if (is_lone_date(id)) lone = id;
        }
        // Marked-up dates are trusted more than those.
        if (!hints_.times.empty() || !hints_.class_dates.empty()) return lone;
        texts = 0;
        for (NodeId id = title_;
             id > 0 && title_ - id < kNodesAround / 4 && texts < kTextsBefore;) {
            --id;
            if (!dom_[id].is_text() || dom_[id].blank) continue;
            ++texts;
            if (!is_lone_date(id)) continue;
            return lone == kNoNode || distance(id) < distance(lone) ? id : lone;
        }
        return lone;
    }

    bool is_lone_date(NodeId id) const {
        const std::string_view text = trim(dom_.text(id));
        WrittenDate found;
        return text.size() <= kMaxLoneText && has_digit(text) && match_date(text, order_, found) &&
               stands_alone(id, text, found) && !is_changed(id, text, found);
    }

    /// The text is little but a date, and is not labelled as a date of something else ("Joined:").
    bool stands_alone(NodeId id, std::string_view text, const WrittenDate& found) const {
        if (text.size() - (found.end - found.begin) > kMaxBeside) return false;
        const std::string_view own = trim(text.substr(0, found.begin));
        const std::string_view label = own.ends_with(':') ? own : trim(label_before(id));
        return !label.ends_with(':') || speaks_of(label, kPublishedWords) ||
               speaks_of(label, kModifiedWords) || speaks_of(label, kDateWords);
    }

    bool is_changed(NodeId id, std::string_view text, const WrittenDate& found) const {
        return speaks_of(text.substr(0, found.begin), kModifiedWords) ||
               (found.begin == 0 && speaks_of(label_before(id), kModifiedWords));
    }

    bool is_changed_element(NodeId id, std::string_view before) const {
        return speaks_of(before, kModifiedWords) ||
               speaks_of(dom_.class_name(id), kModifiedWords) ||
               (before.empty() && speaks_of(label_before(id), kModifiedWords));
    }

    void take_text(NodeId id) { publish(id, normalize_date(trim(dom_.text(id)), order_)); }

    /// An element may tell both: "Published 17 May 2024, updated 18 May 2024".
    void take_element(NodeId id) {
        std::string date = date_of(id);
        if (date.empty()) return;
        const std::string text = short_text(dom_, id);
        WrittenDate shown;
        const bool shows = match_date(text, order_, shown);
        const std::string_view before =
            std::string_view(text).substr(0, shows ? shown.begin : text.size());
        if (!is_changed_element(id, before)) {
            publish(id, std::move(date));
            return;
        }
        take(dates_.modified, std::move(date));
        const std::string_view rest =
            std::string_view(text).substr(shows ? shown.end : text.size());
        if (WrittenDate second; match_date(rest, order_, second)) {
            if (!speaks_of(rest.substr(0, second.begin), kModifiedWords)) {
                take(dates_.published, to_iso(second.date));
            }
        }
    }

    /// The text right before a node, when it can be the label of a date. With a digit it is a date
    /// of its own.
    std::string_view label_before(NodeId id) const {
        for (NodeId n = id; n > 0 && id - n < kLabelNodes;) {
            --n;
            if (dom_[n].tag == LXB_TAG_TIME && !dom_.contains(n, id)) return {};
            if (!dom_[n].is_text() || dom_[n].blank) continue;
            const std::string_view text = dom_.text(n);
            return text.size() > kMaxLabel || has_digit(text) ? std::string_view() : text;
        }
        return {};
    }

    /// The date of the last change follows that of publication: in its text, or in what comes next.
    void change_beside() {
        const NodeId end = std::min(dom_.size(), published_at_ + kNodesBeside);
        for (NodeId id = published_at_; id < end && dates_.modified.empty(); ++id) {
            if (dom_[id].is_text()) {
                take_changed_text(id);
            } else if (id != published_at_ && is_date_element(id)) {
                take_changed_element(id);
            }
        }
    }

    bool is_date_element(NodeId id) const {
        return std::ranges::binary_search(hints_.times, id) ||
               std::ranges::binary_search(hints_.class_dates, id);
    }

    void take_changed_text(NodeId id) {
        std::string_view text = trim(dom_.text(id));
        if (text.size() > kMaxLoneText || !has_digit(text)) return;
        for (WrittenDate found; match_date(text, order_, found);) {
            if (is_changed(id, text, found)) {
                take_later(normalize_date(text, order_));
                return;
            }
            text.remove_prefix(found.end);
        }
    }

    void take_changed_element(NodeId id) {
        const std::string text = short_text(dom_, id);
        WrittenDate shown;
        const std::size_t begin = match_date(text, order_, shown) ? shown.begin : text.size();
        if (is_changed_element(id, std::string_view(text).substr(0, begin))) {
            take_later(date_of(id));
        }
    }

    /// Nothing changes before it is published.
    void take_later(std::string date) {
        constexpr std::size_t kDay = 10;
        if (date.compare(0, kDay, dates_.published, 0, kDay) < 0) return;
        take(dates_.modified, std::move(date));
    }

    void in_texts_around() {
        if (title_ == kNoNode) {
            scan(0, dom_.size(), kTextsAfter);
            return;
        }
        const NodeId end = dom_[title_].end;
        if (scan(end, std::min(dom_.size(), end + kNodesAround), kTextsAfter)) return;
        scan(title_ - std::min(title_, kNodesAround / 4), title_, kTextsBefore);
    }

    bool scan(NodeId begin, NodeId end, int max_texts) {
        int texts = 0;
        for (NodeId id = begin; id < end && texts < max_texts; ++id) {
            if (!dom_[id].is_text() || dom_[id].blank) continue;
            ++texts;
            const std::string_view text = trim(dom_.text(id));
            WrittenDate found;
            if (text.size() > kMaxText || !has_digit(text) || !match_date(text, order_, found) ||
                !is_dateline(text, found)) {
                continue;
            }
            if (is_changed(id, text, found)) {
                take(dates_.modified, to_iso(found.date));
                continue;
            }
            take_text(id);
            return true;
        }
        return false;
    }

    /// The text is a line that tells a date ("Bern, 17 May 2024 - ..."), and no sentence that has
    /// one.
    static bool is_dateline(std::string_view text, const WrittenDate& found) {
        const std::string_view before = text.substr(0, found.begin);
        const std::string_view after = text.substr(found.end);
        if (before.size() > kMaxLead) return false;
        const bool is_labelled =
            speaks_of(before, kPublishedWords) || speaks_of(before, kModifiedWords);
        const std::string_view place = trim(before);
        const std::string_view rest = trim(after);
        const bool leads_in =
            (place.empty() || place.ends_with(',')) && rest.size() < after.size() &&
            (rest.starts_with('-') || rest.starts_with("–") || rest.starts_with("—"));
        return is_labelled || leads_in || before.size() + after.size() <= kMaxLead;
    }

    void anywhere() {
        if (dom_.body() == kNoNode) return;
        Date only;
        bool several = false;
        int tries = 0;
        for (NodeId id = dom_.body(); id < dom_[dom_.body()].end && tries < kMaxLoneTexts; ++id) {
            if (!dom_[id].is_text() || dom_[id].blank) continue;
            const std::string_view text = trim(dom_.text(id));
            if (text.size() > kMaxLoneText || !has_digit(text)) continue;
            ++tries;
            WrittenDate found;
            if (!match_date(text, order_, found)) continue;
            const std::string_view label =
                found.begin == 0 ? label_before(id) : text.substr(0, found.begin);
            if (speaks_of(label, kModifiedWords)) {
                take(dates_.modified, to_iso(found.date));
            } else if (speaks_of(label, kPublishedWords)) {
                publish(id, to_iso(found.date));
                return;
            } else if (stands_alone(id, text, found)) {
                several |= only.year != 0 && to_iso(only) != to_iso(found.date);
                only = found.date;
            }
        }
        // Of several, none can be told to be the page's.
        if (!several && only.year != 0 && dates_.modified.empty()) {
            take(dates_.published, to_iso(only));
        }
    }

    const Dom& dom_;
    const PageHints& hints_;
    NodeId title_;
    DateOrder order_;
    AttributeId datetime_;
    PageDates dates_;
    NodeId published_at_ = kNoNode;
};

}  // namespace

PageDates find_dates(const Dom& dom, const PageHints& hints, NodeId title, DateOrder order) {
    return DateFinder(dom, hints, title, order).find();
}

std::string find_local_date(const Dom& dom, const PageHints& hints, NodeId title, DateOrder order,
                            std::string_view date) {
    return is_utc(date) ? DateFinder(dom, hints, title, order).find_local(date) : std::string();
}

}  // namespace riptide::core
