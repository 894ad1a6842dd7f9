/// What the block classifier is told of each text block: the block itself, its neighbours, the
/// elements around it, the names of those, what repeats, the page as a whole, and what the rules of
/// content selection decided.
///
/// Features of this kind go back to Kohlschütter et al., "Boilerplate detection using shallow text
/// features" (2010), and Vogels et al., "Web2Text" (2018).
#pragma once

#include <riptide/explanation.h>

#include <cstdint>
#include <vector>

#include "core/feature_table.h"
#include "core/metadata.h"
#include "core/open_kinds.h"
#include "core/text_blocks.h"

namespace riptide::core {

/// By block.
struct Rulings {
    std::vector<Ruling> article;  ///< Of scoring and cleaning.
    std::vector<Ruling> whole;    ///< Of selecting from the whole page.
    bool prefers_article = false;
};

/// What a block has of its own, what of it its neighbours are told, and what the page has.
inline constexpr std::size_t kOwnFeatures = 158;
inline constexpr std::size_t kToldFeatures = 7;
inline constexpr std::size_t kPageFeatures = 51;

/// Elements around a block of which it is told how much of the page they hold (`Kind`), and names
/// of elements of which the page is told the same (`NameHint`, by its bit).
inline constexpr std::size_t kMeasuredKinds[] = {kInArticle,   kInMain,      kInSection,
                                                 kInList,      kInNamed + 0, kInNamed + 2,
                                                 kInNamed + 6, kInNamed + 7, kInNamed + 8};
inline constexpr std::size_t kSurveyedHints[] = {8, 11, 12, 13, 14, 17};

/// Linear in the page, but for sorting the blocks.
FeatureTable read_features(const Dom& dom, const Signals& signals, const TextBlocks& blocks,
                           const Metadata& metadata, const Rulings& rulings);

}  // namespace riptide::core
