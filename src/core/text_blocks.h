/// The page's visible text cut into blocks: what a reader takes in as one paragraph, heading, cell
/// or line of a menu. Content is chosen block by block.
///
/// A block ends where an element begins or ends that stands on lines of its own (`role_of`), and at
/// two line breaks in a row.
#pragma once

#include <cstdint>
#include <vector>

#include "core/signals.h"

namespace riptide::core {

/// Index of a block in document order.
using BlockIndex = std::uint32_t;

/// A range of blocks: what an element holds.
struct BlockRange {
    BlockIndex begin = 0;
    BlockIndex end = 0;
    [[nodiscard]] std::uint32_t size() const { return end - begin; }
};

/// How many elements around a block are looked at: each the nearest that holds more blocks than the
/// one before it.
inline constexpr std::size_t kScopes = 4;

struct TextBlock {
    NodeId first = kNoNode;  ///< Text nodes, `first` to `last`; what is hidden between them is not
    NodeId last = kNoNode;   ///< part of the block.
    NodeId container = kNoNode;    ///< The nearest element around it that is no phrasing.
    std::uint32_t chars = 0;       ///< Code points, white space collapsed.
    std::uint32_t link_chars = 0;  ///< Of these, inside links.
    std::uint32_t links = 0;       ///< Links that begin in it.
    std::uint32_t commas = 0;
    NodeId scopes[kScopes] = {};  ///< `Dom::root()` where there is none.
};

class TextBlocks {
public:
    TextBlocks(const Dom& dom, const Signals& signals);

    [[nodiscard]] BlockIndex size() const { return static_cast<BlockIndex>(blocks_.size()); }
    [[nodiscard]] const TextBlock& operator[](BlockIndex index) const { return blocks_[index]; }
    /// The blocks that begin inside the element.
    [[nodiscard]] BlockRange inside(NodeId element, NodeId end) const {
        return {starts_[element], starts_[end]};
    }

private:
    void cut(const Dom& dom, const Signals& signals);
    void find_scopes(const Dom& dom);

    std::vector<TextBlock> blocks_;
    std::vector<BlockIndex>
        starts_;  ///< By node: blocks that begin before it; one more at the end.
};

}  // namespace riptide::core
