#include "core/render_tei.h"

#include <string_view>
#include <vector>

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
    append_xml(value, out);
    out += '"';
}

/// The start tag of a span, without its angle brackets.
std::string_view start_of(Style style) {
    switch (style) {
        case Style::kStrong:
            return R"(hi rend="bold")";
        case Style::kEmphasis:
            return R"(hi rend="italic")";
        case Style::kSub:
            return R"(hi rend="sub")";
        case Style::kSup:
            return R"(hi rend="sup")";
        case Style::kDeleted:
            return "del";
        case Style::kCode:
            return "code";
        case Style::kLink:
        case Style::kRoot:
            break;
    }
    return "ref";
}

class TeiRenderer {
public:
    TeiRenderer(const Dom& dom, const Blocks& model) : dom_(dom), model_(model) {
        out_.reserve(model.text.size() + model.text.size() / 4 + model.urls.size() +
                     model.blocks.size() * 16);
    }

    std::string render(Truncations& truncations) {
        out_ = "<text>\n<body>\n";
        const std::size_t begin = out_.size();
        for (BlockId b = 0; b < model_.blocks.size(); ++b) {
            close_until(b);
            const Block& block = model_.blocks[b];
            if (!block.is_leaf()) {
                container(block);
                continue;
            }
            const std::size_t before = out_.size();
            const std::uint32_t divisions = divisions_;
            leaf(block);
            if (out_.size() > kMaxTaggedBytes) {
                out_.resize(before);
                divisions_ = divisions;
                truncations.add(Truncation::kOutput);
                break;
            }
        }
        close_until(kNone);
        close_divisions(1);
        // A body must hold something.
        if (out_.size() == begin) out_ += "<p/>\n";
        out_ += "</body>\n</text>\n";
        return std::move(out_);
    }

private:
    struct Open {
        BlockId end;
        const Block* block;
        std::string_view tag;
        bool awaits_item = false;  // of glosses: a label was written
    };

    void close_until(BlockId b) {
        for (; !open_.empty() && open_.back().end <= b; open_.pop_back()) {
            if (open_.back().awaits_item) out_ += "<item/>\n";
            end_tag(open_.back().tag);
            out_ += '\n';
        }
    }

    /// Those of headings of this level, and of lower ones.
    void close_divisions(std::uint8_t level) {
        for (std::uint32_t open = divisions_ >> level; open != 0; open &= open - 1) {
            out_ += "</div>\n";
        }
        divisions_ &= (1U << level) - 1;
    }

    void end_tag(std::string_view tag) {
        out_ += "</";
        out_ += tag;
        out_ += '>';
    }

    void start_tag(std::string_view tag, const Block& block) {
        out_ += '<';
        out_ += tag;
        const std::string_view lang = language_of(dom_, block);
        if (!lang.empty()) append_attribute("xml:lang", lang, out_);
    }

    void container(const Block& block) {
        switch (block.kind) {
            case BlockKind::kList:
                start_tag("list", block);
                append_attribute("rend", block.ordered ? "numbered" : "bulleted", out_);
                open(block, "list");
                break;
            case BlockKind::kDefinitions:
                start_tag("list", block);
                append_attribute("type", "gloss", out_);
                open(block, "list");
                break;
            case BlockKind::kItem:
                start_tag("item", block);
                if (open_.back().block->ordered) append_number_attribute("n", block.number, out_);
                open(block, "item");
                break;
            case BlockKind::kDescription:
                // A gloss is made of pairs.
                if (!open_.back().awaits_item) out_ += "<label/>\n";
                open_.back().awaits_item = false;
                start_tag("item", block);
                open(block, "item");
                break;
            case BlockKind::kRow:
                start_tag("row", block);
                if (block.header) append_attribute("role", "label", out_);
                open(block, "row");
                break;
            default:
                plain_container(block);
                break;
        }
    }

    void plain_container(const Block& block) {
        const std::string_view tag = block.kind == BlockKind::kQuote    ? "quote"
                                     : block.kind == BlockKind::kFigure ? "figure"
                                                                        : "table";
        start_tag(tag, block);
        open(block, tag);
    }

    void open(const Block& block, std::string_view tag) {
        out_ += '>';
        open_.push_back({.end = block.end, .block = &block, .tag = tag});
        if (block.kind != BlockKind::kItem || !bare(model_.blocks[index(block) + 1])) out_ += '\n';
    }

    [[nodiscard]] BlockId index(const Block& block) const {
        return static_cast<BlockId>(&block - model_.blocks.data());
    }

    [[nodiscard]] bool bare(const Block& block) const {
        const std::size_t depth = open_.size();
        return is_bare(block, depth > 0 ? open_.back().block : nullptr,
                       depth > 1 ? open_[depth - 2].block : nullptr);
    }

    void leaf(const Block& block) {
        switch (block.kind) {
            case BlockKind::kRule:
                out_ += "<milestone unit=\"section\" rend=\"rule\"/>\n";
                return;
            case BlockKind::kCode:
                code(block);
                return;
            case BlockKind::kHeading:
                heading(block);
                return;
            case BlockKind::kTerm:
                term(block);
                return;
            case BlockKind::kCaption:
                element("head", block);
                return;
            case BlockKind::kCell:
                cell(block);
                return;
            default:
                paragraph(block);
                return;
        }
    }

    void paragraph(const Block& block) {
        if (!bare(block)) {
            element("p", block);
            return;
        }
        inlines(block);
        if (index(block) + 1 < open_.back().end) out_ += '\n';
    }

    void heading(const Block& block) {
        if (open_.empty()) {
            close_divisions(block.level);
            divisions_ |= 1U << block.level;
            out_ += "<div>\n";
            element("head", block);
            return;
        }
        start_tag("p", block);
        out_ += "><hi rend=\"heading\">";
        inlines(block);
        out_ += "</hi></p>\n";
    }

    void term(const Block& block) {
        Open& gloss = open_.back();
        if (gloss.awaits_item) out_ += "<item/>\n";
        gloss.awaits_item = true;
        element("label", block);
    }

    void element(std::string_view tag, const Block& block) {
        start_tag(tag, block);
        out_ += '>';
        inlines(block);
        end_tag(tag);
        out_ += '\n';
    }

    void cell(const Block& block) {
        start_tag("cell", block);
        if (block.header) append_attribute("role", "label", out_);
        if (block.rows > 1) append_number_attribute("rows", block.rows, out_);
        if (block.columns > 1) append_number_attribute("cols", block.columns, out_);
        out_ += '>';
        inlines(block);
        out_ += "</cell>\n";
    }

    void code(const Block& block) {
        start_tag("p", block);
        out_ += "><code";
        const std::string_view language = code_language(dom_, block.node);
        if (!language.empty()) append_attribute("lang", language, out_);
        out_ += " xml:space=\"preserve\">";
        append_xml(model_.text_of(block.text_begin, block.text_end), out_);
        out_ += "</code></p>\n";
    }

    void inlines(const Block& block) {
        walk_runs(
            model_, block, [this](const Run& run) { write(run); },
            [this](const Span& span) {
                const std::string_view start = start_of(span.style);
                end_tag(start.substr(0, start.find(' ')));
            },
            [this](const Span& span) {
                out_ += '<';
                out_ += start_of(span.style);
                if (span.style == Style::kLink) {
                    append_attribute("target", model_.url_of(model_.links[span.link]), out_);
                }
                out_ += '>';
            });
    }

    void write(const Run& run) {
        if (run.kind == RunKind::kText) {
            append_xml(model_.text_of(run.begin, run.end), out_);
        } else if (run.kind == RunKind::kBreak) {
            out_ += "<lb/>\n";
        } else {
            image(model_.media[run.begin]);
        }
    }

    void image(const Target& target) {
        out_ += "<graphic";
        append_attribute("url", model_.url_of(target), out_);
        alt_.clear();
        append_line(dom_.attribute(target.node, LXB_DOM_ATTR_ALT), alt_);
        if (alt_.empty()) {
            out_ += "/>";
            return;
        }
        out_ += "><desc>";
        append_xml(alt_, out_);
        out_ += "</desc></graphic>";
    }

    const Dom& dom_;
    const Blocks& model_;
    std::string out_;
    std::string alt_;
    std::vector<Open> open_;
    std::uint32_t divisions_ = 0;  // a bit for the level of the heading of each that is open
};

void append_element(std::string_view tag, std::string_view text, std::string& out) {
    out += '<';
    out += tag;
    out += '>';
    append_xml(text, out);
    out += "</";
    out += tag;
    out += ">\n";
}

void append_known(std::string_view tag, std::string_view text, std::string& out) {
    if (!text.empty()) append_element(tag, text, out);
}

/// `@when` takes days, and less precise dates, but no times without seconds.
void append_date(std::string_view iso, std::string& out) {
    if (iso.empty()) return;
    constexpr std::size_t kDay = 10;
    out += "<date";
    append_attribute("when", iso.substr(0, kDay), out);
    out += '>';
    append_xml(iso, out);
    out += "</date>\n";
}

void append_source(const Document& document, std::string& out) {
    out += "<bibl>\n";
    append_element("title", document.title, out);
    append_known("author", document.byline, out);
    append_known("publisher", document.site_name, out);
    append_date(document.published, out);
    const std::string& url = document.canonical_url.empty() ? document.url : document.canonical_url;
    if (!url.empty()) {
        out += "<ref";
        append_attribute("target", url, out);
        out += '>';
        append_xml(url, out);
        out += "</ref>\n";
    }
    out += "</bibl>\n";
}

void append_class(const Document& document, std::string& out) {
    if (document.categories.empty() && document.tags.empty()) return;
    out += "<textClass>\n<keywords>\n";
    for (const auto* names : {&document.categories, &document.tags}) {
        for (const std::string& name : *names) append_element("term", name, out);
    }
    out += "</keywords>\n</textClass>\n";
}

void append_profile(const Document& document, std::string& out) {
    std::string profile;
    if (!document.description.empty()) {
        profile += "<abstract>\n";
        append_element("p", document.description, profile);
        profile += "</abstract>\n";
    }
    append_class(document, profile);
    if (profile.empty()) return;
    out += "<profileDesc>\n" + profile + "</profileDesc>\n";
}

}  // namespace

std::string render_tei(const Dom& dom, const Blocks& model, Truncations& truncations) {
    return TeiRenderer(dom, model).render(truncations);
}

std::string tei_document(const Document& document, const std::string& text) {
    std::string out = "<TEI xmlns=\"http://www.tei-c.org/ns/1.0\"";
    if (!document.language.empty()) append_attribute("xml:lang", document.language, out);
    out += ">\n<teiHeader>\n<fileDesc>\n<titleStmt>\n";
    append_element("title", document.title, out);
    append_known("author", document.byline, out);
    out += "</titleStmt>\n<publicationStmt>\n<p>";
    append_xml(document.site_name, out);
    out += "</p>\n</publicationStmt>\n<sourceDesc>\n";
    append_source(document, out);
    out += "</sourceDesc>\n</fileDesc>\n";
    append_profile(document, out);
    out += "</teiHeader>\n";
    out += text;
    out += "</TEI>\n";
    return out;
}

}  // namespace riptide::core
