#include "core/forest.h"

#include <algorithm>
#include <limits>

#include "core/block_model.h"
#include "core/lanes.h"

namespace riptide::core {
namespace {

/// So many blocks cost less one by one than all lanes of a batch.
constexpr std::size_t kFew = kHasLanes ? 2 : kLanes;

/// As many as questions can name.
constexpr std::size_t kMostFeatures = std::size_t{std::numeric_limits<std::uint8_t>::max()} + 1;

/// What the tree gives each block of a batch.
inline Lanes leaves_of(const Tree& tree, const FeatureTable::Row* rows) {
    const auto answers = [&](std::size_t level) {
        const Question& question = tree.questions[level];
        return load(rows[question.feature].data()) > splat(question.threshold);
    };
    // The first answers find the place in each of four tables, the others the table.
    static_assert(kTreeDepth == 6 && kTreeLeaves == 4 * kLanes);
    // Spelled out, because not every compiler unrolls so short a loop.
    const Lanes index = (answers(0) & 1) | (answers(1) & 2) | (answers(2) & 4) | (answers(3) & 8);
    const auto found = [&](std::size_t table) {
        return look_up(load(tree.leaves + table * kLanes), index);
    };
    const Lanes odd = answers(4);
    return choose(answers(5), choose(odd, found(3), found(2)), choose(odd, found(1), found(0)));
}

/// Adds to the scores of a batch what the forest gives it.
RIPTIDE_FOR_NEWER_PROCESSORS
void add_up(const Forest& forest, const FeatureTable::Row* rows, std::int32_t* scores) {
    for (std::size_t begin = 0; begin < forest.size; begin += LaneSums::kMost) {
        const std::size_t end = std::min(begin + LaneSums::kMost, forest.size);
        LaneSums sums;
        for (std::size_t t = begin; t < end; ++t) sums.add(leaves_of(forest.trees[t], rows));
        sums.add_to(scores);
    }
}

/// As above for one block of a batch, for batches that have few; of its own, so that what it reads
/// stays in registers.
[[gnu::noinline]] std::int32_t add_up_for(const Forest& forest,
                                          std::span<const FeatureTable::Row> rows,
                                          std::size_t lane) {
    std::array<std::int8_t, kMostFeatures> features;
    const std::size_t count = std::min(rows.size(), features.size());
    for (std::size_t i = 0; i < count; ++i) features[i] = rows[i][lane];
    // A difference of two bytes that is negative has all bits from the eighth on.
    constexpr std::uint32_t kSign = 8;
    std::int32_t score = 0;
    for (const Tree& tree : std::span(forest.trees, forest.size)) {
        const auto answer = [&](std::uint32_t level) {
            const Question& question = tree.questions[level];
            const int rest = question.threshold - features[question.feature];
            return static_cast<std::uint32_t>(rest) & 1U << (kSign + level);
        };
        static_assert(kTreeDepth == 6);
        const std::uint32_t answers =
            answer(0) | answer(1) | answer(2) | answer(3) | answer(4) | answer(5);
        score += tree.leaves[answers >> kSign];
    }
    return score;
}

}  // namespace

std::vector<std::int32_t> evaluate(const Forest& forest, const FeatureTable& features) {
    std::vector<std::int32_t> scores(std::size_t{features.batches()} * kLanes, forest.bias);
    std::vector<FeatureTable::Row> rows(features.features());
    features.load_page(rows.data());
    for (BlockIndex batch = 0; batch < features.batches(); ++batch) {
        features.load(batch, rows.data());
        std::int32_t* const batch_scores = scores.data() + std::size_t{batch} * kLanes;
        const std::size_t left = std::min(features.blocks() - std::size_t{batch} * kLanes, kLanes);
        if (left > kFew) {
            add_up(forest, rows.data(), batch_scores);
            continue;
        }
        for (std::size_t lane = 0; lane < left; ++lane) {
            batch_scores[lane] += add_up_for(forest, rows, lane);
        }
    }
    scores.resize(features.blocks());
    return scores;
}

std::uint8_t probability(std::int32_t logit) { return kProbabilities[logit_step(logit)]; }

}  // namespace riptide::core
