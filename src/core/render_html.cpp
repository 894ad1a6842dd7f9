#include "core/render_html.h"

#include <algorithm>
#include <array>

#include "base/escape.h"
#include "core/chars.h"
#include "core/code_language.h"
#include "core/render_parts.h"

namespace riptide::core {
namespace {

void append_attribute(std::string_view name, std::string_view value, std::string& out) {
    out += ' ';
    out += name;
    out += "=\"";
    append_html(value, out);
    out += '"';
}

std::string_view tag_of(Style style) {
    switch (style) {
        case Style::kRoot:
            break;
        case Style::kLink:
            return "a";
        case Style::kStrong:
            return "strong";
        case Style::kEmphasis:
            return "em";
        case Style::kDeleted:
            return "del";
        case Style::kCode:
            return "code";
        case Style::kSub:
            return "sub";
        case Style::kSup:
            return "sup";
    }
    return {};
}

class HtmlRenderer {
public:
    HtmlRenderer(const Dom& dom, const Blocks& model) : dom_(dom), model_(model) {
        out_.reserve(model.text.size() + model.text.size() / 4 + model.urls.size() +
                     model.blocks.size() * 8);
    }

    std::string render(Truncations& truncations) {
        for (BlockId b = 0; b < model_.blocks.size(); ++b) {
            close_until(b);
            const Block& block = model_.blocks[b];
            if (!block.is_leaf()) {
                container(block);
                continue;
            }
            const std::size_t before = out_.size();
            leaf(block);
            if (out_.size() > kMaxTaggedBytes) {
                out_.resize(before);
                truncations.add(Truncation::kOutput);
                break;
            }
        }
        close_until(kNone);
        return std::move(out_);
    }

private:
    struct Open {
        BlockId end;
        const Block* block;
        std::string_view tag;
        std::string_view section;  // of tables: "thead" or "tbody" when open
        std::uint32_t number;      // of ordered lists: what the next item is by itself
    };

    void close_until(BlockId b) {
        for (; !open_.empty() && open_.back().end <= b; open_.pop_back()) {
            close_section(open_.back());
            end_tag(open_.back().tag);
            out_ += '\n';
        }
    }

    void close_section(Open& table) {
        if (table.section.empty()) return;
        end_tag(table.section);
        out_ += '\n';
        table.section = {};
    }

    void end_tag(std::string_view tag) {
        out_ += "</";
        out_ += tag;
        out_ += '>';
    }

    void start_tag(std::string_view tag, const Block& block) {
        out_ += '<';
        out_ += tag;
        if (block.node == kNoNode) return;
        const std::string_view lang = language_of(dom_, block);
        if (!lang.empty()) append_attribute("lang", lang, out_);
        const std::string_view dir = dom_.attribute(block.node, LXB_DOM_ATTR_DIR);
        constexpr std::string_view kDirections[] = {"ltr", "rtl", "auto"};
        for (const std::string_view direction : kDirections) {
            if (ascii_iequals(dir, direction)) append_attribute("dir", direction, out_);
        }
    }

    void container(const Block& block) {
        std::string_view tag;
        switch (block.kind) {
            case BlockKind::kList:
                tag = block.ordered ? "ol" : "ul";
                break;
            case BlockKind::kItem:
                tag = "li";
                break;
            case BlockKind::kDefinitions:
                tag = "dl";
                break;
            case BlockKind::kDescription:
                tag = "dd";
                break;
            case BlockKind::kQuote:
                tag = "blockquote";
                break;
            case BlockKind::kFigure:
                tag = "figure";
                break;
            case BlockKind::kTable:
                tag = "table";
                break;
            default:
                tag = "tr";
                break;
        }
        if (block.kind == BlockKind::kRow) row_section(block.header);
        start_tag(tag, block);
        if (block.kind == BlockKind::kList && block.ordered) list_numbers(block);
        if (block.kind == BlockKind::kItem) item_number(block);
        out_ += '>';
        if (block.kind != BlockKind::kItem && block.kind != BlockKind::kRow) out_ += '\n';
        open_.push_back({block.end, &block, tag, {}, block.number});
        if (block.kind == BlockKind::kItem && !is_bare(model_.blocks[index(block) + 1])) {
            out_ += '\n';
        }
    }

    void list_numbers(const Block& list) {
        if (list.reversed) out_ += " reversed";
        if (list.number != 1 || list.reversed) append_number_attribute("start", list.number, out_);
    }

    void item_number(const Block& item) {
        Open& list = open_.back();
        if (item.number != list.number) append_number_attribute("value", item.number, out_);
        if (list.block->ordered) {
            list.number = list.block->reversed ? item.number - 1 : item.number + 1;
        }
    }

    /// Header rows at the top of a table are its head.
    void row_section(bool header) {
        Open& table = open_.back();
        if (table.section.empty()) {
            table.section = header ? "thead" : "tbody";
        } else if (table.section == "thead" && !header) {
            close_section(table);
            table.section = "tbody";
        } else {
            return;
        }
        out_ += '<';
        out_ += table.section;
        out_ += ">\n";
    }

    [[nodiscard]] BlockId index(const Block& block) const {
        return static_cast<BlockId>(&block - model_.blocks.data());
    }

    [[nodiscard]] bool is_bare(const Block& block) const {
        const std::size_t depth = open_.size();
        return core::is_bare(block, depth > 0 ? open_.back().block : nullptr,
                             depth > 1 ? open_[depth - 2].block : nullptr);
    }

    void leaf(const Block& block) {
        switch (block.kind) {
            case BlockKind::kRule:
                out_ += "<hr>\n";
                return;
            case BlockKind::kCode:
                code(block);
                return;
            case BlockKind::kParagraph:
                if (is_bare(block)) {
                    inlines(block);
                    if (index(block) + 1 < open_.back().end) out_ += '\n';
                    return;
                }
                element("p", block);
                return;
            case BlockKind::kHeading: {
                const std::array<char, 2> tag = {'h', static_cast<char>('0' + block.level)};
                element({tag.data(), tag.size()}, block);
                return;
            }
            case BlockKind::kTerm:
                element("dt", block);
                return;
            case BlockKind::kCaption:
                element(!open_.empty() && open_.back().block->kind == BlockKind::kTable
                            ? "caption"
                            : "figcaption",
                        block);
                return;
            default:
                cell(block);
                return;
        }
    }

    void element(std::string_view tag, const Block& block) {
        start_tag(tag, block);
        out_ += '>';
        inlines(block);
        end_tag(tag);
        out_ += '\n';
    }

    void cell(const Block& block) {
        const std::string_view tag = block.header ? "th" : "td";
        start_tag(tag, block);
        const auto span = [&](std::string_view name, std::uint32_t size) {
            if (size > 1) append_number_attribute(name, size, out_);
        };
        span("colspan", block.columns);
        span("rowspan", block.rows);
        if (block.align == Align::kLeft) append_attribute("align", "left", out_);
        if (block.align == Align::kCenter) append_attribute("align", "center", out_);
        if (block.align == Align::kRight) append_attribute("align", "right", out_);
        out_ += '>';
        inlines(block);
        end_tag(tag);
    }

    void code(const Block& block) {
        start_tag("pre", block);
        out_ += "><code";
        const std::string_view language = code_language(dom_, block.node);
        if (!language.empty()) {
            out_ += " class=\"language-";
            append_html(language, out_);
            out_ += '"';
        }
        out_ += '>';
        append_html(model_.text_of(block.text_begin, block.text_end), out_);
        out_ += "\n</code></pre>\n";
    }

    void inlines(const Block& block) {
        walk_runs(
            model_, block, [this](const Run& run) { write(run); },
            [this](const Span& span) { end_tag(tag_of(span.style)); },
            [this](const Span& span) {
                out_ += '<';
                out_ += tag_of(span.style);
                if (span.style == Style::kLink) {
                    append_attribute("href", model_.url_of(model_.links[span.link]), out_);
                }
                out_ += '>';
            });
    }

    void write(const Run& run) {
        if (run.kind == RunKind::kText) {
            append_html(model_.text_of(run.begin, run.end), out_);
        } else if (run.kind == RunKind::kBreak) {
            out_ += "<br>\n";
        } else {
            image(model_.media[run.begin]);
        }
    }

    void image(const Target& target) {
        out_ += "<img";
        append_attribute("src", model_.url_of(target), out_);
        alt_.clear();
        append_line(dom_.attribute(target.node, LXB_DOM_ATTR_ALT), alt_);
        append_attribute("alt", alt_, out_);
        out_ += '>';
    }

    const Dom& dom_;
    const Blocks& model_;
    std::string out_;
    std::string alt_;
    std::vector<Open> open_;
};

}  // namespace

std::string render_html(const Dom& dom, const Blocks& model, Truncations& truncations) {
    return HtmlRenderer(dom, model).render(truncations);
}

}  // namespace riptide::core
