#include "core/title.h"

#include <algorithm>

#include "core/chars.h"
#include "core/plain_text.h"

namespace riptide::core {
namespace {

/// Between spaces these part a title; a bar does so without spaces too.
constexpr std::string_view kSeparators[] = {"|", "-", "–", "—",  "::", "»", "«",
                                            "·", "•", "/", "\\", ">",  "<", "｜",
                                            "‹", "›", "⋆", "~",  "−",  "―", "►"};

constexpr std::size_t kMaxWords = 40;

struct Separator {
    std::size_t at;
    std::size_t end;
};

std::vector<Separator> find_separators(std::string_view title) {
    std::vector<Separator> found;
    for (std::size_t at = 0; at < title.size(); ++at) {
        if (title[at] == '|') {
            found.push_back({at, at + 1});
            continue;
        }
        if (title.substr(at).starts_with("｜")) {
            found.push_back({at, at + 3});
            continue;
        }
        if (title[at] != ' ') continue;
        for (const std::string_view mark : kSeparators) {
            const std::string_view rest = title.substr(at + 1);
            if (rest.starts_with(mark) && rest.size() > mark.size() && rest[mark.size()] == ' ') {
                found.push_back({at, at + mark.size() + 2});
                at += mark.size();
                break;
            }
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

bool is_site(std::string_view part, const std::vector<std::string>& names, std::string_view host) {
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
           (name.size() > 3 && name.starts_with(label));
}

TitleParts parts(std::string_view kept, std::string_view site) {
    return {std::string(trim(kept)), std::string(trim(site))};
}

/// Scripts without spaces give their characters in place of words.
std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> words;
    std::string word;
    const auto flush = [&] {
        if (!word.empty() && words.size() < kMaxWords) words.push_back(std::move(word));
        word.clear();
    };
    for (std::size_t at = 0; at < text.size() && words.size() < kMaxWords;) {
        const std::size_t from = at;
        const char32_t point = next_code_point(text, at);
        std::string letters = letters_only(text.substr(from, at - from));
        if (letters.empty() && point != U'\'' && point != 0x2019) flush();
        word += letters;
        if (point >= 0x2E80 && !letters.empty()) flush();
    }
    flush();
    return words;
}

}  // namespace

TitleParts cut_known_site(std::string_view title, const std::vector<std::string>& site_names,
                          std::string_view host) {
    const std::vector<Separator> found = find_separators(title);
    for (auto it = found.rbegin(); it != found.rend(); ++it) {
        const std::string_view tail = title.substr(it->end);
        if (tail.size() > 100) break;
        if (is_site(tail, site_names, host)) return parts(title.substr(0, it->at), tail);
    }
    for (const Separator& separator : found) {
        const std::string_view head = title.substr(0, separator.at);
        if (head.size() > 100) break;
        if (is_site(head, site_names, host)) return parts(title.substr(separator.end), head);
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
    const std::string_view head = trim(title.substr(0, last.at));
    const std::string_view tail = trim(title.substr(last.end));
    const auto words = std::count(head.begin(), head.end(), ' ') + 1;
    const bool stays = words >= 3 || head.size() >= 15;
    if (!stays || tail.size() > 60 || tail.size() >= head.size()) return {std::string(title), {}};
    return {std::string(head), std::string(tail)};
}

int words_in_common(std::string_view a, std::string_view b) {
    const std::vector<std::string> left = words_of(a);
    const std::vector<std::string> right = words_of(b);
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

bool same_title(std::string_view a, std::string_view b) {
    const std::string left = letters_only(a);
    return !left.empty() && left == letters_only(b);
}

}  // namespace riptide::core
