#include "core/title.h"

#include <algorithm>
#include <iterator>

#include "base/bytes.h"
#include "core/chars.h"
#include "core/plain_text.h"

namespace riptide::core {
namespace {

/// Between spaces these part a title.
constexpr std::string_view kSeparators[] = {"|", "-", "–", "—",  "::", "»", "«",  ":",
                                            "·", "•", "/", "\\", ">",  "<", "｜", "‹",
                                            "›", "⋆", "~", "−",  "―",  "►"};
/// These do so without spaces too.
constexpr std::string_view kBars[] = {"|", "｜", "│"};

constexpr std::size_t kMaxWords = 60;
/// Percent of a heading's words that the page's other titles have too, when it rephrases them.
constexpr std::size_t kRephrases = 40;

struct Separator {
    std::size_t at;
    std::size_t end;
};

/// Ends in a character of a script that puts no spaces between words.
bool ends_unspaced(std::string_view text) {
    std::size_t at = text.size();
    while (at > 0 && (static_cast<unsigned char>(text[at - 1]) & 0xC0U) == 0x80U) --at;
    if (at == 0 || at == text.size()) return false;
    --at;
    return next_code_point(text, at) >= 0x2E80;
}

/// Bytes of the separator at `title[at]`; 0 for none.
std::size_t separator_size(std::string_view title, std::size_t at) {
    const std::string_view rest = title.substr(at);
    for (const std::string_view bar : kBars) {
        if (rest.starts_with(bar)) return bar.size();
    }
    if (rest[0] == ' ') {
        for (const std::string_view mark : kSeparators) {
            if (rest.substr(1).starts_with(mark) && rest.size() > mark.size() + 1 &&
                rest[mark.size() + 1] == ' ') {
                return mark.size() + 2;
            }
        }
        return rest.starts_with(" _") ? 2 : 0;
    }
    return (rest[0] == '_' || rest[0] == '-') && ends_unspaced(title.substr(0, at)) ? 1 : 0;
}

/// What a separator's first byte may be, of all that `separator_size` knows.
constexpr ByteSet kMaySeparate = ByteSet::where([](char c) {
    return c == ' ' || c == '_' || c == '-' ||
           std::any_of(std::begin(kBars), std::end(kBars),
                       [c](std::string_view bar) { return bar[0] == c; });
});

std::vector<Separator> find_separators(std::string_view title) {
    std::vector<Separator> found;
    for (std::size_t at = kMaySeparate.find(title, 0); at < title.size();
         at = kMaySeparate.find(title, at + 1)) {
        if (const std::size_t size = separator_size(title, at); size > 0) {
            found.push_back({at, at + size});
            // The space at the end may begin the next separator.
            at += std::max<std::size_t>(size, 2) - 2;
        }
    }
    return found;
}

/// "example" of "https://www.example.co.uk/...": the longest label.
std::string host_name(std::string_view host) {
    std::string_view best;
    while (!host.empty()) {
        const std::size_t dot = host.find('.');
        const std::string_view label = host.substr(0, dot);
        if (label.size() > best.size() && label != "www") best = label;
        if (dot == std::string_view::npos) break;
        host.remove_prefix(dot + 1);
    }
    return letters_only(best);
}

TitleParts parts(std::string_view kept, std::string_view site) {
    return {std::string(trim(kept)), std::string(trim(site))};
}

/// A title's words, letters and digits only. Scripts without spaces give their characters.
using Words = std::vector<std::string>;

Words words_of(std::string_view text) {
    Words words;
    std::string word;
    const auto flush = [&] {
        if (!word.empty() && words.size() < kMaxWords) words.push_back(std::move(word));
        word.clear();
    };
    for (std::size_t at = 0; at < text.size() && words.size() < kMaxWords;) {
        const char32_t point = next_code_point(text, at);
        const bool is_letter = append_letter(point, word);
        if (!is_letter && point != U'\'' && point != 0x2019) flush();
        if (is_letter && point >= 0x2E80) flush();
    }
    flush();
    return words;
}

/// Long enough to be a title by itself.
bool is_telling(const Words& words) {
    std::size_t bytes = 0;
    for (const std::string& word : words) bytes += word.size();
    return words.size() >= 3 && bytes >= 10;
}

bool shares_word(const Words& words, const Words& others) {
    return std::any_of(words.begin(), words.end(), [&others](const std::string& word) {
        return std::find(others.begin(), others.end(), word) != others.end();
    });
}

/// Which of a title's parts a heading is; the greater the better.
enum class Part : std::uint8_t { kNone, kLast, kFirst, kAll };

/// What a page calls itself in one place, with and without the site's name.
class Candidate {
public:
    Candidate(std::string_view whole, TitleParts cut, std::size_t index)
        : parts(std::move(cut)), words(words_of(parts.title)), source(index) {
        ways_.push_back({letters_only(whole), Part::kAll});
        ways_.push_back({letters_only(parts.title), Part::kFirst});
        for (const Separator& separator : find_separators(whole)) {
            ways_.push_back({letters_only(whole.substr(0, separator.at)), Part::kFirst});
            ways_.push_back({letters_only(whole.substr(separator.end)), Part::kLast});
        }
    }

    [[nodiscard]] Part part_of(const std::string& heading_letters) const {
        Part part = Part::kNone;
        for (const auto& [letters, way] : ways_) {
            if (letters == heading_letters) part = std::max(part, way);
        }
        return part;
    }

    TitleParts parts;
    Words words;         ///< Of `parts.title`.
    std::size_t source;  ///< Index into `TitleSources::titles`.

private:
    struct Way {
        std::string letters;
        Part part;
    };
    std::vector<Way> ways_;  ///< A heading may read.
};

/// Percent of the heading's words that any candidate has too.
std::size_t share_of(const Words& heading, const std::vector<Candidate>& candidates) {
    const auto shared = std::count_if(heading.begin(), heading.end(), [&](const auto& word) {
        return std::any_of(candidates.begin(), candidates.end(), [&](const Candidate& candidate) {
            return std::find(candidate.words.begin(), candidate.words.end(), word) !=
                   candidate.words.end();
        });
    });
    return static_cast<std::size_t>(shared) * 100 / heading.size();
}

class TitleChooser {
public:
    explicit TitleChooser(const TitleSources& sources) : sources_(sources) {
        for (std::size_t i = 0; i < sources.titles.size(); ++i) {
            const std::string& title = sources.titles[i];
            if (title.empty()) continue;
            candidates_.emplace_back(title, cut_known_site(title, sources.sites, sources.host), i);
            if (site_.empty()) site_ = candidates_.back().parts.site;
        }
    }

    ChosenTitle choose() {
        const HeadingText* repeating = nullptr;
        Part best = Part::kNone;
        for (const HeadingText& heading : sources_.headings) {
            // What stands last is as often the name of a section, or of the site.
            const Part part = std::min(repeated_part(heading), Part::kFirst);
            if (part > best) repeating = &heading;
            best = std::max(best, part);
        }
        if (repeating != nullptr) return {repeating->text, site_, repeating->id};
        for (const HeadingText& heading : sources_.headings) {
            if (rephrases(heading)) return {heading.text, site_, heading.id};
        }
        for (const Candidate& candidate : candidates_) {
            if (is_site(candidate.parts.title)) continue;
            if (!candidate.parts.site.empty()) {
                return {candidate.parts.title, site_, kNoNode, candidate.source};
            }
            TitleParts likely = cut_likely_site(candidate.parts.title);
            return {likely.title, site_.empty() ? likely.site : site_, kNoNode, candidate.source};
        }
        for (const HeadingText& heading : sources_.headings) {
            if (heading.rank == HeadingRank::kMain && !is_site(heading.text)) {
                return {heading.text, site_, heading.id};
            }
        }
        if (candidates_.empty()) return {{}, site_};
        return {candidates_.front().parts.title, site_, kNoNode, candidates_.front().source};
    }

private:
    bool is_site(std::string_view text) const {
        return is_site_name(text, sources_.sites, sources_.host);
    }

    /// A part of a title that has nothing to do with the most trusted one names a section.
    Part repeated_part(const HeadingText& heading) const {
        const std::string letters = letters_only(heading.text);
        if (letters.empty() || candidates_.empty() || is_site(heading.text)) return Part::kNone;
        const Words words = words_of(heading.text);
        if (heading.rank != HeadingRank::kMain && !is_telling(words)) return Part::kNone;
        const Part least = shares_word(words, candidates_.front().words) ? Part::kLast : Part::kAll;
        Part best = Part::kNone;
        for (const Candidate& candidate : candidates_) {
            best = std::max(best, candidate.part_of(letters));
        }
        return best >= least ? best : Part::kNone;
    }

    bool rephrases(const HeadingText& heading) const {
        if (heading.rank != HeadingRank::kMain || is_site(heading.text)) return false;
        const Words words = words_of(heading.text);
        if (words.empty() || candidates_.empty()) return false;
        if (is_telling(words) && share_of(words, candidates_) >= kRephrases) return true;
        const Words& first = candidates_.front().words;
        return words.size() < first.size() && std::equal(words.begin(), words.end(), first.begin());
    }

    const TitleSources& sources_;
    std::vector<Candidate> candidates_;
    std::string site_;
};

}  // namespace

bool is_site_name(std::string_view part, const std::vector<std::string>& names,
                  std::string_view host) {
    std::string name = letters_only(part);
    if (name.empty()) return false;
    for (const std::string& known : names) {
        if (name == letters_only(known)) return true;
    }
    if (host.empty()) return false;
    if (name.starts_with("the") && name.size() > 6 && !host_name(host).starts_with("the")) {
        name.erase(0, 3);
    }
    const std::string label = host_name(host);
    if (label.size() < 3) return false;
    return name == label || name == letters_only(host) || "www" + name == letters_only(host) ||
           (name.size() > 3 && name.size() <= 2 * label.size() + 4 && name.starts_with(label));
}

TitleParts cut_known_site(std::string_view title, const std::vector<std::string>& site_names,
                          std::string_view host) {
    const std::vector<Separator> found = find_separators(title);
    std::size_t end = title.size();
    for (auto it = found.rbegin(); it != found.rend(); ++it) {
        const std::string_view part = title.substr(it->end, end - it->end);
        if (title.size() - it->end > 100) break;
        if (is_site_name(part, site_names, host)) return parts(title.substr(0, it->at), part);
        end = it->at;
    }
    for (const Separator& separator : found) {
        const std::string_view head = title.substr(0, separator.at);
        if (head.size() > 100) break;
        if (is_site_name(head, site_names, host)) return parts(title.substr(separator.end), head);
    }
    if (const std::size_t colon = title.find(": "); colon < 60) {
        const std::string_view head = title.substr(0, colon);
        for (const std::string& known : site_names) {
            if (same_title(head, known)) return parts(title.substr(colon + 2), head);
        }
    }
    return {std::string(title), {}};
}

TitleParts cut_likely_site(std::string_view title) {
    const std::vector<Separator> found = find_separators(title);
    if (found.empty()) return {std::string(title), {}};
    const Separator& last = found.back();
    if (title.substr(last.at, last.end - last.at) == " : ") return {std::string(title), {}};
    const std::string_view head = trim(title.substr(0, last.at));
    const std::string_view tail = trim(title.substr(last.end));
    const auto words = std::count(head.begin(), head.end(), ' ') + 1;
    const bool stays = words >= 3 || head.size() >= 15;
    if (!stays || tail.size() > 60 || tail.size() >= head.size()) return {std::string(title), {}};
    return {std::string(head), std::string(tail)};
}

int words_in_common(std::string_view a, std::string_view b) {
    const Words left = words_of(a);
    const Words right = words_of(b);
    const std::size_t fewer = std::min(left.size(), right.size());
    if (fewer == 0) return 0;
    const auto common = static_cast<std::size_t>(
        std::count_if(left.begin(), left.end(), [&right](const std::string& word) {
            return std::find(right.begin(), right.end(), word) != right.end();
        }));
    // One word of many says little: "Coupons" is no title of "Garden tools, seeds and coupons".
    if (common < 2 && common * 2 < std::max(left.size(), right.size())) return 0;
    return static_cast<int>(std::min(common, fewer) * 100 / fewer);
}

ChosenTitle choose_title(const TitleSources& sources) { return TitleChooser(sources).choose(); }

bool same_title(std::string_view a, std::string_view b) {
    const std::string left = letters_only(a);
    return !left.empty() && left == letters_only(b);
}

}  // namespace riptide::core
