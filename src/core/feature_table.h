/// Features of text blocks, as bytes on scales that only compare: the input of the block
/// classifier.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
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
    return static_cast<std::uint8_t>(part >= whole ? 255 : part * 255 / whole);
}

/// One byte for each block and feature. Blocks are stored in batches, and a batch feature by
/// feature, so that what a batch has of all features fits the fastest cache, and one feature of it
/// a vector register.
class FeatureTable {
public:
    static constexpr BlockIndex kBatch = 16;

    FeatureTable(std::size_t features, BlockIndex blocks)
        : features_(features), blocks_(blocks), cells_(batches() * features * kBatch) {}

    [[nodiscard]] BlockIndex blocks() const { return blocks_; }
    [[nodiscard]] BlockIndex batches() const { return (blocks_ + kBatch - 1) / kBatch; }
    /// `kBatch` values for each feature; zeros after the last block.
    [[nodiscard]] const std::uint8_t* batch(BlockIndex batch) const {
        return cells_.data() + batch * features_ * kBatch;
    }
    [[nodiscard]] std::uint8_t at(std::size_t feature, BlockIndex block) const {
        return cells_[index(feature, block)];
    }
    void set(std::size_t feature, BlockIndex block, std::uint8_t value) {
        cells_[index(feature, block)] = value;
    }

private:
    [[nodiscard]] std::size_t index(std::size_t feature, BlockIndex block) const {
        return (block / kBatch * features_ + feature) * kBatch + block % kBatch;
    }

    std::size_t features_;
    BlockIndex blocks_;
    std::vector<std::uint8_t> cells_;
};

/// Fills one block's features in order.
class RowWriter {
public:
    RowWriter(FeatureTable& table, BlockIndex block) : table_(table), block_(block) {}

    void put(std::uint8_t value) { table_.set(next_++, block_, value); }
    void put_flag(std::uint32_t set) { put(set != 0 ? 1 : 0); }
    void put_log(std::uint32_t value) { put(log_scale(value)); }
    void put_share(std::uint64_t part, std::uint64_t whole) { put(share_scale(part, whole)); }

private:
    FeatureTable& table_;
    std::size_t next_ = 0;
    BlockIndex block_;
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
