/// Features of text blocks, as bytes on scales that only compare: the input of the block
/// classifier.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "core/text_blocks.h"

namespace riptide::core {

/// A scale that grows with the logarithm of `value`: exact below 16, then eight steps for each
/// doubling.
constexpr std::uint8_t log_scale(std::uint32_t value) {
    if (value < 16) return static_cast<std::uint8_t>(value);
    const auto exponent = static_cast<std::uint32_t>(std::bit_width(value)) - 1;
    return static_cast<std::uint8_t>(16 + (exponent - 4) * 8 + ((value >> (exponent - 3)) & 7U));
}

/// `part` of `whole` in 255ths; 0 of nothing.
constexpr std::uint8_t share_scale(std::uint64_t part, std::uint64_t whole) {
    if (whole == 0) return 0;
    if (part >= whole) return 255;
    // Short division is faster, and a page is seldom too large for it.
    constexpr std::uint64_t kShort = 0xFFFF'FFFF / 255;
    if (whole <= kShort) {
        return static_cast<std::uint8_t>(static_cast<std::uint32_t>(part) * 255U /
                                         static_cast<std::uint32_t>(whole));
    }
    return static_cast<std::uint8_t>(part * 255 / whole);
}

/// What each block has of its own, what it is told of its neighbours, and what all blocks of a page
/// share; in this order, a byte for each feature. Only the block's own part is stored for each
/// block: in batches, and a batch feature by feature, so that one feature of a batch fills a vector
/// register.
class FeatureTable {
public:
    static constexpr BlockIndex kBatch = 16;
    /// Neighbours on either side that a block is told of: one before, one after, two before, ...
    static constexpr BlockIndex kReach = 3;
    static constexpr std::size_t kNeighbours = 2 * std::size_t{kReach};
    /// A batch's values of one feature, less `kBias`: what compares bytes with a sign is faster.
    using Row = std::array<std::int8_t, kBatch>;
    static constexpr std::uint8_t kBias = 128;
    static constexpr std::int8_t biased(std::uint8_t value) {
        return static_cast<std::int8_t>(value ^ kBias);
    }
    /// Told of neighbours that there are not.
    static constexpr std::uint8_t kNoNeighbour = 255;

    /// Of the `own` features the first `told` ones are told of neighbours.
    FeatureTable(std::size_t own, std::size_t told, BlockIndex blocks)
        : own_(own), told_(told), blocks_(blocks), rows_((batches() + 2) * own, kNobody) {}

    [[nodiscard]] BlockIndex blocks() const { return blocks_; }
    [[nodiscard]] BlockIndex batches() const { return (blocks_ + kBatch - 1) / kBatch; }
    [[nodiscard]] std::size_t features() const { return own_ + kNeighbours * told_ + page_.size(); }

    /// What all blocks of the page share.
    [[nodiscard]] const std::vector<std::uint8_t>& page() const { return page_; }
    void set_page(std::vector<std::uint8_t> features) { page_ = std::move(features); }

    void set(std::size_t own_feature, BlockIndex block, std::uint8_t value) {
        row(block / kBatch, own_feature)[block % kBatch] = biased(value);
    }
    [[nodiscard]] std::uint8_t at(std::size_t feature, BlockIndex block) const;

    /// One row for each feature of the page: once for all batches.
    void load_page(Row* rows) const;
    /// The other rows, those of a batch. What follows the last block is not to be used.
    void load(BlockIndex batch, Row* rows) const;
    /// The same rows of a batch that is put together from the blocks named, sixteen at most. The
    /// other lanes stay as they are.
    void gather(std::span<const BlockIndex> blocks, Row* rows) const;

    /// By block: those that are built alike have the same number; the numbers begin at 0.
    [[nodiscard]] const std::vector<std::uint32_t>& groups() const { return groups_; }
    void set_groups(std::vector<std::uint32_t> groups) { groups_ = std::move(groups); }

private:
    friend class RowWriter;
    static constexpr Row kNobody = [] {
        Row row{};
        row.fill(static_cast<std::int8_t>(kNoNeighbour - kBias));
        return row;
    }();

    /// Before the first batch and after the last there is one of nobody.
    [[nodiscard]] std::size_t index(BlockIndex batch, std::size_t own_feature) const {
        return (std::size_t{batch} + 1) * own_ + own_feature;
    }
    [[nodiscard]] Row& row(BlockIndex batch, std::size_t feature) {
        return rows_[index(batch, feature)];
    }

    std::size_t own_;
    std::size_t told_;
    BlockIndex blocks_;
    std::vector<Row> rows_;
    std::vector<std::uint8_t> page_;
    std::vector<std::uint32_t> groups_;
};

/// Fills one block's own features in order.
class RowWriter {
public:
    RowWriter(FeatureTable& table, BlockIndex block)
        : cell_(&table.row(block / FeatureTable::kBatch, 0)[block % FeatureTable::kBatch]) {}

    void put(std::uint8_t value) {
        *cell_ = FeatureTable::biased(value);
        cell_ += FeatureTable::kBatch;
    }
    void put_flag(std::uint32_t set) { put(set != 0 ? 1 : 0); }
    void put_log(std::uint32_t value) { put(log_scale(value)); }
    void put_share(std::uint64_t part, std::uint64_t whole) { put(share_scale(part, whole)); }

private:
    std::int8_t* cell_;
};

/// Sums of a measure over ranges of blocks.
class PrefixSums {
public:
    explicit PrefixSums(BlockIndex blocks) {
        sums_.reserve(blocks + 1);
        sums_.push_back(0);
    }
    void push(std::uint64_t value) { sums_.push_back(sums_.back() + value); }
    [[nodiscard]] std::uint64_t over(BlockRange range) const {
        return sums_[range.end] - sums_[range.begin];
    }
    [[nodiscard]] std::uint64_t all() const { return sums_.back(); }

private:
    std::vector<std::uint64_t> sums_;
};

}  // namespace riptide::core
