#include "core/render_markdown.h"

#include <algorithm>

#include "core/chars.h"
#include "core/code_language.h"
#include "core/limits.h"
#include "core/lists.h"
#include "core/markdown_inline.h"
#include "core/render_parts.h"

namespace riptide::core {
namespace {

class MarkdownRenderer {
public:
    MarkdownRenderer(const Dom& dom, const Blocks& model)
        : dom_(dom), model_(model), inline_(dom, model) {
        out_.reserve(model.text.size() + model.text.size() / 8 + model.urls.size() +
                     model.blocks.size() * 4);
    }

    std::string render(Truncations& truncations) {
        for (BlockId b = 0; b < model_.blocks.size(); ++b) {
            close_until(b);
            const Block& block = model_.blocks[b];
            const std::size_t before = out_.size();
            separate();
            if (!block.is_leaf()) {
                container(block);
                if (block.kind == BlockKind::kTable) b = table(b);
            } else {
                leaf(block);
            }
            if (out_.size() > kMaxOutputBytes) {
                out_.resize(before);
                truncations.add(Truncation::kOutput);
                break;
            }
        }
        if (!out_.empty() && out_.back() != '\n') out_ += '\n';
        return std::move(out_);
    }

private:
    struct Open {
        BlockId end;
        const Block* block;
        std::size_t prefix_size;  // of the lines around it
        std::size_t depth;        // of lists: among those around it
        std::uint32_t number;     // of ordered lists: what the next item is by itself
        bool has_child;
    };

    void close_until(BlockId b) {
        for (; !open_.empty() && open_.back().end <= b; open_.pop_back()) {
            prefix_.resize(open_.back().prefix_size);
        }
    }

    /// What stands between the block and the one before it in the same container.
    void separate() {
        bool& has_sibling = open_.empty() ? has_block_ : open_.back().has_child;
        if (has_sibling) {
            end_line();
            const Block* around = open_.empty() ? nullptr : open_.back().block;
            if (around != nullptr && around->kind == BlockKind::kItem && open_.size() > 1) {
                around = open_[open_.size() - 2].block;
            }
            const bool tight =
                around != nullptr && around->kind == BlockKind::kList && !around->loose;
            if (!tight) {
                std::string_view blank = prefix_;
                while (blank.ends_with(' ')) blank.remove_suffix(1);
                out_ += blank;
                out_ += '\n';
            }
        }
        has_sibling = true;
    }

    void end_line() { out_ += '\n'; }

    /// Begins a line with what the containers around it ask for.
    void begin_line() {
        if (first_line_.empty()) {
            out_ += prefix_;
        } else {
            out_ += first_line_;
            first_line_.clear();
        }
    }

    void container(const Block& block) {
        Open open{block.end, &block, prefix_.size(), 0, block.number, false};
        switch (block.kind) {
            case BlockKind::kQuote:
                if (!first_line_.empty()) first_line_ += "> ";
                prefix_ += "> ";
                break;
            case BlockKind::kList:
                open.depth = choose_marker(block);
                break;
            case BlockKind::kItem: {
                if (first_line_.empty()) first_line_ = prefix_;
                const std::size_t before = first_line_.size();
                item_marker(open_.back(), block.number);
                prefix_.append(first_line_.size() - before, ' ');
                break;
            }
            default:
                break;
        }
        open_.push_back(open);
    }

    [[nodiscard]] BlockId index(const Block& block) const {
        return static_cast<BlockId>(&block - model_.blocks.data());
    }

    /// Two lists in a row would be read as one, were their markers the same. Returns how deep the
    /// list is nested.
    std::size_t choose_marker(const Block& block) {
        const auto is_flat = [](const Open& open) { return is_flat_in_markdown(open.block->kind); };
        const auto flat = static_cast<std::size_t>(std::ranges::count_if(open_, is_flat));
        const std::size_t depth = open_.size() - flat;
        if (last_lists_.size() <= depth) last_lists_.resize(depth + 1);
        LastList& last = last_lists_[depth];
        BlockId id = index(block);
        for (auto open = open_.rbegin(); open != open_.rend() && is_flat(*open); ++open) {
            if (index(*open->block) + 1 == id) --id;
        }
        const bool follows = last.end == id && last.ordered == block.ordered && id > 0;
        last = {block.end, block.ordered, follows && !last.other};
        return depth;
    }

    /// CommonMark counts on from a list's first number, whatever the others are. An item that is
    /// not next by that begins another list.
    void item_marker(Open& list, std::uint32_t number) {
        LastList& here = last_lists_[list.depth];
        if (here.ordered) {
            if (number != list.number) here.other = !here.other;
            list.number = number + 1;
            append_number(number, first_line_);
            first_line_ += here.other ? ") " : ". ";
        } else {
            first_line_ += here.other ? "* " : "- ";
        }
    }

    void leaf(const Block& block) {
        begin_line();
        switch (block.kind) {
            case BlockKind::kRule:
                out_ += "___";  // dashes and stars would meet list markers
                return;
            case BlockKind::kCode:
                code(block);
                return;
            case BlockKind::kHeading: {
                out_.append(block.level, '#');
                out_ += ' ';
                inline_.append(block, prefix_, out_);
                if (out_.back() == '#') out_.insert(out_.size() - 1, 1, '\\');
                return;
            }
            default:
                inline_.append(block, prefix_, out_);
                return;
        }
    }

    void code(const Block& block) {
        const std::string_view text = model_.text_of(block.text_begin, block.text_end);
        std::size_t fence = 3;
        std::size_t run = 0;
        for (const char c : text) {
            run = c == '`' ? run + 1 : 0;
            fence = std::max(fence, run + 1);
        }
        out_.append(fence, '`');
        out_ += code_language(dom_, block.node);
        for (std::size_t at = 0; at <= text.size();) {
            const std::size_t end = std::min(text.find('\n', at), text.size());
            end_line();
            out_ += prefix_;
            out_ += text.substr(at, end - at);
            at = end + 1;
        }
        end_line();
        out_ += prefix_;
        out_.append(fence, '`');
    }

    /// Writes the table at `b`; returns its last block.
    BlockId table(BlockId b) {
        const Block& table = model_.blocks[b];
        BlockId at = b + 1;
        if (model_.blocks[at].kind == BlockKind::kCaption) {
            separate();
            leaf(model_.blocks[at]);
            ++at;
        }
        bool head = true;
        for (; at < table.end; at = model_.blocks[at].end) {
            if (model_.blocks[at].kind != BlockKind::kRow) continue;
            if (head) {
                separate();
            } else {
                end_line();
            }
            row(at, head ? table.number : 0);
            if (head) delimiter_row(at, table.number);
            head = false;
        }
        return table.end - 1;
    }

    /// Rows may end early, but for the head, which tells the number of columns.
    void row(BlockId row, std::uint32_t columns) {
        begin_line();
        out_ += '|';
        std::uint32_t column = 0;
        for (BlockId c = row + 1; c < model_.blocks[row].end; ++c) {
            const Block& cell = model_.blocks[c];
            empty_cells(column, cell.number);
            out_ += ' ';
            inline_.append(cell, {}, out_);
            out_ += " |";
            column = cell.number + 1;
            empty_cells(column, cell.number + cell.columns);
        }
        empty_cells(column, columns);
    }

    void empty_cells(std::uint32_t& column, std::uint32_t until) {
        for (; column < until; ++column) out_ += "  |";
    }

    /// A column is aligned as its cell in the head is, or in the first row below.
    void delimiter_row(BlockId head, std::uint32_t columns) {
        std::vector<Align> aligns(columns, Align::kDefault);
        const BlockId next = model_.blocks[head].end;
        const BlockId last =
            next < model_.blocks.size() && model_.blocks[next].kind == BlockKind::kRow
                ? model_.blocks[next].end
                : next;
        for (BlockId c = head + 1; c < last; ++c) {
            const Block& cell = model_.blocks[c];
            if (cell.kind != BlockKind::kCell || cell.number >= columns) continue;
            if (aligns[cell.number] == Align::kDefault) aligns[cell.number] = cell.align;
        }
        end_line();
        begin_line();
        out_ += '|';
        for (const Align align : aligns) {
            out_ += align == Align::kLeft     ? " :--- |"
                    : align == Align::kCenter ? " :---: |"
                    : align == Align::kRight  ? " ---: |"
                                              : " --- |";
        }
    }

    struct LastList {
        BlockId end = 0;
        bool ordered = false;
        bool other = false;  // its marker is not the usual one
    };

    const Dom& dom_;
    const Blocks& model_;
    MarkdownInline inline_;
    std::string out_;
    std::string prefix_;      // of every line of the open containers
    std::string first_line_;  // instead of it, when items begin with the next line
    std::vector<Open> open_;
    std::vector<LastList> last_lists_;  // by nesting: the last one seen
    bool has_block_ = false;
};

}  // namespace

std::string render_markdown(const Dom& dom, const Blocks& model, Truncations& truncations) {
    return MarkdownRenderer(dom, model).render(truncations);
}

}  // namespace riptide::core
