#include "core/render_text.h"

#include "core/chars.h"
#include "core/limits.h"

namespace riptide::core {
namespace {

/// Each run of white space as one newline or space: an image may stand between two of them.
void append_spaced(std::string_view text, bool keep_lines, std::string& out) {
    const std::size_t begin = out.size();
    for (std::size_t at = 0; at < text.size();) {
        std::size_t end = at;
        bool line = false;
        while (end < text.size() && is_space(text[end])) line |= text[end++] == '\n';
        if (end > at && out.size() > begin && end < text.size())
            out.push_back(line && keep_lines ? '\n' : ' ');
        at = end;
        while (end < text.size() && !is_space(text[end])) ++end;
        out.append(text, at, end - at);
        at = end;
    }
}

}  // namespace

std::string render_text(const Blocks& model, Truncations& truncations) {
    std::string out;
    out.reserve(model.text.size() + model.blocks.size());
    BlockId close_end = 0;  // up to here blocks follow each other line by line
    bool in_close = false;  // the last text stood in the same such group
    bool in_row = false;
    std::uint32_t column = 0;
    for (BlockId b = 0; b < model.blocks.size(); ++b) {
        const Block& block = model.blocks[b];
        if (b >= close_end) {
            in_close = false;
            in_row = false;
            const bool close = block.kind == BlockKind::kList ||
                               block.kind == BlockKind::kDefinitions ||
                               block.kind == BlockKind::kTable;
            if (close) close_end = block.end;
        }
        if (block.kind == BlockKind::kRow) {
            in_row = false;
            column = 0;
        }
        if (block.text_begin == block.text_end) continue;
        const std::size_t before = out.size();
        const bool cell = block.kind == BlockKind::kCell;
        if (cell && in_row) {
            out.append(block.number - column, '\t');
        } else {
            if (!out.empty()) out += in_close ? "\n" : "\n\n";
            if (cell) out.append(block.number, '\t');
        }
        const std::string_view text = model.text_of(block.text_begin, block.text_end);
        if (block.has_image || cell) {
            append_spaced(text, !cell, out);
        } else {
            out += text;
        }
        if (out.size() > kMaxOutputBytes) {
            out.resize(before);
            truncations.add(Truncation::kOutput);
            break;
        }
        in_close = b < close_end && block.kind != BlockKind::kCaption;
        in_row = cell;
        if (cell) column = block.number;
    }
    return out;
}

}  // namespace riptide::core
