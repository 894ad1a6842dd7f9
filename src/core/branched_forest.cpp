#include "core/branched_forest.h"

#include <algorithm>
#include <bit>

#include "core/lanes.h"

namespace riptide::core {
namespace {

/// So many blocks cost less one by one than all lanes of a batch.
constexpr std::size_t kFew = kHasLanes ? 2 : kLanes;

/// All bits where the value is greater.
inline Lanes greater(Lanes value, const std::int8_t& threshold) { return value > splat(threshold); }
inline std::int8_t greater(std::int8_t value, const std::int8_t& threshold) {
    return value > threshold ? -1 : 0;
}
inline bool is_any(Lanes yes) { return any(yes); }
inline bool is_any(std::int8_t yes) { return yes != 0; }
inline void clear(const std::int8_t& bits, Lanes where, FeatureTable::Row& from) {
    const Lanes left = load(from.data()) & ~(where & splat(bits));
    std::memcpy(from.data(), &left, sizeof left);
}
inline void clear(std::int8_t bits, std::int8_t /*where*/, std::int8_t& from) {
    from = static_cast<std::int8_t>(from & ~bits);
}

/// Asks about the forest's features from `begin` to `end`; `value_of` tells what one is, of one
/// block or of a batch.
template <typename ValueOf, typename Left>
[[gnu::always_inline]] inline void rule_out(const BranchedForest& forest, std::size_t begin,
                                            std::size_t end, ValueOf value_of, Left* left) {
    for (std::size_t f = begin; f < end; ++f) {
        const auto value = value_of(forest.features[f].feature);
        const SharedQuestion* question = &forest.questions[forest.features[f].begin];
        const SharedQuestion* const last = &forest.questions[forest.features[f + 1].begin];
        const RuledOut* out = &forest.ruled_out[question->begin];
        do {
            const auto yes = greater(value, question->threshold);
            if (!is_any(yes)) break;
            const RuledOut* const stop = forest.ruled_out.data() + (++question)->begin;
            do {
                clear(out->leaves, yes, left[out->at]);
            } while (++out != stop);
        } while (question != last);
    }
}

/// For the bits of a half of a byte, the number of the first that is set, and `begin` more.
constexpr std::array<std::int8_t, kLanes> first_set(int begin) {
    std::array<std::int8_t, kLanes> numbers{};
    numbers[0] = 127;  // none
    for (unsigned bits = 1; bits < kLanes; ++bits) {
        numbers[bits] = static_cast<std::int8_t>(begin + std::countr_zero(bits));
    }
    return numbers;
}
constexpr std::array<std::array<std::int8_t, kLanes>, 2 * kLeafBytes> kFirstSet = {
    first_set(0), first_set(4), first_set(8), first_set(12)};

inline Lanes lesser(Lanes a, Lanes b) { return a < b ? a : b; }

/// The number of the first leaf that is left.
inline Lanes first_left(const FeatureTable::Row* left) {
    const auto first_in = [&](std::size_t byte) {
        const Lanes bits = load(left[byte].data());
        const auto high = reinterpret_cast<Lanes>(reinterpret_cast<WideLanes>(bits) >> 4);
        return lesser(look_up(load(kFirstSet[2 * byte].data()), bits & 15),
                      look_up(load(kFirstSet[2 * byte + 1].data()), high & 15));
    };
    static_assert(kLeafBytes == 2);
    return lesser(first_in(0), first_in(1));
}

RIPTIDE_FOR_NEWER_PROCESSORS
void rule_out_for_batch(const BranchedForest& forest, std::size_t begin, std::size_t end,
                        const FeatureTable::Row* rows, FeatureTable::Row* left) {
    rule_out(
        forest, begin, end, [rows](std::size_t feature) { return load(rows[feature].data()); },
        left);
}

/// Adds to the scores of a batch what the leaves that are left give it.
RIPTIDE_FOR_NEWER_PROCESSORS
void add_up(const BranchedForest& forest, const FeatureTable::Row* left, std::int32_t* scores) {
    static_assert(kBranchedLeaves == kLanes);
    for (std::size_t begin = 0; begin < forest.leaves.size(); begin += LaneSums::kMost) {
        const std::size_t end = std::min(begin + LaneSums::kMost, forest.leaves.size());
        LaneSums sums;
        for (std::size_t t = begin; t < end; ++t) {
            sums.add(look_up(load(forest.leaves[t].data()), first_left(left + t * kLeafBytes)));
        }
        sums.add_to(scores);
    }
}

}  // namespace

BranchedScorer::BranchedScorer(const BranchedForest& forest, std::size_t first_of_page,
                               std::span<const std::uint8_t> page)
    : forest_(forest), possible_(forest.leaves.size() * kLeafBytes, -1), left_(possible_.size()) {
    const auto place = [&](std::size_t feature) {
        const auto last = forest.features.end() - 1;
        return static_cast<std::size_t>(
            std::find_if(forest.features.begin(), last,
                         [feature](const auto& of) { return of.feature >= feature; }) -
            forest.features.begin());
    };
    page_begin_ = place(first_of_page);
    page_end_ = place(first_of_page + page.size());
    rule_out(
        forest, page_begin_, page_end_,
        [&](std::size_t feature) { return FeatureTable::biased(page[feature - first_of_page]); },
        possible_.data());
    if (kHasLanes) batch_left_.resize(possible_.size());
}

void BranchedScorer::score(const Row* rows, std::span<std::int32_t> scores) {
    if (scores.size() <= kFew) {
        for (std::size_t lane = 0; lane < scores.size(); ++lane) {
            scores[lane] = score_of(rows, lane);
        }
        return;
    }
    for (std::size_t i = 0; i < possible_.size(); ++i) batch_left_[i].fill(possible_[i]);
    rule_out_for_batch(forest_, 0, page_begin_, rows, batch_left_.data());
    rule_out_for_batch(forest_, page_end_, forest_.features.size() - 1, rows, batch_left_.data());
    std::array<std::int32_t, kLanes> sums{};
    add_up(forest_, batch_left_.data(), sums.data());
    std::copy_n(sums.begin(), scores.size(), scores.begin());
}

std::int32_t BranchedScorer::score_of(const Row* rows, std::size_t lane) {
    std::copy(possible_.begin(), possible_.end(), left_.begin());
    const auto value_of = [=](std::size_t feature) { return rows[feature][lane]; };
    rule_out(forest_, 0, page_begin_, value_of, left_.data());
    rule_out(forest_, page_end_, forest_.features.size() - 1, value_of, left_.data());
    std::int32_t score = 0;
    for (std::size_t t = 0; t < forest_.leaves.size(); ++t) {
        std::uint32_t left = 0;
        for (std::size_t byte = 0; byte < kLeafBytes; ++byte) {
            left |= std::uint32_t{static_cast<std::uint8_t>(left_[t * kLeafBytes + byte])}
                    << (8 * byte);
        }
        score += forest_.leaves[t][static_cast<std::size_t>(std::countr_zero(left))];
    }
    return score;
}

}  // namespace riptide::core
