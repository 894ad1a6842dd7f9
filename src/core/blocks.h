/// The one model of content between the page and every rendering of it.
///
/// Blocks are a flat array in document order, as the page's nodes are: a block's descendants are
/// the blocks right after it up to `end`. Leaves hold text: a range of `Blocks::text`, which is
/// cut into runs, each inside one span of inline markup. White space in `text` is as a reader sees
/// it, so a rendering copies and escapes, and decides nothing about the page.
///
/// White space: every run of Unicode white space is one space, none stands at the ends of a line
/// (CSS keeps U+00A0; pages use it for layout, so it collapses here too); U+200B, U+FEFF, U+2060,
/// U+00AD and control characters are left out, so that they neither split nor hide words.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/selection.h"
#include "core/truncations.h"
#include "core/url.h"

namespace riptide::core {

using BlockId = std::uint32_t;
using SpanId = std::uint32_t;
inline constexpr std::uint32_t kNone = 0xFFFFFFFF;

/// Lists, quotes, figures and tables nested deeper are flattened into their ancestor.
inline constexpr std::size_t kMaxNesting = 32;

enum class BlockKind : std::uint8_t {
    // Containers.
    kList,  ///< Of items.
    kItem,
    kDefinitions,  ///< Of terms and descriptions.
    kDescription,
    kQuote,
    kFigure,
    kTable,  ///< Of an optional caption, then rows.
    kRow,    ///< Of cells.
    // Leaves.
    kParagraph,
    kHeading,
    kTerm,
    kCaption,  ///< Of a figure or a table.
    kCell,     ///< The only leaf that may be empty.
    kCode,     ///< Its text keeps its lines and spaces.
    kRule,     ///< Without text.
};

enum class Align : std::uint8_t { kDefault, kLeft, kCenter, kRight };

struct Block {
    BlockKind kind;
    std::uint8_t level = 0;         ///< Headings: 1 to 6.
    Align align = Align::kDefault;  ///< Cells.
    bool ordered = false;           ///< Lists.
    bool reversed = false;          ///< Ordered lists: their items are counted down.
    bool loose = false;      ///< Lists: an item holds more than a paragraph and lists below it.
    bool header = false;     ///< Cells (`<th>`) and rows (all of whose cells are).
    bool has_image = false;  ///< Leaves: white space of `text` is doubled around an image.
    BlockId end = 0;         ///< One past the last descendant.
    NodeId node = kNoNode;   ///< Where it comes from; for paragraphs the nearest block element.
    std::uint32_t text_begin = 0;  ///< Leaves: range of `Blocks::text`.
    std::uint32_t text_end = 0;
    std::uint32_t run_begin = 0;  ///< Leaves: range of `Blocks::runs`.
    std::uint32_t run_end = 0;
    /// Ordered lists: the first number. Their items: their number. Tables: columns. Cells: column.
    std::uint32_t number = 0;
    std::uint16_t columns = 1;  ///< Cells: the spans, cut to the table.
    std::uint16_t rows = 1;
    [[nodiscard]] bool is_leaf() const { return kind >= BlockKind::kParagraph; }
};

enum class Style : std::uint8_t { kRoot, kLink, kStrong, kEmphasis, kDeleted, kCode, kSub, kSup };

/// As many as there are styles.
inline constexpr std::size_t kMaxSpanDepth = 7;

/// Inline markup around runs: a tree in which no style stands inside itself, so that a chain of
/// parents is at most as long as there are styles, whatever the page nests.
struct Span {
    SpanId parent = 0;  ///< 0, the root, for the outermost.
    Style style = Style::kRoot;
    std::uint8_t depth = 0;      ///< 0 for the root.
    std::uint32_t link = kNone;  ///< Index into `Blocks::links` of the link around it.
};

enum class RunKind : std::uint8_t { kText, kBreak, kImage };

struct Run {
    RunKind kind;
    SpanId span;
    std::uint32_t begin;  ///< Text: range of `Blocks::text`. Images: `begin` indexes `media`.
    std::uint32_t end;
};

/// A link's or a medium's resolved address: a range of `Blocks::urls`.
struct Target {
    NodeId node;
    MediaKind kind;
    std::uint32_t url_begin;
    std::uint32_t url_size;
};

struct Blocks {
    std::vector<Block> blocks;
    std::vector<Run> runs;
    std::vector<Span> spans;    ///< `spans[0]` is the root.
    std::vector<Target> links;  ///< `<a href>`, in document order.
    std::vector<Target> media;  ///< In document order.
    std::string text;           ///< Of all leaves; a newline separates two of them.
    std::string urls;

    [[nodiscard]] std::string_view text_of(std::uint32_t begin, std::uint32_t end) const {
        return std::string_view(text).substr(begin, end - begin);
    }
    [[nodiscard]] std::string_view url_of(const Target& target) const {
        return std::string_view(urls).substr(target.url_begin, target.url_size);
    }
};

/// What a model is built for.
enum class Detail : std::uint8_t {
    kText,    ///< Blocks and text: no runs, spans, links or media.
    kMarkup,  ///< All of it.
};

/// Linear in the selection. Blocks and text are the same whatever the detail. Adds `kOutput` to
/// `truncations` when the addresses of links and media together exceed `kMaxOutputBytes`; those
/// that come after are left out.
Blocks build_blocks(const Dom& dom, const Selection& selection, const UrlResolver& urls,
                    Detail detail, Truncations& truncations);

}  // namespace riptide::core
