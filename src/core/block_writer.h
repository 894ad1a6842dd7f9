/// Writes the block model: keeps its promises (white space, nesting, no empty blocks) whatever the
/// order of calls, so that the walk over the page need not.
#pragma once

#include "core/blocks.h"

namespace riptide::core {

class BlockWriter {
public:
    explicit BlockWriter(Detail detail);

    // Text goes to the open leaf; where there is none, a paragraph is opened when ink comes.

    void text(std::string_view text);
    void line_break();
    /// An image stands here. `medium` indexes `Blocks::media`, or is `kNone` when it cannot be
    /// shown: the text around it flows the same.
    void image(std::uint32_t medium);

    /// What stood before and what comes after are on different lines: ends the open paragraph, or
    /// the line in leaves that hold no blocks.
    void boundary();

    // Leaves that hold no blocks. One that stayed empty is forgotten, but for cells.

    BlockId open_leaf(BlockKind kind, NodeId node);
    /// Closes the leaf unless that has happened.
    void close_leaf(BlockId leaf);
    void rule(NodeId node);
    [[nodiscard]] bool in_leaf() const { return fixed_; }
    [[nodiscard]] BlockId leaf() const { return leaf_; }
    /// There must be one.
    [[nodiscard]] BlockKind kind_of_leaf() const { return model_.blocks[leaf_].kind; }
    /// The open leaf has text.
    [[nodiscard]] bool has_text() const;

    // Containers. One that stayed empty is forgotten; so is a row whose cells all did.

    /// `kNone` when the nesting is too deep: then content goes to the container around it.
    BlockId open_container(BlockKind kind, NodeId node);
    /// Closes the container and what is open in it, unless that has happened.
    void close_container(BlockId container);
    /// Ends the item or description that stands open only because content had none of its own.
    void close_implied();
    /// The kind of the innermost open container; `kParagraph` for none.
    [[nodiscard]] BlockKind container() const;

    // Inline markup. A style inside itself changes nothing, but for links: the inner one counts.

    [[nodiscard]] SpanId span() const { return span_; }
    void open_span(Style style, std::uint32_t link);
    void restore_span(SpanId span) { span_ = span; }

    /// The block element that paragraphs opened from now on come from.
    void set_source(NodeId node) { source_ = node; }
    [[nodiscard]] NodeId source() const { return source_; }

    [[nodiscard]] Blocks& model() { return model_; }

private:
    struct Container {
        BlockId id;
        BlockId last_item;  // of lists: where stray content goes
        bool implied;
    };

    void ensure_container();
    void push_container(BlockKind kind, NodeId node, bool implied);
    [[nodiscard]] bool is_empty(BlockId container) const;
    void pop_container();
    void begin_leaf(BlockKind kind, NodeId node);
    void end_leaf();
    void flush();
    void add_run(RunKind kind, SpanId span, std::uint32_t begin, std::uint32_t end);
    void append(std::string_view ink);
    void append_code(std::string_view text);
    [[nodiscard]] SpanId common_span(SpanId a, SpanId b) const;

    Detail detail_;
    Blocks model_;
    std::vector<Container> containers_;
    BlockId leaf_ = kNone;
    bool fixed_ = false;        // the open leaf is none that ink opened
    bool space_ = false;        // white space came since the last ink
    std::uint32_t breaks_ = 0;  // line breaks since the last ink
    SpanId span_ = 0;
    NodeId source_ = kNoNode;
};

}  // namespace riptide::core
