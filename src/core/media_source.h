/// Where a page's images, players and embeds point to, lazy loading seen through.
#pragma once

#include <string_view>

#include "core/dom.h"

namespace riptide::core {

/// Reads the addresses of media elements. Views live as long as the page. Thread-safe.
class MediaSources {
public:
    explicit MediaSources(const Dom& dom);

    /// The address of an `<img>`, not resolved: what lazy loading would load, else `src`, else the
    /// largest candidate of `srcset` or of the `<source>`s of its `<picture>`. Empty for none.
    [[nodiscard]] std::string_view image(NodeId img) const;
    /// An image too small to be seen, by its attributes: it counts visits.
    [[nodiscard]] bool is_tracker(NodeId img) const;
    /// The address of a `<video>` or `<audio>`: its own, else of its first `<source>` that has one.
    [[nodiscard]] std::string_view player(NodeId element) const;
    /// The address of an `<iframe>`, `<embed>` or `<object>`.
    [[nodiscard]] std::string_view embed(NodeId element) const;

private:
    [[nodiscard]] std::string_view lazy_source(NodeId element) const;

    const Dom& dom_;
    AttributeId lazy_[6];
    AttributeId lazy_sets_[3];
    AttributeId srcset_;
};

/// The candidate of a `srcset` with the largest width or density; the first of equals. Empty when
/// there is none. (WHATWG HTML, "parsing a srcset attribute".)
std::string_view best_candidate(std::string_view srcset);

/// `url` (absolute) belongs to a known service for video, audio, posts, maps or code.
bool is_known_embed(std::string_view url);

}  // namespace riptide::core
