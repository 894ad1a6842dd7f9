#include "core/link_signs.h"

#include <algorithm>

#include "core/chars.h"

namespace riptide::core {
namespace {

bool is_sign(std::string_view text, bool in_heading) {
    constexpr std::string_view kSigns[] = {"¶", "§", "🔗", "↩", "↑", "⤴", "↵", "⏎", "^"};
    constexpr std::string_view kAsText = "\uFE0E";
    constexpr std::string_view kAsPicture = "\uFE0F";
    if (text.ends_with(kAsText) || text.ends_with(kAsPicture)) {
        text.remove_suffix(kAsText.size());
    }
    if (text == "#") return in_heading;
    if (std::ranges::find(kSigns, text) != std::end(kSigns)) return true;
    constexpr std::string_view kFirstPrivate = "\uE000";
    constexpr std::string_view kLastPrivate = "\uF8FF";
    return text.size() == kFirstPrivate.size() && kFirstPrivate <= text && text <= kLastPrivate;
}

}  // namespace

bool is_link_sign(const Dom& dom, NodeId link, bool in_heading) {
    constexpr NodeId kMostNodes = 5;
    if (dom[link].end - link > kMostNodes) return false;
    std::string_view sign;
    for (NodeId n = link + 1; n < dom[link].end; ++n) {
        if (dom[n].tag == LXB_TAG_IMG) return false;
        if (!dom[n].is_text() || dom[n].blank) continue;
        if (!sign.empty()) return false;
        sign = trim(dom.text(n));
    }
    return is_sign(sign, in_heading) && dom.attribute(link, LXB_DOM_ATTR_HREF).starts_with('#');
}

bool is_bracketed_link(const Dom& dom, NodeId element) {
    constexpr NodeId kMostNodes = 16;
    if (dom[element].tag != LXB_TAG_SPAN || dom[element].end - element > kMostNodes) return false;
    std::string_view first;
    std::string_view last;
    NodeId link_end = 0;
    bool has_link = false;
    for (NodeId n = element + 1; n < dom[element].end; ++n) {
        if (dom[n].tag == LXB_TAG_A) {
            has_link = true;
            link_end = dom[n].end;
        }
        if (!dom[n].is_text() || dom[n].blank || n < link_end) continue;
        last = trim(dom.text(n));
        if (first.empty()) first = last;
    }
    return has_link && first == "[" && last == "]";
}

}  // namespace riptide::core
