#include "core/blocks.h"

#include <algorithm>

#include "core/block_writer.h"
#include "core/chars.h"
#include "core/limits.h"
#include "core/line_numbers.h"
#include "core/link_signs.h"
#include "core/lists.h"
#include "core/media_source.h"
#include "core/roles.h"
#include "core/superscript.h"
#include "core/tables.h"

namespace riptide::core {
namespace {

/// One walk over the selected nodes, calling the writer.
class Builder {
public:
    Builder(const Dom& dom, const Selection& selection, const UrlResolver& urls, Detail detail,
            Truncations& truncations)
        : dom_(dom),
          selection_(selection),
          urls_(urls),
          detail_(detail),
          truncations_(truncations),
          sources_(dom),
          out_(detail) {}

    Blocks build() {
        for (const NodeId root : selection_.roots) {
            out_.boundary();
            out_.set_source(root);
            for (NodeId n = root; n < dom_[root].end;) {
                leave_until(n);
                if (selection_.dropped.contains(n)) {
                    n = dom_[n].end;
                } else if (dom_[n].is_text()) {
                    text(n);
                    ++n;
                } else {
                    n = enter(n);
                }
            }
            leave_until(kNoNode);
            out_.boundary();
        }
        return std::move(out_.model());
    }

private:
    enum class Exit : std::uint8_t {
        kBoundary,
        kSpan,
        kLeaf,
        kContainer,
        kQuotation,
        kRuby,
        kCodeLine,
        kCodeTable
    };

    /// What happens when the walk leaves an element.
    struct Open {
        NodeId end;
        Exit exit;
        std::uint32_t id;  // the span to restore, the leaf or the container to close, or the size
                           // of the text before a line of code
        NodeId source;
    };

    void on_exit(NodeId n, Exit exit, std::uint32_t id) {
        open_.push_back({dom_[n].end, exit, id, out_.source()});
    }

    void leave_until(NodeId n) {
        for (; !open_.empty() && open_.back().end <= n; open_.pop_back()) {
            const Open& left = open_.back();
            switch (left.exit) {
                case Exit::kBoundary:
                    out_.boundary();
                    break;
                case Exit::kSpan:
                    out_.restore_span(left.id);
                    break;
                case Exit::kLeaf:
                    out_.close_leaf(left.id);
                    out_.boundary();
                    break;
                case Exit::kContainer:
                    out_.boundary();
                    out_.close_container(left.id);
                    break;
                case Exit::kQuotation:
                    out_.text("\u201D");
                    break;
                case Exit::kRuby:
                    out_.text(")");
                    break;
                case Exit::kCodeLine:
                    end_code_line(left.id);
                    break;
                case Exit::kCodeTable:
                    out_.close_leaf(code_leaf_);
                    out_.boundary();
                    break;
            }
            out_.set_source(left.source);
        }
    }

    void text(NodeId n) {
        if (n < code_table_end_ && !dom_.contains(code_, n)) return;
        if (n < numbered_end_ && takes_line_number(n)) return;
        std::string_view text = dom_.text(n);
        // Indentation between elements is a space, however long.
        if (dom_[n].blank && is_space(text.front()) && !out_.in_leaf()) text = " ";
        if (n < raised_until_) {
            out_.text(raise(text));
        } else {
            out_.text(text);
        }
    }

    NodeId enter(NodeId n);
    NodeId block(NodeId n);
    NodeId leaf(NodeId n, BlockKind kind);
    NodeId container(NodeId n, BlockKind kind);
    NodeId style(NodeId n, Style style);
    NodeId superscript(NodeId n);
    NodeId anchor(NodeId n);
    NodeId image(NodeId n);
    NodeId player(NodeId n);
    NodeId no_script(NodeId n);
    NodeId math(NodeId n);
    std::string_view tex_of(NodeId n) const;
    bool draws_last_math(NodeId n) const;
    NodeId heading(NodeId n);
    NodeId cell(NodeId n);
    NodeId code_table(NodeId n);
    NodeId code_row(NodeId n);

    /// A heading ends where a block begins that no heading holds; it had its text before.
    void leave_heading() {
        if (in(BlockKind::kHeading) && out_.has_text()) out_.close_leaf(out_.leaf());
    }

    [[nodiscard]] bool in(BlockKind leaf) const {
        return out_.in_leaf() && out_.kind_of_leaf() == leaf;
    }

    /// A button beside code, or a link to edit the section beside a heading.
    [[nodiscard]] bool is_tool(NodeId n) const {
        if (in(BlockKind::kCode)) return dom_[n].tag == LXB_TAG_BUTTON;
        return in(BlockKind::kHeading) && is_bracketed_link(dom_, n);
    }

    /// The first ink of a line of code.
    [[nodiscard]] bool takes_line_number(NodeId n) {
        const std::string& text = out_.model().text;
        const bool begins =
            text.size() != numbered_size_ && (!out_.has_text() || text.back() == '\n');
        if (!begins || dom_[n].blank) return false;
        numbered_size_ = text.size();
        return true;
    }

    /// Empty lines count.
    void end_code_line(std::uint32_t begin) {
        const std::string& text = out_.model().text;
        if (text.size() == begin || text.back() != '\n') out_.line_break();
    }

    std::uint32_t add_target(std::vector<Target>& targets, NodeId n, MediaKind kind,
                             std::string_view reference);

    const Dom& dom_;
    const Selection& selection_;
    const UrlResolver& urls_;
    const Detail detail_;
    Truncations& truncations_;
    const MediaSources sources_;
    BlockWriter out_;
    std::vector<Open> open_;
    NodeId last_image_ = kNoNode;  // the last `<img>`, whether it could be shown or not
    bool last_image_shown_ = false;
    NodeId raised_until_ = 0;    // digits up to here are superscripts
    NodeId math_end_ = kNoNode;  // of the last `<math>`
    NodeId code_table_end_ = 0;  // of the last table of code: in it, text is
    NodeId code_ = kNoNode;      // what stands in here
    BlockId code_leaf_ = kNone;
    NodeId numbered_end_ = 0;  // of the last `<pre>` whose lines begin with their numbers
    std::size_t numbered_size_ = std::string::npos;  // of the text before the last of these
};

NodeId Builder::enter(NodeId n) {
    const NodeId next = n + 1;
    if (draws_last_math(n)) return dom_[n].end;
    switch (role_of(dom_[n].tag)) {
        case Role::kInline:
            return is_tool(n) ? dom_[n].end : next;
        case Role::kBlock:
        case Role::kRowGroup:
            return block(n);
        case Role::kSkip:
            return dom_[n].end;
        case Role::kStrong:
            return style(n, Style::kStrong);
        case Role::kEmphasis:
            return style(n, Style::kEmphasis);
        case Role::kDeleted:
            return style(n, Style::kDeleted);
        case Role::kCode:
            return style(n, Style::kCode);
        case Role::kSub:
            return style(n, Style::kSub);
        case Role::kSup:
            return superscript(n);
        case Role::kAnchor:
            return anchor(n);
        case Role::kQuotation:
            out_.text("\u201C");
            on_exit(n, Exit::kQuotation, kNone);
            return next;
        case Role::kRuby:
            out_.text("(");
            on_exit(n, Exit::kRuby, kNone);
            return next;
        case Role::kMath:
            return math(n);
        case Role::kBreak:
            out_.line_break();
            return next;
        case Role::kImage:
            return image(n);
        case Role::kPlayer:
        case Role::kEmbed:
            return player(n);
        case Role::kNoScript:
            return selection_.shows_noscript ? block(n) : no_script(n);
        case Role::kParagraph:
            leave_heading();
            return block(n);
        case Role::kHeading:
            return heading(n);
        case Role::kList:
            leave_heading();
            return container(n, BlockKind::kList);
        case Role::kItem:
            out_.boundary();
            out_.close_implied();
            return out_.container() == BlockKind::kList ? container(n, BlockKind::kItem) : block(n);
        case Role::kDefinitions:
            leave_heading();
            return container(n, BlockKind::kDefinitions);
        case Role::kTerm:
            out_.boundary();
            out_.close_implied();
            return out_.container() == BlockKind::kDefinitions ? leaf(n, BlockKind::kTerm)
                                                               : block(n);
        case Role::kDescription:
            out_.boundary();
            out_.close_implied();
            return out_.container() == BlockKind::kDefinitions
                       ? container(n, BlockKind::kDescription)
                       : block(n);
        case Role::kQuote:
            leave_heading();
            return container(n, BlockKind::kQuote);
        case Role::kFigure:
            leave_heading();
            return container(n, BlockKind::kFigure);
        case Role::kFigureCaption:
            out_.boundary();
            return out_.container() == BlockKind::kFigure ? leaf(n, BlockKind::kCaption) : block(n);
        case Role::kPreformatted:
            leave_heading();
            if (!out_.in_leaf() && has_numbered_lines(dom_, n)) numbered_end_ = dom_[n].end;
            return leaf(n, BlockKind::kCode);
        case Role::kTable:
            leave_heading();
            if (is_code_table(dom_, n, out_.in_leaf())) return code_table(n);
            return is_data_table(dom_, selection_, n) ? container(n, BlockKind::kTable) : block(n);
        case Role::kTableCaption:
            out_.boundary();
            return out_.container() == BlockKind::kTable ? leaf(n, BlockKind::kCaption) : block(n);
        case Role::kRow:
            if (n < code_table_end_) return code_row(n);
            out_.boundary();
            out_.close_implied();
            return out_.container() == BlockKind::kTable ? container(n, BlockKind::kRow) : block(n);
        case Role::kCell:
            return cell(n);
        case Role::kRule:
            leave_heading();
            out_.boundary();
            if (!out_.in_leaf()) out_.rule(n);
            return next;
    }
    return next;
}

NodeId Builder::block(NodeId n) {
    out_.boundary();
    on_exit(n, Exit::kBoundary, kNone);
    out_.set_source(n);
    return n + 1;
}

NodeId Builder::leaf(NodeId n, BlockKind kind) {
    out_.boundary();
    if (out_.in_leaf()) return block(n);
    on_exit(n, Exit::kLeaf, out_.open_leaf(kind, n));
    return n + 1;
}

NodeId Builder::container(NodeId n, BlockKind kind) {
    out_.boundary();
    if (out_.in_leaf()) return block(n);
    on_exit(n, Exit::kContainer, out_.open_container(kind, n));
    out_.set_source(n);
    return n + 1;
}

NodeId Builder::style(NodeId n, Style style) {
    if (detail_ == Detail::kMarkup) {
        on_exit(n, Exit::kSpan, out_.span());
        out_.open_span(style, kNone);
    }
    return n + 1;
}

NodeId Builder::superscript(NodeId n) {
    if (!raises_digits(dom_, n)) return style(n, Style::kSup);
    raised_until_ = dom_[n].end;
    return n + 1;
}

std::uint32_t Builder::add_target(std::vector<Target>& targets, NodeId n, MediaKind kind,
                                  std::string_view reference) {
    if (detail_ == Detail::kText || reference.empty()) return kNone;
    std::string& pool = out_.model().urls;
    if (pool.size() > kMaxOutputBytes) {
        truncations_.add(Truncation::kOutput);
        return kNone;
    }
    const std::string url = urls_.resolve(reference);
    if (url.empty() || (kind == MediaKind::kEmbed && !is_known_embed(url))) return kNone;
    targets.push_back(
        {n, kind, static_cast<std::uint32_t>(pool.size()), static_cast<std::uint32_t>(url.size())});
    pool += url;
    return static_cast<std::uint32_t>(targets.size() - 1);
}

NodeId Builder::anchor(NodeId n) {
    if (is_link_sign(dom_, n, in(BlockKind::kHeading) || in(BlockKind::kTerm))) {
        return dom_[n].end;
    }
    if (detail_ == Detail::kText) return n + 1;
    const std::uint32_t link =
        add_target(out_.model().links, n, MediaKind::kImage, dom_.attribute(n, LXB_DOM_ATTR_HREF));
    if (link == kNone) return n + 1;
    on_exit(n, Exit::kSpan, out_.span());
    out_.open_span(Style::kLink, link);
    return n + 1;
}

NodeId Builder::image(NodeId n) {
    if (sources_.is_tracker(n)) return n + 1;
    const std::string_view source = sources_.image(n);
    last_image_ = n;
    last_image_shown_ = !source.empty();
    out_.image(add_target(out_.model().media, n, MediaKind::kImage, source));
    return n + 1;
}

NodeId Builder::player(NodeId n) {
    const Tag tag = dom_[n].tag;
    const bool plays = tag == LXB_TAG_VIDEO || tag == LXB_TAG_AUDIO;
    const MediaKind kind = tag == LXB_TAG_VIDEO   ? MediaKind::kVideo
                           : tag == LXB_TAG_AUDIO ? MediaKind::kAudio
                                                  : MediaKind::kEmbed;
    if (detail_ == Detail::kMarkup) {
        add_target(out_.model().media, n, kind, plays ? sources_.player(n) : sources_.embed(n));
    }
    return dom_[n].end;
}

/// Read for the images that a page shows where scripts do not run, unless the same place has one.
NodeId Builder::no_script(NodeId n) {
    const NodeId end = dom_[n].end;
    const bool beside = last_image_ != kNoNode && last_image_shown_ &&
                        dom_[last_image_].end + 2 >= n;  // at most white space between
    for (NodeId i = n + 1; i < end && !beside; ++i) {
        if (dom_[i].tag == LXB_TAG_IMG && !selection_.dropped.contains(i)) image(i);
    }
    return end;
}

/// What the author wrote, where the page tells it.
std::string_view Builder::tex_of(NodeId n) const {
    const std::string_view alt = dom_.attribute(n, dom_.attribute_id("alttext"));
    if (!is_blank(alt)) return alt;
    const AttributeId encoding = dom_.attribute_id("encoding");
    for (NodeId i = n + 1; i + 1 < dom_[n].end; ++i) {
        if (ascii_iequals(dom_.attribute(i, encoding), "application/x-tex"))
            return dom_.text(i + 1);
    }
    return {};
}

/// Beside a formula for machines, scripts put one for the eye, which they hide from the former.
bool Builder::draws_last_math(NodeId n) const {
    return n == math_end_ && dom_.attribute(n, dom_.attribute_id("aria-hidden")) == "true";
}

NodeId Builder::math(NodeId n) {
    math_end_ = dom_[n].end;
    if (const std::string_view tex = tex_of(n); !is_blank(tex)) {
        out_.text(tex);
        return dom_[n].end;
    }
    for (NodeId i = n + 1; i < dom_[n].end;) {
        const std::string_view name = dom_.tag_name(i);
        if (name == "annotation" || name == "annotation-xml" || selection_.dropped.contains(i)) {
            i = dom_[i].end;
            continue;
        }
        out_.text(dom_.text(i));
        ++i;
    }
    return dom_[n].end;
}

NodeId Builder::heading(NodeId n) {
    leave_heading();
    out_.boundary();
    if (out_.in_leaf()) return block(n);
    const BlockId id = out_.open_leaf(BlockKind::kHeading, n);
    static_assert(LXB_TAG_H6 == LXB_TAG_H1 + 5);
    out_.model().blocks[id].level = static_cast<std::uint8_t>(dom_[n].tag - LXB_TAG_H1 + 1);
    on_exit(n, Exit::kLeaf, id);
    return n + 1;
}

NodeId Builder::cell(NodeId n) {
    out_.boundary();
    if (out_.container() != BlockKind::kRow || out_.in_leaf()) return block(n);
    const BlockId id = out_.open_leaf(BlockKind::kCell, n);
    on_exit(n, Exit::kLeaf, id);
    describe_cell(dom_, n, out_.model().blocks[id]);
    return n + 1;
}

NodeId Builder::code_table(NodeId n) {
    out_.boundary();
    code_leaf_ = kNone;
    code_table_end_ = dom_[n].end;
    code_ = kNoNode;
    on_exit(n, Exit::kCodeTable, kNone);
    return n + 1;
}

NodeId Builder::code_row(NodeId n) {
    const RowCells cells = cells_of(dom_, n);
    if (cells.count < 2) {
        code_ = n;
        return block(n);
    }
    code_ = code_in_cell(dom_, cells.last);
    if (!out_.in_leaf()) code_leaf_ = out_.open_leaf(BlockKind::kCode, code_);
    on_exit(n, Exit::kCodeLine, static_cast<std::uint32_t>(out_.model().text.size()));
    return cells.last;
}

}  // namespace

Blocks build_blocks(const Dom& dom, const Selection& selection, const UrlResolver& urls,
                    Detail detail, Truncations& truncations) {
    Blocks model = Builder(dom, selection, urls, detail, truncations).build();
    number_lists(dom, model.blocks);
    mark_loose_lists(model.blocks);
    return model;
}

}  // namespace riptide::core
