#include "core/forest.h"

#include <algorithm>
#include <cstring>
#include <limits>

#include "core/block_model.h"
#ifdef __wasm_simd128__
#include <wasm_simd128.h>
#endif

// The compiler makes the function for newer processors, too, and the loader picks one.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#define RIPTIDE_FOR_NEWER_PROCESSORS [[gnu::target_clones("avx2", "ssse3", "default")]]
#else
#define RIPTIDE_FOR_NEWER_PROCESSORS
#endif

namespace riptide::core {

namespace {

constexpr std::size_t kLanes = FeatureTable::kBatch;
/// So many blocks cost less one by one than all lanes of a batch.
#if defined(__wasm__) && !defined(__wasm_simd128__)
constexpr std::size_t kFew = kLanes;  // without registers for them, lanes go through memory
#else
constexpr std::size_t kFew = 2;
#endif

/// As many as questions can name.
constexpr std::size_t kMostFeatures = std::size_t{std::numeric_limits<std::uint8_t>::max()} + 1;

// A vector extension of GCC and Clang, which targets without such registers do without.
using Lanes [[gnu::vector_size(kLanes)]] = std::int8_t;
using WideLanes [[gnu::vector_size(kLanes)]] = std::int16_t;

template <typename From>
inline Lanes load(const From* from) {
    Lanes lanes;
    std::memcpy(&lanes, from, sizeof lanes);
    return lanes;
}

inline Lanes splat(const std::int8_t& value) {
#if defined(__wasm_simd128__)
    // Behind the compiler's back, or else it loads many at once and takes them apart again.
    const std::int8_t* at = &value;
    asm("" : "+r"(at));
    return reinterpret_cast<Lanes>(wasm_v128_load8_splat(at));
#else
    return Lanes{} + value;
#endif
}

/// The entries of a table that `index`, from 0 to 15, names.
inline Lanes look_up(Lanes table, Lanes index) {
#if defined(__wasm_simd128__)
    return reinterpret_cast<Lanes>(
        wasm_i8x16_swizzle(reinterpret_cast<v128_t>(table), reinterpret_cast<v128_t>(index)));
#elif defined(__clang__)
    Lanes found;
    for (std::size_t i = 0; i < kLanes; ++i) found[i] = table[index[i]];
    return found;
#else
    return __builtin_shuffle(table, index);
#endif
}

inline Lanes choose(Lanes mask, Lanes yes, Lanes no) { return (yes & mask) | (no & ~mask); }

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

struct Sums {
    WideLanes even{};
    WideLanes odd{};

    void add(Lanes leaves) {
        const auto pairs = reinterpret_cast<WideLanes>(leaves);
        even += pairs << 8 >> 8;
        odd += pairs >> 8;
    }
};

/// Adds to the scores of a batch what the forest gives it.
RIPTIDE_FOR_NEWER_PROCESSORS
void add_up(const Forest& forest, const FeatureTable::Row* rows, std::int32_t* scores) {
    // So many leaves do not overflow 16 bits.
    constexpr std::size_t kMost = 256;
    for (std::size_t begin = 0; begin < forest.size; begin += kMost) {
        const std::size_t end = std::min(begin + kMost, forest.size);
        Sums sums;
        for (std::size_t t = begin; t < end; ++t) sums.add(leaves_of(forest.trees[t], rows));
        for (std::size_t i = 0; i < kLanes / 2; ++i) {
            scores[2 * i] += sums.even[i];
            scores[2 * i + 1] += sums.odd[i];
        }
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
