/// The trained block classifier: tables that training/train.py writes.
#pragma once

#include <array>
#include <cstdint>

#include "core/branched_forest.h"
#include "core/forest.h"

namespace riptide::core {

/// How likely a block is content.
extern const Forest kContent;
/// How likely a block is, of which that leaves a doubt; the features of `kContent`, then
/// `Opinions`.
extern const BranchedForest kSecondOpinion;

inline constexpr std::size_t kPageTypeCount = 6;

/// How likely a page is of each `PageType`, by its value; from the features of the page.
using PageTypes = ClassForest<kPageTypeCount>;
extern const PageTypes kPageTypes;

/// The probability that goes with log odds, in 255ths, by `logit_step`.
extern const std::array<std::uint8_t, kLogitSteps> kProbabilities;

}  // namespace riptide::core
