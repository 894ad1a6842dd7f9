#include "core/lists.h"

#include <algorithm>

#include "core/chars.h"

namespace riptide::core {
namespace {

/// What follows would go on with a paragraph.
bool ends_in_paragraph(const std::vector<Block>& blocks, BlockId block) {
    while (is_flat_in_markdown(blocks[block].kind)) {
        BlockId last = block + 1;
        while (blocks[last].end < blocks[block].end) last = blocks[last].end;
        block = last;
    }
    const BlockKind kind = blocks[block].kind;
    return kind == BlockKind::kParagraph || kind == BlockKind::kTerm || kind == BlockKind::kCaption;
}

void number_items(const Dom& dom, AttributeId value, std::uint32_t next, BlockId list,
                  std::vector<Block>& blocks) {
    constexpr std::uint32_t kLargest = 999'999'999;
    for (BlockId item = list + 1; item < blocks[list].end; item = blocks[item].end) {
        Block& block = blocks[item];
        block.number = next;
        if (block.node != kNoNode)
            block.number = parse_number(dom.attribute(block.node, value), next);
        if (blocks[list].reversed) {
            next = block.number == 0 ? 0 : block.number - 1;
        } else {
            next = std::min(block.number + 1, kLargest);
        }
    }
    blocks[list].number = blocks[list + 1].number;
}

std::uint32_t count_items(const std::vector<Block>& blocks, BlockId list) {
    std::uint32_t items = 0;
    for (BlockId item = list + 1; item < blocks[list].end; item = blocks[item].end) ++items;
    return items;
}

}  // namespace

void number_lists(const Dom& dom, std::vector<Block>& blocks) {
    const AttributeId start = dom.attribute_id("start");
    const AttributeId reversed = dom.attribute_id("reversed");
    const AttributeId value = dom.attribute_id("value");
    for (BlockId id = 0; id < blocks.size(); ++id) {
        Block& list = blocks[id];
        if (list.kind != BlockKind::kList || dom[list.node].tag != LXB_TAG_OL) continue;
        list.ordered = true;
        list.reversed = dom.has_attribute(list.node, reversed);
        const std::uint32_t first = list.reversed ? count_items(blocks, id) : 1;
        number_items(dom, value, parse_number(dom.attribute(list.node, start), first), id, blocks);
    }
}

void mark_loose_lists(std::vector<Block>& blocks) {
    for (Block& list : blocks) {
        if (list.kind != BlockKind::kList) continue;
        const auto first_item = static_cast<BlockId>(&list - blocks.data()) + 1;
        for (BlockId item = first_item; item < list.end; item = blocks[item].end) {
            BlockId before = item + 1;
            for (BlockId c = blocks[before].end; c < blocks[item].end; c = blocks[c].end) {
                // An ordered list interrupts a paragraph only when it starts with 1.
                const bool plain = blocks[c].kind == BlockKind::kList &&
                                   (!blocks[c].ordered || blocks[c].number == 1 ||
                                    !ends_in_paragraph(blocks, before));
                before = c;
                if (!plain) list.loose = true;
            }
        }
    }
}

}  // namespace riptide::core
