#include "core/person_name.h"

#include <algorithm>
#include <cstddef>

#include "core/byline.h"
#include "core/chars.h"
#include "core/date_matcher.h"
#include "core/plain_text.h"

namespace riptide::core {
namespace {

constexpr std::size_t kMaxText = 400;
/// Code points of a name in a script without spaces.
constexpr std::size_t kMaxUnspaced = 12;
constexpr std::ptrdiff_t kMaxNameWords = 4;

/// What pages put where a name should be. In lower case.
constexpr std::string_view kNobody[] = {"admin",
                                        "administrator",
                                        "editor",
                                        "staff",
                                        "guest",
                                        "unknown",
                                        "null",
                                        "none",
                                        "follow",
                                        "posted",
                                        "anonymous",
                                        "undefined",
                                        "user",
                                        "written",
                                        "share",
                                        "updated",
                                        "about the author",
                                        "published",
                                        "post",
                                        "via",
                                        "op",
                                        "profile",
                                        "original poster",
                                        "topic author",
                                        "contributor",
                                        "new member",
                                        "mon",
                                        "tue",
                                        "wed",
                                        "thu",
                                        "fri",
                                        "sat",
                                        "sun",
                                        "today",
                                        "yesterday",
                                        "veröffentlicht",
                                        "last",
                                        "offline",
                                        "online",
                                        "menu",
                                        "login",
                                        "reply",
                                        "quote"};

/// Beginnings of the texts of links and buttons.
constexpr std::string_view kNoNames[] = {
    "view ",  "see ",  "read ",  "more ", "show ",     "about ", "follow ",  "visit ", "all ",
    "zeige ", "alle ", "alles ", "voir ", "ver todos", "mehr ",  "contact ", "meet "};

/// Words inside names, and between them. In lower case.
constexpr std::string_view kParticles[] = {
    "de",  "del", "della", "di",  "da",  "dos", "das", "do",  "du",  "des", "la",   "le",  "van",
    "von", "vom", "der",   "den", "ten", "ter", "zu",  "zur", "zum", "bin", "ibn",  "al",  "el",
    "and", "und", "et",    "y",   "e",   "en",  "och", "og",  "i",   "a",   "with", "mit", "v."};

/// What follows a name where a line goes on. In lower case.
constexpr std::string_view kConnectives[] = {"on",     "at",     "am",   "um", "vor",
                                             "wrote",  "says",   "said", "is", "schrieb",
                                             "wrote:", "posted", "last"};

/// What stands before "by" where another than the author did something.
constexpr std::string_view kOtherWork[] = {"reviewed", "checked",     "edited",
                                           "updated",  "illustrated", "translated"};

template <std::size_t N>
bool is_one_of(std::string_view word, const std::string_view (&list)[N]) {
    return std::any_of(std::begin(list), std::end(list),
                       [word](std::string_view entry) { return ascii_iequals(word, entry); });
}

/// The word begins with a small letter (Latin, Greek, Cyrillic).
bool is_small(std::string_view word) {
    std::size_t at = 0;
    const char32_t point = next_code_point(word, at);
    if (point < 0x80) return point >= 'a' && point <= 'z';
    return (point >= 0xDF && point < 0x100) || (point >= 0x3AC && point <= 0x3CE) ||
           (point >= 0x430 && point < 0x460);
}

std::string_view without_date_in_front(std::string_view text) {
    WrittenDate date;
    const bool leads = match_date(text, DateOrder::kMonthFirst, date) && date.begin == 0;
    return leads ? trim(text.substr(date.end)) : text;
}

/// What stands behind "by"; but what stands before "reviewed by" and the like.
std::string_view around_by(std::string_view text) {
    const std::string lower = ascii_lower(text);
    const std::size_t by = lower.find(" by ");
    if (by == std::string::npos) return text;
    const std::string_view before = trim(text.substr(0, by));
    const std::size_t space = before.rfind(' ');
    const std::string_view last =
        space == std::string_view::npos ? before : before.substr(space + 1);
    if (is_one_of(last, kOtherWork)) return before.substr(0, before.size() - last.size());
    return text.substr(by + 4);
}

/// Up to where a small word tells that a sentence goes on: "Jane Doe on Friday", and, as short
/// texts may be names as they stand, "Jane Doe is a writer of novels".
std::string_view capital_run(std::string_view text) {
    const auto all_words = std::count(text.begin(), text.end(), ' ') + 1;
    std::size_t end = 0;
    std::size_t words = 0;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t stop = std::min(text.find(' ', at), text.size());
        const std::string_view word = text.substr(at, stop - at);
        const bool goes_on =
            is_one_of(word, kConnectives) ||
            (all_words > kMaxNameWords && is_small(word) && !is_one_of(word, kParticles));
        if (goes_on && words > 0) break;
        if (!is_one_of(word, kParticles) || words == 0) end = stop;  // none ends a name
        ++words;
        at = stop + 1;
    }
    return text.substr(0, end);
}

/// "Doe, Jane" to "Jane Doe"; empty when it is not written so.
std::string turned_round(std::string_view name) {
    const std::size_t comma = name.find(',');
    if (comma == std::string_view::npos || name.find(',', comma + 1) != std::string_view::npos) {
        return {};
    }
    const std::string_view last = trim(name.substr(0, comma));
    const std::string_view first = trim(name.substr(comma + 1));
    if (last.empty() || first.empty()) return {};
    return std::string(first) + " " + std::string(last);
}

}  // namespace

std::string shown_name(std::string_view text, std::string_view language) {
    const std::string plain = plain_text(text, kMaxText);
    const std::string_view line = without_date_in_front(plain);
    const std::string_view named = around_by(line);
    const bool has_by = named.size() < line.size();
    const std::string name = has_by ? clean_name(named) : clean_byline(named, language);
    const std::string_view run = capital_run(name);
    const auto spaces = std::count(run.begin(), run.end(), ' ');
    // Several words that a sentence consists of are no name, "von Neumann, John" is one.
    const bool is_sentence = spaces > 1 && is_small(run) && !looks_like_person(run);
    if (run.empty() || is_sentence || is_one_of(run, kNobody)) return {};
    const auto begins = [run](std::string_view words) {
        return ascii_iequals(run.substr(0, words.size()), words);
    };
    if (std::any_of(std::begin(kNoNames), std::end(kNoNames), begins)) return {};
    return clean_name(run);
}

bool looks_like_person(std::string_view name) {
    std::size_t words = 0;
    for (std::size_t at = 0; at < name.size();) {
        const std::size_t stop = std::min(name.find(' ', at), name.size());
        const std::string_view word = name.substr(at, stop - at);
        if (is_small(word) && !is_one_of(word, kParticles)) return false;
        if (word.find_first_of("0123456789:?!") != std::string_view::npos) return false;
        ++words;
        at = stop + 1;
    }
    const bool unspaced = words == 1 && static_cast<unsigned char>(name.front()) >= 0xE2;
    return (words >= 2 && words <= 5) || (unspaced && count_code_points(name) <= kMaxUnspaced);
}

bool looks_like_handle(std::string_view name) {
    if (name.empty() || name.find(' ') != std::string_view::npos) return false;
    if (static_cast<unsigned char>(name.front()) >= 0x80) return false;
    const bool capitals =
        std::all_of(name.begin(), name.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
    return is_small(name) || (capitals && name.size() <= 3);
}

void put_first_names_first(std::vector<std::string>& names) {
    std::vector<std::string> turned;
    for (const std::string& name : names) {
        std::string other = turned_round(name);
        if (other.empty()) return;
        turned.push_back(std::move(other));
    }
    if (turned.size() > 1) names = std::move(turned);
}

}  // namespace riptide::core
