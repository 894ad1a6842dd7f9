#include "core/tables.h"

#include <algorithm>
#include <vector>

#include "core/chars.h"

namespace riptide::core {
namespace {

constexpr std::uint32_t kMaxColumns = 256;

/// Places that spans may take on the grid, beyond one per cell.
constexpr std::uint32_t kFreePlaces = 4096;
constexpr std::uint32_t kPlacesPerCell = 4;

/// A cell with more text than this, in bytes, and no header anywhere: a column of a page.
constexpr std::uint32_t kLongCell = 1000;

bool is_structure(Tag tag) {
    switch (tag) {
        case LXB_TAG_H1:
        case LXB_TAG_H2:
        case LXB_TAG_H3:
        case LXB_TAG_H4:
        case LXB_TAG_H5:
        case LXB_TAG_H6:
        case LXB_TAG_UL:
        case LXB_TAG_OL:
        case LXB_TAG_DL:
        case LXB_TAG_PRE:
        case LXB_TAG_BLOCKQUOTE:
        case LXB_TAG_FIGURE:
        case LXB_TAG_HR:
        case LXB_TAG_FORM:
        case LXB_TAG_ARTICLE:
        case LXB_TAG_SECTION:
            return true;
        default:
            return false;
    }
}

std::uint16_t span_of(std::string_view attribute) {
    return static_cast<std::uint16_t>(
        std::clamp<std::uint32_t>(parse_number(attribute, 1), 1, 65534));
}

}  // namespace

bool is_data_table(const Dom& dom, const Selection& selection, NodeId table) {
    const std::string_view role = trim_ascii(dom.attribute(table, dom.attribute_id("role")));
    if (ascii_iequals(role, "presentation") || ascii_iequals(role, "none")) return false;
    bool labelled = false;
    bool structured = false;
    bool long_cell = false;
    std::uint32_t rows = 0;
    std::uint32_t columns = 0;
    std::uint32_t row_columns = 0;
    std::uint32_t cell_text = 0;
    for (NodeId n = table + 1; n < dom[table].end;) {
        const Node& node = dom[n];
        if (selection.is_silent(dom, n)) {
            n = node.end;
            continue;
        }
        ++n;
        if (node.tag == LXB_TAG_TABLE) return false;
        if (node.is_text()) {
            if (!node.blank) cell_text += node.text_size;
            long_cell |= cell_text > kLongCell;
        } else if (node.tag == LXB_TAG_TR) {
            ++rows;
            row_columns = 0;
        } else if (node.tag == LXB_TAG_TD || node.tag == LXB_TAG_TH) {
            columns = std::max(columns, ++row_columns);
            cell_text = 0;
            labelled |= node.tag == LXB_TAG_TH;
        } else if (node.tag == LXB_TAG_CAPTION) {
            labelled = true;
        } else {
            structured |= is_structure(node.tag);
        }
    }
    if (labelled) return rows > 0;
    return rows > 1 && columns > 1 && !structured && !long_cell;
}

void describe_cell(const Dom& dom, NodeId node, Block& cell) {
    cell.header = dom[node].tag == LXB_TAG_TH;
    cell.columns = span_of(dom.attribute(node, dom.attribute_id("colspan")));
    cell.rows = span_of(dom.attribute(node, dom.attribute_id("rowspan")));
    const std::string_view align = trim_ascii(dom.attribute(node, LXB_DOM_ATTR_ALIGN));
    const std::string_view style = dom.attribute(node, LXB_DOM_ATTR_STYLE);
    const auto is = [&](std::string_view name) {
        if (!align.empty()) return ascii_iequals(align, name);
        const std::size_t at = style.find("text-align");
        if (at == std::string_view::npos) return false;
        std::string_view value = style.substr(at + 10);
        while (!value.empty() && (is_space(value.front()) || value.front() == ':')) {
            value.remove_prefix(1);
        }
        return ascii_iequals(value.substr(0, name.size()), name);
    };
    cell.align = is("left")     ? Align::kLeft
                 : is("right")  ? Align::kRight
                 : is("center") ? Align::kCenter
                                : Align::kDefault;
}

void lay_out_table(Blocks& model, BlockId table) {
    std::vector<Block>& blocks = model.blocks;
    const BlockId end = blocks[table].end;
    std::uint32_t rows = 0;
    std::uint32_t cells = 0;
    for (BlockId b = table + 1; b < end; ++b) {
        if (blocks[b].kind == BlockKind::kRow) ++rows;
        if (blocks[b].kind == BlockKind::kCell) ++cells;
    }
    std::uint64_t places = kFreePlaces + std::uint64_t{kPlacesPerCell} * cells;
    std::vector<std::uint32_t> taken_until;  // per column: the first row that is free again
    std::uint32_t row = 0;
    std::uint32_t column = 0;
    Block* row_block = nullptr;
    for (BlockId b = table + 1; b < end; ++b) {
        Block& block = blocks[b];
        if (block.kind == BlockKind::kRow) {
            if (row_block != nullptr) ++row;
            row_block = &block;
            row_block->header = true;
            column = 0;
        }
        if (block.kind != BlockKind::kCell || row_block == nullptr) continue;
        row_block->header = row_block->header && block.header;
        while (column < taken_until.size() && taken_until[column] > row) ++column;
        const std::uint32_t room = column < kMaxColumns ? kMaxColumns - column : 1;
        std::uint32_t width = std::clamp<std::uint32_t>(block.columns, 1, room);
        std::uint32_t height = std::clamp<std::uint32_t>(block.rows, 1, rows - row);
        const std::uint64_t area = std::uint64_t{width} * height;
        if (area - 1 > places) {
            width = height = 1;
        } else {
            places -= area - 1;
        }
        block.number = column;
        block.columns = static_cast<std::uint16_t>(width);
        block.rows = static_cast<std::uint16_t>(height);
        // A cell that overlaps one reaching down from above keeps its place.
        if (height > 1 && column < kMaxColumns) {
            if (taken_until.size() < column + width) taken_until.resize(column + width, 0);
            for (std::uint32_t c = column; c < column + width; ++c) {
                taken_until[c] = std::max(taken_until[c], row + height);
            }
        }
        column += width;
        blocks[table].number = std::max(blocks[table].number, column);
    }
}

}  // namespace riptide::core
