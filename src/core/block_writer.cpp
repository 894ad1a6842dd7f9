#include "core/block_writer.h"

#include <algorithm>

#include "core/chars.h"
#include "core/tables.h"

namespace riptide::core {
namespace {

std::uint32_t size32(const auto& container) { return static_cast<std::uint32_t>(container.size()); }

}  // namespace

BlockWriter::BlockWriter(Detail detail) : detail_(detail) { model_.spans.push_back({}); }

// ---- containers

BlockKind BlockWriter::container() const {
    return containers_.empty() ? BlockKind::kParagraph : model_.blocks[containers_.back().id].kind;
}

void BlockWriter::push_container(BlockKind kind, NodeId node, bool implied) {
    const BlockId id = size32(model_.blocks);
    model_.blocks.push_back({.kind = kind, .node = node});
    containers_.push_back({id, kNone, implied});
}

/// Items for what stands in a list outside of any, descriptions and rows likewise.
void BlockWriter::ensure_container() {
    switch (container()) {
        case BlockKind::kList:
            if (const BlockId last = containers_.back().last_item; last != kNone) {
                containers_.push_back({last, kNone, true});
            } else {
                push_container(BlockKind::kItem, kNoNode, true);
            }
            break;
        case BlockKind::kDefinitions:
            push_container(BlockKind::kDescription, kNoNode, true);
            break;
        case BlockKind::kTable:
            push_container(BlockKind::kRow, kNoNode, true);
            break;
        default:
            break;
    }
}

BlockId BlockWriter::open_container(BlockKind kind, NodeId node) {
    end_leaf();
    const BlockKind around = container();
    const bool belongs = kind == BlockKind::kItem || kind == BlockKind::kDescription ||
                         (kind == BlockKind::kRow && around == BlockKind::kTable);
    if (containers_.size() >= kMaxNesting) return kNone;
    if (!belongs && (around == BlockKind::kTable || around == BlockKind::kRow)) return kNone;
    if (!belongs) ensure_container();
    push_container(kind, node, false);
    return containers_.back().id;
}

/// Without children, or a row of empty cells that only makes room between others.
bool BlockWriter::is_empty(BlockId container) const {
    const std::vector<Block>& blocks = model_.blocks;
    if (blocks[container].kind != BlockKind::kRow) return blocks.size() == container + 1;
    return std::all_of(blocks.begin() + container + 1, blocks.end(), [](const Block& cell) {
        return cell.text_begin == cell.text_end && !cell.has_image && cell.rows == 1;
    });
}

void BlockWriter::pop_container() {
    const Container closed = containers_.back();
    containers_.pop_back();
    if (is_empty(closed.id)) {
        model_.blocks.erase(model_.blocks.begin() + closed.id, model_.blocks.end());
        return;
    }
    Block& block = model_.blocks[closed.id];
    block.end = size32(model_.blocks);
    if (block.kind == BlockKind::kItem) containers_.back().last_item = closed.id;
    if (block.kind == BlockKind::kTable) lay_out_table(model_, closed.id);
}

void BlockWriter::close_container(BlockId container) {
    const bool open = std::any_of(containers_.begin(), containers_.end(), [&](const Container& c) {
        return c.id == container && !c.implied;
    });
    if (!open) return;
    end_leaf();
    while (containers_.back().id != container || containers_.back().implied) pop_container();
    pop_container();
}

void BlockWriter::close_implied() {
    if (containers_.empty() || !containers_.back().implied) return;
    end_leaf();
    pop_container();
}

// ---- leaves

void BlockWriter::begin_leaf(BlockKind kind, NodeId node) {
    const BlockKind around = container();
    const bool belongs = (kind == BlockKind::kTerm && around == BlockKind::kDefinitions) ||
                         (kind == BlockKind::kCaption &&
                          (around == BlockKind::kTable || around == BlockKind::kFigure));
    if (!belongs) ensure_container();
    if (container() == BlockKind::kRow) kind = BlockKind::kCell;
    if (!model_.text.empty() && model_.text.back() != '\n') model_.text.push_back('\n');
    leaf_ = size32(model_.blocks);
    space_ = false;
    breaks_ = 0;
    model_.blocks.push_back({.kind = kind,
                             .node = node,
                             .text_begin = size32(model_.text),
                             .text_end = size32(model_.text),
                             .run_begin = size32(model_.runs),
                             .run_end = size32(model_.runs)});
}

BlockId BlockWriter::open_leaf(BlockKind kind, NodeId node) {
    end_leaf();
    begin_leaf(kind, node);
    fixed_ = true;
    return leaf_;
}

void BlockWriter::close_leaf(BlockId leaf) {
    if (leaf_ == leaf) end_leaf();
}

void BlockWriter::end_leaf() {
    if (leaf_ == kNone) return;
    Block& block = model_.blocks[leaf_];
    std::string& text = model_.text;
    std::vector<Run>& runs = model_.runs;
    // An image may have brought white space out that no text follows; runs before it still use it.
    block.text_end = size32(text);
    while (block.text_end > block.text_begin && is_space(text[block.text_end - 1])) {
        --block.text_end;
    }
    while (runs.size() > block.run_begin && runs.back().kind != RunKind::kImage) {
        Run& last = runs.back();
        last.end = std::min(last.end, block.text_end);
        if (last.kind == RunKind::kText && last.begin < last.end) break;
        runs.pop_back();
    }
    // Likewise at the beginning, before the first text.
    if (runs.size() > block.run_begin && runs[block.run_begin].kind == RunKind::kText) {
        Run& first = runs[block.run_begin];
        while (first.begin < first.end && text[first.begin] == ' ' &&
               block.kind != BlockKind::kCode) {
            ++first.begin;
        }
    }
    block.run_end = size32(runs);
    block.end = leaf_ + 1;
    const bool empty = block.text_begin == block.text_end && block.run_begin == block.run_end;
    if (empty && block.kind != BlockKind::kCell) model_.blocks.pop_back();
    leaf_ = kNone;
    fixed_ = false;
    space_ = false;
    breaks_ = 0;
}

void BlockWriter::rule(NodeId node) {
    end_leaf();
    const BlockKind around = container();
    if (around == BlockKind::kTable || around == BlockKind::kRow) return;
    if (model_.blocks.empty() || model_.blocks.back().kind == BlockKind::kRule) return;
    begin_leaf(BlockKind::kRule, node);
    model_.blocks.back().end = leaf_ + 1;
    leaf_ = kNone;
}

bool BlockWriter::has_text() const {
    return leaf_ != kNone && model_.text.size() > model_.blocks[leaf_].text_begin;
}

void BlockWriter::boundary() {
    if (!fixed_) {
        end_leaf();
        return;
    }
    if (model_.blocks[leaf_].kind == BlockKind::kCode) {
        if (has_text() && model_.text.back() != '\n') append_code("\n");
    } else if (breaks_ == 0) {
        line_break();
    }
}

// ---- text

void BlockWriter::text(std::string_view text) {
    if (fixed_ && model_.blocks[leaf_].kind == BlockKind::kCode) {
        append_code(text);
        return;
    }
    for (std::size_t at = 0; at < text.size();) {
        std::size_t end = at;
        for (;;) {  // words and the single spaces between them, in one piece
            end = kMayBeInkless.find(text, end);
            if (end == text.size()) break;
            if (text[end] == ' ') {
                const bool goes_on =
                    end + 1 < text.size() && !kMayBeInkless.contains(text[end + 1]);
                if (end == at || !goes_on) break;
                ++end;
                continue;
            }
            const InkUnit unit = ink_at(text, end);
            if (unit.ink != Ink::kVisible) break;
            end += unit.size;
        }
        if (end > at) append(text.substr(at, end - at));
        if (end >= text.size()) break;
        if (is_space(text[end])) {
            if (breaks_ == 0) space_ = true;
            at = end + 1;
            while (at < text.size() && is_space(text[at])) ++at;
            continue;
        }
        const InkUnit unit = ink_at(text, end);
        if (unit.ink == Ink::kSpace && breaks_ == 0) space_ = true;
        at = end + unit.size;
    }
}

void BlockWriter::append_code(std::string_view text) {
    std::string& out = model_.text;
    const std::uint32_t begin = size32(out);
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = kMayBeInkless.find(text, at);
        out.append(text, at, end - at);
        if (end == text.size()) break;
        const InkUnit unit = ink_at(text, end);
        if (unit.ink == Ink::kVisible) {
            out.append(text, end, unit.size);
        } else if (unit.ink == Ink::kSpace) {
            const char c = text[end];
            out.push_back(c == '\n' || c == '\t' ? c : ' ');
        }
        at = end + unit.size;
    }
    if (out.size() > begin) add_run(RunKind::kText, 0, begin, size32(out));
}

void BlockWriter::line_break() {
    if (fixed_ && model_.blocks[leaf_].kind == BlockKind::kCode) {
        append_code("\n");
    } else if (leaf_ != kNone) {
        ++breaks_;
        space_ = false;
    }
}

/// Brings out the white space and the breaks that came since the last ink, if any came before.
void BlockWriter::flush() {
    if (leaf_ != kNone && !fixed_ && breaks_ >= 2) end_leaf();
    if (leaf_ == kNone) {
        begin_leaf(BlockKind::kParagraph, source_);
        return;
    }
    if (!space_ && breaks_ == 0) return;
    const Block& block = model_.blocks[leaf_];
    const bool first = !has_text() && !block.has_image;
    if (!first) {
        const bool line = breaks_ > 0 && block.kind != BlockKind::kHeading;
        const std::uint32_t at = size32(model_.text);
        model_.text.push_back(line ? '\n' : ' ');
        if (detail_ == Detail::kMarkup) {
            const SpanId before =
                model_.runs.size() > block.run_begin ? model_.runs.back().span : 0;
            const SpanId common = common_span(before, span_);
            add_run(line ? RunKind::kBreak : RunKind::kText, common, at, at + 1);
        }
    }
    space_ = false;
    breaks_ = 0;
}

void BlockWriter::append(std::string_view ink) {
    flush();
    const std::uint32_t begin = size32(model_.text);
    model_.text.append(ink);
    add_run(RunKind::kText, span_, begin, size32(model_.text));
}

void BlockWriter::image(std::uint32_t medium) {
    if (fixed_ && model_.blocks[leaf_].kind == BlockKind::kCode) return;
    flush();
    model_.blocks[leaf_].has_image = true;
    if (medium != kNone) add_run(RunKind::kImage, span_, medium, medium + 1);
}

void BlockWriter::add_run(RunKind kind, SpanId span, std::uint32_t begin, std::uint32_t end) {
    if (detail_ == Detail::kText) return;
    std::vector<Run>& runs = model_.runs;
    if (kind == RunKind::kText && runs.size() > model_.blocks[leaf_].run_begin &&
        runs.back().kind == kind && runs.back().span == span && runs.back().end == begin) {
        runs.back().end = end;
        return;
    }
    runs.push_back({kind, span, begin, end});
}

// ---- spans

void BlockWriter::open_span(Style style, std::uint32_t link) {
    if (detail_ == Detail::kText) return;
    std::vector<Span>& spans = model_.spans;
    std::vector<Style> inner;  // what stands inside the link that the new one takes the place of
    SpanId parent = span_;
    bool repeated = false;
    for (SpanId s = span_; s != 0; s = spans[s].parent) repeated |= spans[s].style == style;
    if (repeated && style != Style::kLink) return;
    while (repeated && spans[parent].style != Style::kLink) {
        inner.push_back(spans[parent].style);
        parent = spans[parent].parent;
    }
    if (repeated) parent = spans[parent].parent;
    const auto push = [&](Style pushed, std::uint32_t of_link) {
        spans.push_back({.parent = parent,
                         .style = pushed,
                         .depth = static_cast<std::uint8_t>(spans[parent].depth + 1),
                         .link = of_link});
        parent = size32(spans) - 1;
    };
    while (!inner.empty()) {
        push(inner.back(), kNone);
        inner.pop_back();
    }
    push(style, style == Style::kLink ? link : spans[parent].link);
    span_ = parent;
}

SpanId BlockWriter::common_span(SpanId a, SpanId b) const {
    const std::vector<Span>& spans = model_.spans;
    while (a != b) {
        if (spans[a].depth >= spans[b].depth) {
            a = spans[a].parent;
        } else {
            b = spans[b].parent;
        }
    }
    return a;
}

}  // namespace riptide::core
