/// The inline part of Markdown: text, emphasis, links and images of one leaf.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "core/blocks.h"

namespace riptide::core {

/// Writes leaves so that a CommonMark parser reads back what the model says, and nothing that the
/// page wrote as Markdown or HTML: all of its characters that could mean something are escaped.
///
/// Emphasis that CommonMark cannot express (its delimiters must stand between a space or
/// punctuation and a word in certain ways) is dropped, never its text. Subscript and superscript
/// have no Markdown.
class MarkdownInline {
public:
    MarkdownInline(const Dom& dom, const Blocks& model) : dom_(dom), model_(model) {}

    /// Appends the leaf to `out`, which ends where a line's content begins. A line break of the
    /// leaf becomes a hard break followed by `prefix`; in headings and cells, a space.
    void append(const Block& leaf, std::string_view prefix, std::string& out);

private:
    enum class PieceKind : std::uint8_t { kText, kBreak, kImage, kOpen, kClose };

    struct Piece {
        PieceKind kind;
        Style style;          // of marks
        char delimiter;       // of emphasis: '*' or '_'; 0 when dropped
        std::uint32_t begin;  // text range; index of the medium or link
        std::uint32_t end;    // of marks: index of the other one
    };
    struct Mark {
        Style style;
        std::uint32_t link;
        std::uint32_t piece;
        bool operator==(const Mark& o) const { return style == o.style && link == o.link; }
    };

    void cut(const Block& leaf);
    void set_marks(SpanId span, bool holds_code);
    void choose_delimiters();
    enum class Side : std::uint8_t { kSpace, kPunctuation, kUnsure, kWord };
    [[nodiscard]] Side side_of(char32_t code_point) const;
    [[nodiscard]] Side before(std::size_t mark) const;
    [[nodiscard]] Side after(std::size_t mark) const;
    [[nodiscard]] bool touches(std::size_t mark, Style style) const;
    std::size_t write_code(std::size_t open, std::string& out);
    /// Whether something that is not a line's end may follow the text directly.
    enum class Next : std::uint8_t { kNothing, kAnything };
    void write_text(std::string_view text, Next next, std::string& out);
    void write_mark(const Piece& mark, std::string& out);
    void write_destination(const Target& target, std::string& out);

    const Dom& dom_;
    const Blocks& model_;
    bool in_cell_ = false;
    std::size_t line_begin_ = 0;  // where the line's content begins in `out`; npos: not at a line
    std::vector<Piece> pieces_;
    std::array<Mark, kMaxSpanDepth> marks_{};
    std::size_t mark_count_ = 0;
    std::string buffer_;
};

}  // namespace riptide::core
