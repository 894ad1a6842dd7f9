#include "core/feature_table.h"

#include <algorithm>
#include <cstring>

namespace riptide::core {

std::uint8_t FeatureTable::at(std::size_t feature, BlockIndex block) const {
    const auto own = [&](std::size_t index_in_own, BlockIndex of) {
        const Row& row = rows_[index(of / kBatch, index_in_own)];
        return static_cast<std::uint8_t>(static_cast<std::uint8_t>(row[of % kBatch]) ^ kBias);
    };
    if (feature < own_) return own(feature, block);
    feature -= own_;
    if (feature >= kNeighbours * told_) return page_[feature - kNeighbours * told_];
    const auto neighbour = static_cast<BlockIndex>(feature / told_);
    const BlockIndex distance = neighbour / 2 + 1;
    if (neighbour % 2 == 0) {
        return block < distance ? kNoNeighbour : own(feature % told_, block - distance);
    }
    return block + distance >= blocks_ ? kNoNeighbour : own(feature % told_, block + distance);
}

void FeatureTable::load_page(Row* rows) const {
    rows += own_ + kNeighbours * told_;
    for (std::size_t i = 0; i < page_.size(); ++i) rows[i].fill(biased(page_[i]));
}

void FeatureTable::load(BlockIndex batch, Row* rows) const {
    const Row* here = rows_.data() + index(batch, 0);
    const Row* before = here - own_;
    const Row* after = here + own_;
    std::copy_n(here, own_, rows);
    rows += own_;
    for (BlockIndex distance = 1; distance <= kReach; ++distance) {
        for (std::size_t i = 0; i < told_; ++i) {
            std::memcpy(rows[i].data(), before[i].data() + kBatch - distance, distance);
            std::memcpy(rows[i].data() + distance, here[i].data(), kBatch - distance);
        }
        rows += told_;
        for (std::size_t i = 0; i < told_; ++i) {
            std::memcpy(rows[i].data(), here[i].data() + distance, kBatch - distance);
            std::memcpy(rows[i].data() + kBatch - distance, after[i].data(), distance);
        }
        rows += told_;
    }
}

void FeatureTable::gather(std::span<const BlockIndex> blocks, Row* rows) const {
    for (std::size_t lane = 0; lane < blocks.size(); ++lane) {
        Row* to = rows;
        // Rows begin with a batch of nobody.
        const auto copy = [&](BlockIndex at, std::size_t count) {
            const Row* const from = rows_.data() + std::size_t{at / kBatch} * own_;
            for (std::size_t i = 0; i < count; ++i) to[i][lane] = from[i][at % kBatch];
            to += count;
        };
        const BlockIndex here = blocks[lane] + kBatch;
        copy(here, own_);
        for (BlockIndex distance = 1; distance <= kReach; ++distance) {
            copy(here - distance, told_);
            copy(here + distance, told_);
        }
    }
}

}  // namespace riptide::core
