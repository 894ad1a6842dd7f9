#include "core/threshold.h"

#include <algorithm>
#include <array>
#include <bit>

#include "core/block_model.h"

namespace riptide::core {
namespace {

/// Bounds of the threshold, by `logit_step`: what is surely content or surely not stays so,
/// whatever the rest of the page is.
constexpr std::size_t kEven = kLogitSteps / 2;
constexpr std::size_t kLowestThreshold = kEven - 11;
constexpr std::size_t kHighestThreshold = kEven + 3;

/// Tenths that what is chosen counts, against what should be: precision weighs a little more than
/// in F1 (van Rijsbergen's F with a beta of 0.8), since pages that surprise have too much chosen.
constexpr double kSizeWeight = 6;

/// What is wrong about one block of a page is often wrong about all of them. So a choice should be
/// good, too, where log odds are by so many steps too high or too low, all at once.
struct Case {
    std::int32_t steps;
    double weight;
};
constexpr std::array<Case, 3> kCases = {{{-24, 1}, {0, 2}, {24, 1}}};
constexpr std::size_t kAsItSeems = 1;

/// Probability of a step of log odds in a case, in 255ths.
std::uint32_t probability_in(const Case& of, std::size_t step) {
    const std::int32_t at = static_cast<std::int32_t>(step) + of.steps;
    return kProbabilities[static_cast<std::size_t>(
        std::clamp(at, 0, static_cast<std::int32_t>(kLogitSteps) - 1))];
}

/// Code points of blocks by step of log odds.
class Steps {
public:
    void add(std::size_t step, std::uint32_t chars) {
        chars_[step] += chars;
        used_[step / 64] |= std::uint64_t{1} << (step % 64);
    }
    /// From the highest one down.
    template <typename Visit>
    void each_used(Visit visit) const {
        for (std::size_t word = used_.size(); word-- > 0;) {
            for (std::uint64_t left = used_[word]; left != 0;) {
                const auto bit = static_cast<std::size_t>(std::bit_width(left)) - 1;
                left ^= std::uint64_t{1} << bit;
                visit(word * 64 + bit, chars_[word * 64 + bit]);
            }
        }
    }

private:
    std::array<std::uint64_t, kLogitSteps> chars_{};
    std::array<std::uint64_t, kLogitSteps / 64 + 1> used_{};  // a bit for each step that has blocks
};

}  // namespace

Threshold choose_threshold(const TextBlocks& blocks, const std::vector<std::int32_t>& logits) {
    Threshold chosen;
    Steps steps;
    for (BlockIndex b = 0; b < blocks.size(); ++b)
        steps.add(logit_step(logits[b]), blocks[b].chars);
    steps.add(kHighestThreshold, 0);
    // In each case, in 255ths of code points.
    std::array<std::uint64_t, kCases.size()> content{};
    std::array<std::uint64_t, kCases.size()> found{};
    steps.each_used([&content](std::size_t step, std::uint64_t chars) {
        for (std::size_t c = 0; c < kCases.size(); ++c) {
            content[c] += probability_in(kCases[c], step) * chars;
        }
    });
    std::uint64_t size = 0;
    double best = -1;
    steps.each_used([&](std::size_t step, std::uint64_t chars) {
        if (step < kLowestThreshold) return;
        size += 255 * chars;
        double worth = 0;
        for (std::size_t c = 0; c < kCases.size(); ++c) {
            found[c] += probability_in(kCases[c], step) * chars;
            if (found[c] == 0) continue;
            worth += kCases[c].weight * static_cast<double>(found[c]) /
                     (kSizeWeight * static_cast<double>(size) +
                      (10 - kSizeWeight) * static_cast<double>(content[c]));
        }
        if (step > kHighestThreshold || worth <= best) return;
        best = worth;
        chosen.value = kProbabilities[step];
        const std::uint64_t both = size + content[kAsItSeems];
        chosen.expected_f1 =
            both == 0 ? 0
                      : static_cast<std::uint32_t>(200 * static_cast<double>(found[kAsItSeems]) /
                                                   static_cast<double>(both));
    });
    return chosen;
}

}  // namespace riptide::core
