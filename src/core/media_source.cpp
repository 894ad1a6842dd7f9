#include "core/media_source.h"

#include <algorithm>
#include <array>

#include "core/chars.h"

namespace riptide::core {
namespace {

/// Sorted. A host counts when it is one of these or ends in "." and one of these.
constexpr auto kEmbedHosts = std::to_array<std::string_view>({
    "bandcamp.com",    "bilibili.com",
    "bsky.app",        "codepen.io",
    "dailymotion.com", "facebook.com",
    "flourish.studio", "giphy.com",
    "instagram.com",   "jsfiddle.net",
    "jwplatform.com",  "loom.com",
    "mixcloud.com",    "openstreetmap.org",
    "pinterest.com",   "podbean.com",
    "rumble.com",      "scribd.com",
    "simplecast.com",  "slideshare.net",
    "soundcloud.com",  "spotify.com",
    "streamable.com",  "ted.com",
    "tiktok.com",      "twitch.tv",
    "twitter.com",     "vimeo.com",
    "wistia.com",      "wistia.net",
    "x.com",           "youku.com",
    "youtu.be",        "youtube-nocookie.com",
    "youtube.com",
});

/// A number in thousandths, of digits and an optional fraction; as large as fits.
std::uint64_t thousandths(std::string_view text) {
    constexpr std::uint64_t kLargest = 1'000'000'000;
    std::uint64_t value = 0;
    std::uint64_t scale = 1000;
    bool fraction = false;
    for (const char c : text) {
        if (c == '.' && !fraction) {
            fraction = true;
        } else if (c < '0' || c > '9') {
            break;
        } else if (!fraction) {
            value = std::min(value * 10 + static_cast<std::uint64_t>(c - '0') * 1000, kLargest);
        } else if (scale > 1) {
            scale /= 10;
            value += static_cast<std::uint64_t>(c - '0') * scale;
        }
    }
    return value;
}

/// Stands in until a script loads the real one, or is what a script makes the real one of.
bool is_placeholder(std::string_view src) {
    return src.empty() || ascii_iequals(src.substr(0, 5), "data:") ||
           ascii_iequals(src.substr(0, 6), "about:") || src.find('{') != std::string_view::npos;
}

}  // namespace

std::string_view best_candidate(std::string_view srcset) {
    std::string_view best;
    std::uint64_t best_size = 0;
    std::size_t at = 0;
    while (at < srcset.size()) {
        while (at < srcset.size() && (is_space(srcset[at]) || srcset[at] == ',')) ++at;
        const std::size_t begin = at;
        while (at < srcset.size() && !is_space(srcset[at])) ++at;
        std::string_view url = srcset.substr(begin, at - begin);
        std::uint64_t size = 1000;
        if (url.ends_with(',')) {
            while (url.ends_with(',')) url.remove_suffix(1);
        } else {
            const std::size_t descriptors = at;
            int depth = 0;
            for (; at < srcset.size() && (srcset[at] != ',' || depth > 0); ++at) {
                if (srcset[at] == '(') ++depth;
                if (srcset[at] == ')' && depth > 0) --depth;
            }
            const std::string_view text = trim_ascii(srcset.substr(descriptors, at - descriptors));
            if (!text.empty()) size = thousandths(text);
        }
        if (!is_placeholder(url) && size > best_size) {
            best = url;
            best_size = size;
        }
    }
    return best;
}

bool is_known_embed(std::string_view url) {
    const std::size_t scheme = url.find("://");
    if (scheme == std::string_view::npos) return false;
    std::string_view host = url.substr(scheme + 3);
    host = host.substr(0, host.find_first_of("/?#:"));
    if (host == "maps.google.com" || url.find("://www.google.com/maps") == scheme) return true;
    for (;;) {
        if (std::binary_search(kEmbedHosts.begin(), kEmbedHosts.end(), host)) return true;
        const std::size_t dot = host.find('.');
        if (dot == std::string_view::npos) return false;
        host.remove_prefix(dot + 1);
    }
}

MediaSources::MediaSources(const Dom& dom)
    : dom_(dom),
      lazy_{dom.attribute_id("data-src"),          dom.attribute_id("data-original"),
            dom.attribute_id("data-lazy-src"),     dom.attribute_id("data-lazy"),
            dom.attribute_id("data-original-src"), dom.attribute_id("data-full-src")},
      lazy_sets_{dom.attribute_id("data-srcset"), dom.attribute_id("data-lazy-srcset"),
                 dom.attribute_id("data-original-set")},
      srcset_(dom.attribute_id("srcset")) {}

std::string_view MediaSources::lazy_source(NodeId element) const {
    for (const AttributeId name : lazy_) {
        const std::string_view value = trim_ascii(dom_.attribute(element, name));
        if (!is_placeholder(value)) return value;
    }
    for (const AttributeId name : lazy_sets_) {
        const std::string_view value = best_candidate(dom_.attribute(element, name));
        if (!value.empty()) return value;
    }
    return {};
}

std::string_view MediaSources::image(NodeId img) const {
    if (const std::string_view lazy = lazy_source(img); !lazy.empty()) return lazy;
    const std::string_view src = trim_ascii(dom_.attribute(img, LXB_DOM_ATTR_SRC));
    if (!is_placeholder(src)) return src;
    const std::string_view set = best_candidate(dom_.attribute(img, srcset_));
    if (!set.empty()) return set;
    const NodeId parent = dom_[img].parent;
    if (parent == kNoNode || dom_[parent].tag != LXB_TAG_PICTURE) return {};
    // Sources stand before the image. Few are looked at: a page may fill a picture with images.
    constexpr int kMaxSources = 16;
    int seen = 0;
    for (NodeId c = dom_.first_child(parent); c != kNoNode && c < img && seen < kMaxSources;
         c = dom_.next_sibling(c), ++seen) {
        if (dom_[c].tag != LXB_TAG_SOURCE) continue;
        if (const std::string_view lazy = lazy_source(c); !lazy.empty()) return lazy;
        const std::string_view from = best_candidate(dom_.attribute(c, srcset_));
        if (!from.empty()) return from;
    }
    return {};
}

bool MediaSources::is_tracker(NodeId img) const {
    const auto tiny = [](std::string_view size) {
        return size == "0" || size == "1" || size == "1px";
    };
    return tiny(trim_ascii(dom_.attribute(img, LXB_DOM_ATTR_WIDTH))) &&
           tiny(trim_ascii(dom_.attribute(img, LXB_DOM_ATTR_HEIGHT)));
}

std::string_view MediaSources::player(NodeId element) const {
    const std::string_view src = trim_ascii(dom_.attribute(element, LXB_DOM_ATTR_SRC));
    if (!is_placeholder(src)) return src;
    for (NodeId n = element + 1; n < dom_[element].end; ++n) {
        if (dom_[n].tag != LXB_TAG_SOURCE) continue;
        const std::string_view from = trim_ascii(dom_.attribute(n, LXB_DOM_ATTR_SRC));
        if (!is_placeholder(from)) return from;
    }
    return lazy_source(element);
}

std::string_view MediaSources::embed(NodeId element) const {
    AttributeId name = LXB_DOM_ATTR_SRC;
    if (dom_[element].tag == LXB_TAG_OBJECT) name = dom_.attribute_id("data");
    const std::string_view src = trim_ascii(dom_.attribute(element, name));
    return is_placeholder(src) ? lazy_source(element) : src;
}

}  // namespace riptide::core
