/// What riptide makes of a page.
#pragma once

#include <riptide/explanation.h>
#include <riptide/page_type.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace riptide {

struct Link {
    std::string url;  ///< Absolute where the document's URL is known; http(s), mailto, tel or ftp.
    std::string text;
    std::string rel;
    bool operator==(const Link&) const = default;
};

enum class MediaKind : std::uint8_t { kImage, kVideo, kAudio, kEmbed };

struct Media {
    std::string url;
    MediaKind kind;
    std::string alt;
    bool operator==(const Media&) const = default;
};

/// `kEmpty`: the page has no main content. An error is never a `Document`.
enum class Status : std::uint8_t { kOk, kEmpty };

/// What was cut because the page exceeded a cap (`src/core/limits.h`).
enum class Truncation : std::uint8_t {
    kDepth,
    kAttributes,
    kNodes,
    kFormatting,
    kOptions,
    kOutput
};

enum class Engine : std::uint8_t { kWasm, kNative };

/// Strings are UTF-8, and empty where the page does not tell. Plain data: any thread may read it.
struct Document {
    Status status = Status::kOk;
    std::string url;
    std::string canonical_url;
    std::string title;      ///< Without the site's name.
    std::string byline;     ///< The authors, joined by ", ".
    std::string published;  ///< ISO 8601, as precise as the page tells it; where it tells no
                            ///< other, that of the last change.
    std::string modified;   ///< ISO 8601, as precise as the page tells it.
    std::string language;   ///< BCP 47.
    std::string dir;        ///< "ltr", "rtl", "auto" or empty.
    std::string site_name;
    std::string description;
    std::string text;      ///< Paragraphs separated by an empty line.
    std::string markdown;  ///< CommonMark with GFM tables.
    std::string html;      ///< Clean and safe: no scripts, handlers, styles or unsafe URLs.
    std::vector<Link> links;
    std::vector<Media> media;
    std::vector<std::string> categories;
    std::vector<std::string> tags;
    std::uint32_t word_count = 0;
    std::uint32_t reading_time_minutes = 0;
    std::uint32_t quality_score = 0;  ///< 0 to 100.
    PageType page_type = PageType::kOther;
    std::vector<Truncation> truncated;  ///< Each at most once, in the order of the enumeration.
    std::string tei;                    ///< XML: a `<TEI>` element of TEI P5, header and text.
    std::optional<Explanation> explanation;

    // Told by the host, not by the core.
    Engine engine = Engine::kNative;
    std::string fallback_reason;  ///< Why `engine` is native although wasm was asked for.
    std::string encoding;         ///< WHATWG name of the encoding the bytes were decoded from.

    bool operator==(const Document&) const = default;
};

std::string_view to_string(MediaKind kind) noexcept;
std::string_view to_string(Status status) noexcept;
std::string_view to_string(Truncation truncation) noexcept;
std::string_view to_string(Engine engine) noexcept;

}  // namespace riptide
