#include "core/classify.h"

#include <algorithm>
#include <array>
#include <bit>

#include "core/block_model.h"

namespace riptide::core {
namespace {

/// Bounds of the threshold, in 255ths: what is surely content or surely not stays so, whatever the
/// rest of the page is.
constexpr std::uint32_t kLowestThreshold = 51;
constexpr std::uint32_t kHighestThreshold = 153;

/// Tenths that what is chosen counts, against what should be: precision weighs a little more than
/// in F1 (van Rijsbergen's F with a beta of 0.8), since pages that surprise have too much chosen.
constexpr double kSizeWeight = 6;

/// The threshold with the highest expected F: of all choices of a size, that of the likeliest
/// blocks is best (Lewis, "Evaluating and optimizing autonomous text classification systems",
/// 1995).
void choose_threshold(const TextBlocks& blocks, Verdict& verdict) {
    std::array<std::uint64_t, 256> chars{};
    std::array<std::uint64_t, 4> used{};  // a bit for each probability that some block has
    const auto use = [&used](std::uint32_t at) { used[at / 64] |= std::uint64_t{1} << (at % 64); };
    std::uint64_t all = 0;  // expected content, in 255ths of code points
    for (BlockIndex b = 0; b < blocks.size(); ++b) {
        use(verdict.probability[b]);
        chars[verdict.probability[b]] += blocks[b].chars;
        all += std::uint64_t{blocks[b].chars} * verdict.probability[b];
    }
    use(kHighestThreshold);
    std::uint64_t hits = 0;
    std::uint64_t size = 0;
    double best = -1;
    const auto try_threshold = [&](std::uint32_t threshold) {
        hits += threshold * chars[threshold];
        size += 255 * chars[threshold];
        if (threshold > kHighestThreshold) return;
        const auto found = static_cast<double>(hits);
        const double worth = size + all == 0
                                 ? 0.0
                                 : found / (kSizeWeight * static_cast<double>(size) +
                                            (10 - kSizeWeight) * static_cast<double>(all));
        if (worth <= best) return;
        best = worth;
        verdict.threshold = static_cast<std::uint8_t>(threshold);
        verdict.expected_f1 =
            size + all == 0
                ? 0
                : static_cast<std::uint32_t>(200 * found / static_cast<double>(size + all));
    };
    for (std::uint32_t word = used.size(); word-- > 0;) {
        for (std::uint64_t left = used[word]; left != 0;) {
            const auto bit = static_cast<std::uint32_t>(std::bit_width(left)) - 1;
            left ^= std::uint64_t{1} << bit;
            const std::uint32_t threshold = word * 64 + bit;
            if (threshold < kLowestThreshold) return;
            try_threshold(threshold);
        }
    }
}

}  // namespace

PageType tell_page_type(const FeatureTable& features) {
    if (features.blocks() == 0) return PageType::kOther;
    return static_cast<PageType>(kPageTypes.best(features.page()));
}

Verdict classify(const TextBlocks& blocks, const FeatureTable& features) {
    const std::vector<std::int32_t> logits = evaluate(kContent, features);
    Verdict verdict;
    verdict.probability.resize(logits.size());
    std::transform(logits.begin(), logits.end(), verdict.probability.begin(), probability);
    choose_threshold(blocks, verdict);
    return verdict;
}

}  // namespace riptide::core
