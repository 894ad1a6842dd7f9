#include "core/byline.h"

#include <algorithm>
#include <iterator>
#include <optional>

#include "base/bytes.h"
#include "core/chars.h"
#include "core/meta_tags.h"
#include "core/month_names.h"
#include "core/plain_text.h"

namespace riptide::core {
namespace {

/// Bytes of a line that is little but a byline.
constexpr std::size_t kMaxLine = 40;

/// Lower case; a longer one before its own beginning.
constexpr std::string_view kPrefixes[] = {"written by",
                                          "posted by",
                                          "published by",
                                          "reported by",
                                          "reviewed by",
                                          "edited by",
                                          "words by",
                                          "story by",
                                          "submitted by",
                                          "created by",
                                          "article by",
                                          "authored by",
                                          "by author",
                                          "by",
                                          "authors",
                                          "author",
                                          "geschrieben von",
                                          "ein artikel von",
                                          "ein beitrag von",
                                          "veröffentlicht von",
                                          "von",
                                          "autorin",
                                          "autoren",
                                          "autor/in",
                                          "autor",
                                          "autora",
                                          "autores",
                                          "escrito por",
                                          "publicado por",
                                          "por",
                                          "écrit par",
                                          "publié par",
                                          "par",
                                          "auteur",
                                          "auteurs",
                                          "di",
                                          "scritto da",
                                          "pubblicato da",
                                          "a cura di",
                                          "door",
                                          "av",
                                          "af",
                                          "tekst",
                                          "text",
                                          "foto",
                                          "автор",
                                          "автори",
                                          "авторы",
                                          "autore",
                                          "przez",
                                          "napisane przez",
                                          "opublikowane przez",
                                          "napisał",
                                          "yazan",
                                          "yazar",
                                          "بقلم",
                                          "كتب",
                                          "كتبت",
                                          "کتبه",
                                          "نویسنده",
                                          "מאת",
                                          "द्वारा",
                                          "लेखक",
                                          "tác giả",
                                          "penulis",
                                          "oleh",
                                          "szerző",
                                          "írta",
                                          "kirjoittaja",
                                          "kirjoittanut",
                                          "teksti",
                                          "skrevet av",
                                          "skriven av",
                                          "von redakteur",
                                          "redaktion:",
                                          "作者",
                                          "文",
                                          "記者",
                                          "記者／",
                                          "撰文",
                                          "написал",
                                          "текст",
                                          "συντάκτης",
                                          "γράφει ο",
                                          "γράφει η",
                                          "του",
                                          "από",
                                          "por:",
                                          "contributor"};

/// A lead that also is a name or begins names, and the languages in which it means "by".
struct NameWord {
    std::string_view word;
    std::string_view languages;
};

constexpr NameWord kNameWords[] = {{"von", "de"},
                                   {"di", "it"},
                                   {"par", "fr"},
                                   {"por", "es pt gl"},
                                   {"door", "nl"},
                                   {"af", "da"},
                                   {"av", "nb nn no sv"},
                                   {"oleh", "id ms"},
                                   {"yazan", "tr"},
                                   {"text", "de sv"},
                                   {"tekst", "da nb nl nn no pl"}};

/// Null for all other leads.
const NameWord* name_word(std::string_view lead) {
    const auto* found = std::ranges::find(kNameWords, lead, &NameWord::word);
    return found == std::end(kNameWords) ? nullptr : found;
}

bool is_letter_byte(char c) {
    const char lower = to_lower(c);
    return (lower >= 'a' && lower <= 'z') || static_cast<unsigned char>(c) >= 0x80;
}

/// Whether `prefix` leads `text` in: a colon or white space has to part it from the name.
std::size_t prefix_size(std::string_view text, std::string_view prefix) {
    if (text.size() < prefix.size() || !ascii_iequals(text.substr(0, prefix.size()), prefix))
        return 0;
    const std::string_view rest = text.substr(prefix.size());
    std::size_t size = prefix.size();
    if (rest.empty()) return size;
    if (rest[0] == ':' || rest[0] == '/') return size + 1;
    if (rest.starts_with("：")) return size + 3;
    if (rest.starts_with(" :")) return size + 2;
    return space_size(rest, 0) > 0 ? size : 0;
}

/// Where a date begins: a token with a digit, or the month or weekday right before it.
std::size_t find_date_start(std::string_view text) {
    std::size_t previous = std::string_view::npos;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t end = text.find(' ', at);
        if (end == std::string_view::npos) end = text.size();
        std::string_view word = text.substr(at, end - at);
        if (std::any_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; })) {
            const std::string_view before =
                previous == std::string_view::npos ? "" : text.substr(previous, at - previous);
            std::string_view name = trim(before);
            while (!name.empty() && (name.back() == '.' || name.back() == ','))
                name.remove_suffix(1);
            return month_of_word(name) > 0 ? previous : at;
        }
        previous = at;
        at = end + 1;
    }
    return std::string_view::npos;
}

bool is_leading_mark(char c) {
    return c == ',' || c == ';' || c == ':' || c == '-' || c == '/' || c == '&' || c == '|' ||
           c == ' ';
}

bool is_trailing_mark(std::string_view text) {
    const char c = text.back();
    return c == ',' || c == ';' || c == ':' || c == '-' || c == '/' || c == '(' || c == '&' ||
           c == '|' || c == '@' || c == '[';
}

std::string_view strip_trailing(std::string_view text) {
    constexpr std::string_view kWords[] = {
        " on",      " am",     " le",  " vor", " last", " veröffentlicht",
        " el",      " il",     " em",  " in",  " vom",  " -",
        " at",      " –",      " —",   " ·",   " •",    " published",
        " updated", " posted", " and", " |"};
    bool changed = true;
    while (changed && !text.empty()) {
        changed = false;
        text = trim(text);
        if (!text.empty() && is_trailing_mark(text)) {
            text.remove_suffix(1);
            changed = true;
        }
        for (const std::string_view word : kWords) {
            if (text.size() > word.size() &&
                ascii_iequals(text.substr(text.size() - word.size()), word)) {
                text.remove_suffix(word.size());
                changed = true;
            }
        }
    }
    return text;
}

/// Without what goes on behind a name: after a bar or a bullet, an address, a handle, a date.
std::string_view cut_behind_name(std::string_view text) {
    for (const std::string_view mark :
         {" | ", "|", " • ", " · ", " / ", " – ", " — ", " - ", " » ", " › ", " → ", " @"}) {
        text = text.substr(0, text.find(mark));
    }
    text = text.substr(0, std::min(text.find(" (http"), text.find(" http")));
    const std::size_t date = find_date_start(text);
    return date != std::string_view::npos && date > 0 ? text.substr(0, date) : text;
}

/// "Redaktion", "Redacción", "Rédaction", "Redazione", ...
bool is_newsroom(std::string_view name) {
    constexpr std::string_view kBeginnings[] = {"redak", "redac", "redaç", "redaz", "rédac"};
    return std::ranges::any_of(kBeginnings, [name](std::string_view beginning) {
        return ascii_iequals(name.substr(0, beginning.size()), beginning);
    });
}

/// Not what is left of "von Neumann, John" and "Di Stefano" without their first word.
bool is_whole_name(std::string_view text) {
    const std::string_view name = strip_trailing(cut_behind_name(text));
    const std::string_view before_comma = name.substr(0, name.find(','));
    const bool has_words = before_comma.find(' ') != std::string_view::npos;
    const bool goes_on = ascii_iequals(before_comma.substr(0, 4), "der ");  // "von der Leyen"
    return is_newsroom(name) || (has_words && !goes_on);
}

/// A language whose words for "by" lead names in: empty for all of them, nothing for none.
using LeadLanguage = std::optional<std::string_view>;

bool has(LeadLanguage language, std::string_view languages) {
    return language &&
           (language->empty() || has_word(languages, language->substr(0, language->find('-'))));
}

/// Bytes of `lead` where it leads `text` in and is no part of a name.
std::size_t lead_size(std::string_view text, std::string_view lead, LeadLanguage language) {
    const std::size_t size = prefix_size(text, lead);
    const bool has_colon = size > lead.size();
    const NameWord* word = size == 0 || has_colon ? nullptr : name_word(lead);
    if (word == nullptr) return size;
    const std::string_view rest = trim(text.substr(size));
    const bool leads =
        rest.empty() ? language.has_value() : has(language, word->languages) && is_whole_name(rest);
    return leads ? size : 0;
}

std::string_view strip_leads(std::string_view text, LeadLanguage language) {
    for (int round = 0; round < 3; ++round) {
        std::size_t longest = 0;
        std::string_view longest_lead;
        for (const std::string_view lead : kPrefixes) {
            const std::size_t size = lead_size(text, lead, language);
            if (size <= longest) continue;
            longest = size;
            longest_lead = lead;
        }
        if (longest == 0) break;
        text = trim(text.substr(longest));
        // In "By Di Stefano" the second word is the name's.
        if (name_word(longest_lead) == nullptr) language.reset();
    }
    return text;
}

std::string clean(std::string_view text, LeadLanguage language) {
    const std::string plain = plain_text(text, kMaxByline * 8);
    std::string_view name = cut_behind_name(strip_leads(plain, language));
    if (name.starts_with('@') || name.find("://") != std::string_view::npos ||
        name.starts_with("www.")) {
        return {};
    }
    if (const std::size_t at = name.find('@'); at != std::string_view::npos) {
        const std::size_t space = name.rfind(' ', at);
        name = space == std::string_view::npos ? std::string_view() : name.substr(0, space);
    }
    name = strip_trailing(name);
    while (!name.empty() && is_leading_mark(name.front())) name.remove_prefix(1);
    if (name.size() > 2 && name.front() == '"' && name.back() == '"') {
        name = name.substr(1, name.size() - 2);
    }
    if (ascii_icontains(name, "updated") || name.find(" ago") != std::string_view::npos) return {};
    constexpr std::string_view kNobody[] = {"the author", "author", "admin", "follow author"};
    for (const std::string_view nobody : kNobody) {
        if (ascii_iequals(name, nobody)) return {};
    }
    if (std::none_of(name.begin(), name.end(), is_letter_byte) ||
        count_code_points(name) > kMaxByline) {
        return {};
    }
    return std::string(name);
}

}  // namespace

std::string clean_name(std::string_view text) { return clean(text, std::nullopt); }

std::string clean_byline(std::string_view text, std::string_view language) {
    return clean(text, language);
}

bool begins_as_byline(std::string_view text, std::string_view language) {
    static constexpr std::string_view kLeads[] = {"by",         "written by",  "posted by",
                                                  "von",        "par",         "por",
                                                  "door",       "автор",       "author",
                                                  "autor",      "autorin",     "auteur",
                                                  "автори",     "escrito por", "geschrieben von",
                                                  "a cura di",  "מאת",         "بقلم",
                                                  "作者",       "撰文",        "記者",
                                                  "oleh",       "penulis",     "szerző",
                                                  "yazar",      "scritto da",  "napisane przez",
                                                  "skrevet av", "skriven av",  "tekst",
                                                  "écrit par",  "autore",      "συντάκτης",
                                                  "tác giả",    "نویسنده",     "kirjoittaja",
                                                  "texto",      "text von",    "textes",
                                                  "reportage",  "teksti",      "kirjoittanut"};
    constexpr ByteSet kFirsts = ByteSet::where([](char c) {
        return std::ranges::any_of(kLeads,
                                   [c](std::string_view lead) { return lead[0] == to_lower(c); });
    });
    if (text.empty() || !kFirsts.contains(text[0])) return false;
    for (const std::string_view prefix : kLeads) {
        const std::size_t size = lead_size(text, prefix, language);
        if (size > 0 && (to_lower(text[0]) != text[0] || size > prefix.size() ||
                         static_cast<unsigned char>(text[0]) >= 0x80 || text.size() <= kMaxLine ||
                         prefix == "by")) {
            return true;
        }
    }
    return false;
}

bool is_byline_lead(std::string_view text) {
    if (text.size() > kMaxLine) return false;
    return std::any_of(std::begin(kPrefixes), std::end(kPrefixes), [text](auto prefix) {
        // A single word is one of any sentence.
        return prefix.find(' ') != std::string_view::npos &&
               prefix_size(text, prefix) == text.size();
    });
}

std::string join_names(const std::vector<std::string>& names) {
    std::string out;
    std::vector<std::string> seen;
    for (const std::string& name : names) {
        const std::string key = letters_only(name);
        if (key.empty() || std::find(seen.begin(), seen.end(), key) != seen.end()) continue;
        if (!out.empty() && count_code_points(out) + 2 + count_code_points(name) > kMaxByline)
            break;
        seen.push_back(key);
        if (!out.empty()) out += ", ";
        out += name;
    }
    return out;
}

}  // namespace riptide::core
