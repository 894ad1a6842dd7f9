#include "core/second_opinion.h"

#include <algorithm>
#include <cstdlib>
#include <limits>
#include <span>

#include "core/block_model.h"
#include "core/branched_forest.h"
#include "core/forest.h"
#include "core/tag_traits.h"

namespace riptide::core {
namespace {

/// Blocks with log odds nearer to even ones than this are doubtful. Twice as much gains no more.
constexpr std::int32_t kDoubt = 3 * kLogitUnit / 4;
/// Of smaller pages, whose blocks tell little of each other.
constexpr BlockIndex kFewestBlocks = 100;

class Teller {
public:
    Teller(const Dom& dom, const TextBlocks& blocks, const FeatureTable& features,
           const std::vector<std::int32_t>& logits)
        : dom_(dom),
          blocks_(blocks),
          groups_(features.groups()),
          likely_(blocks.size()),
          chars_(blocks.size()),
          content_(blocks.size()),
          alike_(blocks.size()),
          section_end_(blocks.size()) {
        std::transform(logits.begin(), logits.end(), likely_.begin(), probability);
        for (BlockIndex b = 0; b < blocks.size(); ++b) {
            const std::uint64_t content = std::uint64_t{blocks[b].chars} * likely_[b];
            chars_.push(blocks[b].chars);
            content_.push(content);
            alike_[groups_[b]].chars += blocks[b].chars;
            alike_[groups_[b]].content += content;
        }
        BlockIndex end = blocks.size();
        for (BlockIndex b = blocks.size(); b-- > 0;) {
            section_end_[b] = end;
            if (is_heading(b)) end = b;
        }
    }

    /// To be called with blocks in document order.
    Opinions tell(BlockIndex b) {
        for (; reached_ <= b; ++reached_) {
            if (is_heading(reached_)) section_ = reached_;
        }
        const BlockRange innermost = inside(blocks_[b].scopes[0]);
        return {likely_[b],
                likely_at(b, -1),
                likely_at(b, 1),
                likely_at(b, -2),
                likely_at(b, 2),
                mean(around(b, 2)),
                mean(around(b, 4)),
                mean(around(b, 8)),
                mean(innermost),
                mean(inside(blocks_[b].scopes[1])),
                mean(inside(blocks_[b].scopes[2])),
                mean(inside(blocks_[b].scopes[3])),
                share_scale(content_.over(innermost), content_.all()),
                alike_[groups_[b]].mean(),
                share_scale(content_.over({0, b}), content_.all()),
                share_scale(content_.all(), 255 * chars_.all()),
                is_heading(section_) ? likely_[section_] : std::uint8_t{0},
                mean({section_, section_end_[b]})};
    }

private:
    struct Amount {
        std::uint64_t chars = 0;
        std::uint64_t content = 0;  ///< To be expected, in 255ths of code points.

        /// How likely they are content, in 255ths.
        [[nodiscard]] std::uint8_t mean() const {
            return chars == 0 ? 0 : static_cast<std::uint8_t>(content / chars);
        }
    };

    [[nodiscard]] bool is_heading(BlockIndex b) const {
        return has_trait(dom_[blocks_[b].container].tag, kHeadingTag);
    }
    /// 0 where there is no such block.
    [[nodiscard]] std::uint8_t likely_at(BlockIndex b, std::int32_t distance) const {
        const std::int64_t at = std::int64_t{b} + distance;
        const bool exists = at >= 0 && at < std::int64_t{blocks_.size()};
        return exists ? likely_[static_cast<std::size_t>(at)] : std::uint8_t{0};
    }
    [[nodiscard]] BlockRange around(BlockIndex b, BlockIndex reach) const {
        return {b - std::min(b, reach), b + std::min(blocks_.size() - b, reach + 1)};
    }
    [[nodiscard]] BlockRange inside(NodeId element) const {
        return blocks_.inside(element, dom_[element].end);
    }
    [[nodiscard]] std::uint8_t mean(BlockRange range) const {
        return Amount{chars_.over(range), content_.over(range)}.mean();
    }

    const Dom& dom_;
    const TextBlocks& blocks_;
    const std::vector<std::uint32_t>& groups_;
    std::vector<std::uint8_t> likely_;
    PrefixSums chars_;
    PrefixSums content_;                   ///< As `Amount::content`.
    std::vector<Amount> alike_;            ///< By group; there are no more than blocks.
    std::vector<BlockIndex> section_end_;  ///< By block: the next heading after it.
    BlockIndex section_ = 0;               ///< The latest heading, else the first block.
    BlockIndex reached_ = 0;
};

}  // namespace

Reconsidered reconsider(const Dom& dom, const TextBlocks& blocks, const FeatureTable& features,
                        std::vector<std::int32_t>& logits) {
    Reconsidered again;
    if (blocks.size() < kFewestBlocks) return again;
    for (BlockIndex b = 0; b < blocks.size(); ++b) {
        if (std::abs(logits[b]) < kDoubt) again.blocks.push_back(b);
    }
    if (again.blocks.empty()) return again;
    Teller teller(dom, blocks, features, logits);
    again.told.reserve(again.blocks.size());
    for (const BlockIndex b : again.blocks) again.told.push_back(teller.tell(b));

    const std::size_t first_of_page = features.features() - features.page().size();
    BranchedScorer scorer(kSecondOpinion, first_of_page, features.page());
    // Unused lanes answer no question with yes, which is the cheapest.
    FeatureTable::Row lowest;
    lowest.fill(std::numeric_limits<std::int8_t>::min());
    std::vector<FeatureTable::Row> rows(features.features() + kOpinions, lowest);
    std::array<std::int32_t, FeatureTable::kBatch> scores{};
    const std::span<const BlockIndex> all(again.blocks);
    for (std::size_t begin = 0; begin < all.size(); begin += scores.size()) {
        const auto batch = all.subspan(begin, std::min(scores.size(), all.size() - begin));
        features.gather(batch, rows.data());
        for (std::size_t lane = 0; lane < batch.size(); ++lane) {
            for (std::size_t i = 0; i < kOpinions; ++i) {
                rows[features.features() + i][lane] =
                    FeatureTable::biased(again.told[begin + lane][i]);
            }
        }
        scorer.score(rows.data(), std::span(scores).first(batch.size()));
        for (std::size_t lane = 0; lane < batch.size(); ++lane) {
            logits[batch[lane]] = scores[lane];
        }
    }
    return again;
}

}  // namespace riptide::core
