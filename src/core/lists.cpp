#include "core/lists.h"

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

}  // namespace

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
