#include "core/title_match.h"

#include <algorithm>
#include <string>
#include <vector>

#include "core/chars.h"

namespace riptide::core {
namespace {

bool is_word_byte(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x80 || (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') ||
           byte == '_';
}

std::vector<std::string_view> words_of(std::string_view text) {
    std::vector<std::string_view> words;
    for (std::size_t i = 0; i < text.size();) {
        if (!is_word_byte(text[i])) {
            ++i;
            continue;
        }
        std::size_t end = i + 1;
        while (end < text.size() && is_word_byte(text[end])) ++end;
        words.push_back(text.substr(i, end - i));
        i = end;
    }
    return words;
}

}  // namespace

double title_similarity(std::string_view title, std::string_view heading) {
    const std::string title_lower = ascii_lower(title);
    const std::string heading_lower = ascii_lower(heading);
    std::vector<std::string_view> known = words_of(title_lower);
    const std::vector<std::string_view> words = words_of(heading_lower);
    if (known.empty() || words.empty()) return 0;
    std::sort(known.begin(), known.end());
    std::size_t all = words.size() - 1;  // spaces between the words
    std::size_t fresh = 0;
    for (std::string_view word : words) {
        all += word.size();
        if (!std::binary_search(known.begin(), known.end(), word)) fresh += word.size() + 1;
    }
    if (fresh > 0) --fresh;
    return 1.0 - static_cast<double>(fresh) / static_cast<double>(all);
}

}  // namespace riptide::core
