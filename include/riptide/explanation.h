/// How a page was read: what of it became the body and why, and where its metadata came from.
#pragma once

#include <riptide/page_type.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace riptide {

/// Why a block of text is in the body or not.
enum class Reason : std::uint8_t {
    kLikely,        ///< It scores high enough to be content, or what it cannot be parted from does.
    kCaption,       ///< The caption of a figure, which need only be likelier content than not.
    kSelected,      ///< The mode takes it.
    kUnlikely,      ///< It scores too low, or what it cannot be parted from does.
    kLaterArticle,  ///< Of another article below the one that the page is about.
    kNoProse,       ///< All that scores high enough is too little to read.
    kNotSelected,   ///< The mode does not take it.
};

/// Whether a block with this reason is in the body.
constexpr bool is_kept(Reason reason) { return reason <= Reason::kSelected; }

/// What the rules for choosing content said of a block.
enum class Ruling : std::uint8_t {
    kOutside,  ///< Not in the chosen element.
    kRemoved,  ///< Left out before scoring.
    kCleaned,  ///< Left out of the chosen element.
    kKept,
};

/// Something that the score of a block rests on.
struct BlockSignal {
    std::string name;
    std::string value;
    std::int32_t weight = 0;  ///< Hundredths of log odds; positive where it speaks for the block.
    bool operator==(const BlockSignal&) const = default;
};

/// A paragraph, heading, cell or line of a menu, as content is chosen of.
struct ExplainedBlock {
    std::string path;  ///< The elements it is in, innermost last, as a CSS selector names them.
    std::string text;  ///< Its beginning: at most `kMaxExcerptBytes`, white space collapsed.
    Reason reason = Reason::kNotSelected;
    std::uint32_t score = 0;                   ///< 0 to 1000: how likely it is content.
    Ruling article_ruling = Ruling::kOutside;  ///< By the rules for an article.
    Ruling whole_ruling = Ruling::kOutside;    ///< By the rules for the page as a whole.
    std::vector<BlockSignal> signals;          ///< The strongest ones, the strongest first.
    bool operator==(const ExplainedBlock&) const = default;
};

/// Bytes of the text and of the path of an explained block.
inline constexpr std::size_t kMaxExcerptBytes = 120;
/// The score of what is surely content.
inline constexpr std::uint32_t kMaxBlockScore = 1000;

struct TypeVote {
    PageType page_type = PageType::kOther;
    std::int32_t weight = 0;  ///< Hundredths of log odds; only comparable with the other types'.
    bool operator==(const TypeVote&) const = default;
};

enum class MetadataField : std::uint8_t {
    kTitle,
    kByline,
    kPublished,
    kModified,
    kLanguage,
    kSiteName,
    kDescription,
    kCanonicalUrl,
    kCategories,
    kTags,
};

/// Where a page tells something of itself.
enum class Origin : std::uint8_t {
    kJsonLd,
    kMeta,          ///< `<meta>` or `<link>`.
    kTitleElement,  ///< `<title>`.
    kHeading,
    kMarkup,   ///< Attributes made for programs: `lang`, `itemprop`, `rel` and the like.
    kText,     ///< What the page shows.
    kAddress,  ///< The page's address.
};

struct FieldOrigin {
    MetadataField field = MetadataField::kTitle;
    Origin origin = Origin::kJsonLd;
    bool operator==(const FieldOrigin&) const = default;
};

/// Scores, rulings, signals and what the rules did are told in mode article only; elsewhere they
/// are 0, false or empty. Texts are UTF-8. Plain data: any thread may read it.
struct Explanation {
    std::vector<TypeVote> type_votes;  ///< For each type.
    std::uint32_t threshold = 0;       ///< Blocks with at least this score are content.
    /// Code points that the rules for an article chose, by attempt; each trusts names less.
    std::vector<std::uint32_t> attempts;
    bool prefers_article = false;   ///< The rules find the page to be little more than its article.
    bool declares_article = false;  ///< The page calls itself an article (JSON-LD, OpenGraph).
    std::uint32_t article_body_bytes = 0;  ///< Of schema.org's `articleBody`.
    std::vector<FieldOrigin> origins;      ///< For each field of metadata that was found.
    std::vector<ExplainedBlock> blocks;    ///< In document order.
    bool operator==(const Explanation&) const = default;
};

std::string_view to_string(Reason reason) noexcept;
std::string_view to_string(Ruling ruling) noexcept;
std::string_view to_string(MetadataField field) noexcept;
std::string_view to_string(Origin origin) noexcept;

}  // namespace riptide
