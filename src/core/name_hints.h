/// What the names that authors give to elements (`class`, `id`) suggest about their content.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace riptide::core {

/// The first six are the word classes of Mozilla Readability's published algorithm.
enum NameHint : std::uint32_t {
    kUnlikelyName = 1U << 0U,  ///< Names what surrounds an article.
    kMaybeName = 1U << 1U,     ///< Speaks against `kUnlikelyName`.
    kPositiveName = 1U << 2U,  ///< Names content.
    kNegativeName = 1U << 3U,  ///< Names boilerplate.
    kShareName = 1U << 4U,     ///< Buttons to share the page.
    kBylineName = 1U << 5U,    ///< Author or date line.
    kChromeName = 1U << 6U,    ///< Navigation, footer, banners: the site rather than the page.
    kTeaserName = 1U << 7U,    ///< Pointers to other pages: related, recommended, newsletter.
    kCommentName = 1U << 8U,   ///< Readers' comments.
    kCaptionName = 1U << 9U,   ///< Text about an image.
    kDateName = 1U << 10U,     ///< When the page was published.
    // What the block classifier weighs; no rule depends on these.
    kItemName = 1U << 11U,     ///< One of many alike: card, tile, result.
    kReplyName = 1U << 12U,    ///< A post of a thread.
    kReviewName = 1U << 13U,   ///< Ratings and what customers say.
    kShopName = 1U << 14U,     ///< Prices, carts, delivery.
    kFilterName = 1U << 15U,   ///< Searching, sorting and filtering.
    kOutlineName = 1U << 16U,  ///< Tables of contents, tabs.
    kDetailName = 1U << 17U,   ///< Descriptions, specifications, summaries.
    kTopicName = 1U << 18U,    ///< Tags and categories.
    kPersonName = 1U << 19U,   ///< Biographies, profiles, avatars.
    kStripName = 1U << 20U,    ///< Grids, rows, carousels.
    kTitleName = 1U << 21U,    ///< Titles and headlines.
    kLegalName = 1U << 22U,    ///< Copyright, terms, privacy.
    kManualName = 1U << 23U,   ///< Documentation.
};

/// The hints of one attribute's value: a bit set of `NameHint`. Case-insensitive, linear.
std::uint32_t name_hints(std::string_view value);

/// `name_hints` for one page, whose elements share few values: remembers the latest ones. The
/// values must outlive it.
class NameHintCache {
public:
    std::uint32_t operator()(std::string_view value);

private:
    struct Entry {
        std::string_view value;
        std::uint32_t hints = 0;
    };
    static constexpr std::size_t kEntries = 512;
    std::array<Entry, kEntries> entries_{};
};

}  // namespace riptide::core
