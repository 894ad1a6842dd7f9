/// What renderings with tags (HTML, TEI) have in common.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/blocks.h"
#include "core/limits.h"

namespace riptide::core {

/// Where a rendering is cut, so that there is room for the ends of what is open.
inline constexpr std::size_t kMaxTaggedBytes = kMaxOutputBytes - 4096;

/// The language that the block's element says it is in; empty when it says none, or no tag of one.
std::string_view language_of(const Dom& dom, const Block& block);

/// A paragraph that needs no element of its own: in tight lists, and images in figures. It stands
/// in `container`, and that in `around`; null for none.
bool is_bare(const Block& block, const Block* container, const Block* around);

void append_number(std::uint32_t number, std::string& out);
/// ` name="number"`, of a start tag.
void append_number_attribute(std::string_view name, std::uint32_t number, std::string& out);

/// Calls `end` for each span that is open after a run in `from` and not in `to`, the innermost
/// first, then `begin` for each that is to be opened, the outermost first.
template <typename End, typename Begin>
void change_span(const std::vector<Span>& spans, SpanId from, SpanId to, const End& end,
                 const Begin& begin) {
    std::array<SpanId, kMaxSpanDepth> opened;
    std::size_t count = 0;
    while (from != to) {
        if (spans[from].depth >= spans[to].depth) {
            end(spans[from]);
            from = spans[from].parent;
        } else {
            opened[count++] = to;
            to = spans[to].parent;
        }
    }
    while (count > 0) begin(spans[opened[--count]]);
}

/// Calls `write` for each run of the block, with `end` and `begin` between them as `change_span`
/// does; all spans are ended after the last.
template <typename Write, typename End, typename Begin>
void walk_runs(const Blocks& model, const Block& block, const Write& write, const End& end,
               const Begin& begin) {
    SpanId span = 0;
    for (std::uint32_t r = block.run_begin; r < block.run_end; ++r) {
        const Run& run = model.runs[r];
        change_span(model.spans, span, run.span, end, begin);
        span = run.span;
        write(run);
    }
    change_span(model.spans, span, 0, end, begin);
}

}  // namespace riptide::core
