#include "core/language_tag.h"

#include <algorithm>

#include "core/chars.h"

namespace riptide::core {

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

}  // namespace riptide::core
