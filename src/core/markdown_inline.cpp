#include "core/markdown_inline.h"

#include <algorithm>

#include "base/bytes.h"
#include "core/chars.h"

namespace riptide::core {
namespace {

constexpr ByteSet kMayNeedEscape = ByteSet::of("\\`*_[]<>&~|!#+-=:.)");

bool is_emphasis(Style style) {
    return style == Style::kStrong || style == Style::kEmphasis || style == Style::kDeleted;
}

char32_t last_code_point(std::string_view text) {
    std::size_t at = text.size() - 1;
    while (at > 0 && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) --at;
    return next_code_point(text, at);
}

/// `text`, which starts with "&", reads as a character reference, or would if it `goes_on`.
bool begins_entity(std::string_view text, bool goes_on) {
    std::size_t at = 1;
    if (at < text.size() && text[at] == '#') ++at;
    while (at < text.size() && is_ascii_alphanumeric(text[at])) ++at;
    return at == text.size() ? goes_on : text[at] == ';';
}

std::size_t longest_run(std::string_view text, char c) {
    std::size_t longest = 0;
    std::size_t run = 0;
    for (const char x : text) {
        run = x == c ? run + 1 : 0;
        longest = std::max(longest, run);
    }
    return longest;
}

}  // namespace

void MarkdownInline::append(const Block& leaf, std::string_view prefix, std::string& out) {
    in_cell_ = leaf.kind == BlockKind::kCell;
    const bool one_line = in_cell_ || leaf.kind == BlockKind::kHeading;
    line_begin_ = one_line ? std::string::npos : out.size();
    cut(leaf);
    choose_delimiters();
    for (std::size_t i = 0; i < pieces_.size(); ++i) {
        const Piece& piece = pieces_[i];
        switch (piece.kind) {
            case PieceKind::kText:
                write_text(model_.text_of(piece.begin, piece.end),
                           i + 1 == pieces_.size() || pieces_[i + 1].kind == PieceKind::kBreak
                               ? Next::kNothing
                               : Next::kAnything,
                           out);
                break;
            case PieceKind::kBreak:
                if (one_line) {
                    out += ' ';
                } else {
                    out += "\\\n";
                    out += prefix;
                    line_begin_ = out.size();
                }
                break;
            case PieceKind::kImage: {
                const Target& target = model_.media[piece.begin];
                out += "![";
                buffer_.clear();
                append_line(dom_.attribute(target.node, LXB_DOM_ATTR_ALT), buffer_);
                write_text(buffer_, Next::kNothing, out);
                write_destination(target, out);
                break;
            }
            case PieceKind::kOpen:
                if (piece.style == Style::kCode) {
                    i = write_code(i, out);
                } else {
                    write_mark(piece, out);
                }
                break;
            case PieceKind::kClose:
                write_mark(piece, out);
                break;
        }
    }
}

/// Runs to pieces: marks where the markup around the text changes, in an order that nests.
void MarkdownInline::cut(const Block& leaf) {
    pieces_.clear();
    mark_count_ = 0;
    const bool begins_with_link = leaf.run_begin < leaf.run_end &&
                                  model_.spans[model_.runs[leaf.run_begin].span].link != kNone;
    for (std::uint32_t r = leaf.run_begin; r < leaf.run_end; ++r) {
        const Run& run = model_.runs[r];
        bool holds_code = run.kind == RunKind::kText;
        // A paragraph that begins with "[" is a link's definition if "]:" follows, in code even.
        if (holds_code && begins_with_link) {
            const std::uint32_t end = std::min(run.end + 1, leaf.text_end);
            holds_code = model_.text_of(run.begin, end).find("]:") == std::string_view::npos;
        }
        set_marks(run.span, holds_code);
        const PieceKind kind = run.kind == RunKind::kText    ? PieceKind::kText
                               : run.kind == RunKind::kBreak ? PieceKind::kBreak
                                                             : PieceKind::kImage;
        Piece* last = pieces_.empty() ? nullptr : &pieces_.back();
        if (kind == PieceKind::kText && last != nullptr && last->kind == kind &&
            last->end == run.begin) {
            last->end = run.end;
        } else {
            pieces_.push_back({kind, Style::kRoot, 0, run.begin, run.end});
        }
    }
    set_marks(0, false);
}

void MarkdownInline::set_marks(SpanId span, bool holds_code) {
    std::array<Mark, kMaxSpanDepth> wanted{};
    std::size_t count = 0;
    bool code = false;
    for (SpanId s = span; s != 0; s = model_.spans[s].parent) {
        const Span& at = model_.spans[s];
        if (at.style == Style::kCode) {
            code = holds_code;
        } else if (at.style == Style::kLink || is_emphasis(at.style)) {
            wanted[count++] = {at.style, at.style == Style::kLink ? at.link : kNone, 0};
        }
    }
    std::reverse(wanted.begin(), wanted.begin() + static_cast<std::ptrdiff_t>(count));
    if (code) wanted[count++] = {Style::kCode, kNone, 0};  // code holds nothing but text
    std::size_t common = 0;
    while (common < count && common < mark_count_ && wanted[common] == marks_[common]) ++common;
    while (mark_count_ > common) {
        const Mark& mark = marks_[--mark_count_];
        const auto close = static_cast<std::uint32_t>(pieces_.size());
        pieces_[mark.piece].end = close;
        pieces_.push_back({PieceKind::kClose, mark.style, 0, mark.link, mark.piece});
    }
    for (; mark_count_ < count; ++mark_count_) {
        Mark& mark = marks_[mark_count_];
        mark = wanted[mark_count_];
        mark.piece = static_cast<std::uint32_t>(pieces_.size());
        pieces_.push_back({PieceKind::kOpen, mark.style, 0, mark.link, 0});
    }
}

MarkdownInline::Side MarkdownInline::side_of(char32_t code_point) const {
    switch (char_class(code_point)) {
        case CharClass::kSpace:
            return Side::kSpace;
        case CharClass::kPunctuation:
            return Side::kPunctuation;
        case CharClass::kSymbol:
            // Punctuation since CommonMark 0.31, part of a word before.
            return Side::kUnsure;
        case CharClass::kWord:
            break;
    }
    return Side::kWord;
}

// What stands beside a mark, other emphasis marks aside: they may yet be dropped.

MarkdownInline::Side MarkdownInline::before(std::size_t mark) const {
    while (mark > 0) {
        const Piece& piece = pieces_[--mark];
        if (piece.kind == PieceKind::kText) {
            return side_of(last_code_point(model_.text_of(piece.begin, piece.end)));
        }
        if (piece.kind == PieceKind::kBreak) return Side::kSpace;
        if (piece.kind == PieceKind::kImage || !is_emphasis(piece.style)) return Side::kPunctuation;
    }
    return Side::kSpace;
}

MarkdownInline::Side MarkdownInline::after(std::size_t mark) const {
    for (++mark; mark < pieces_.size(); ++mark) {
        const Piece& piece = pieces_[mark];
        if (piece.kind == PieceKind::kText) {
            std::size_t at = 0;
            return side_of(next_code_point(model_.text_of(piece.begin, piece.end), at));
        }
        if (piece.kind == PieceKind::kBreak) return Side::kSpace;
        if (piece.kind == PieceKind::kImage || !is_emphasis(piece.style)) return Side::kPunctuation;
    }
    return Side::kSpace;
}

/// Among the emphasis marks without anything between them and `mark`, one is of `style`; `kRoot`
/// stands for any.
bool MarkdownInline::touches(std::size_t mark, Style style) const {
    const auto matches = [&](std::size_t i) {
        return style == Style::kRoot || pieces_[i].style == style;
    };
    const auto is_mark = [this](std::size_t i) {
        return i < pieces_.size() && pieces_[i].kind >= PieceKind::kOpen &&
               is_emphasis(pieces_[i].style);
    };
    for (std::size_t i = mark + 1; is_mark(i); ++i) {
        if (matches(i)) return true;
    }
    for (std::size_t i = mark; i > 0 && is_mark(i - 1); --i) {
        if (matches(i - 1)) return true;
    }
    return false;
}

/// CommonMark 0.30 and 0.31, "Emphasis and strong emphasis". Only delimiters that no reading of the
/// rules takes for something else are used: a `*` never stands beside another one of a different
/// mark, so that runs of delimiters never grow.
void MarkdownInline::choose_delimiters() {
    for (std::size_t open = 0; open < pieces_.size(); ++open) {
        Piece& mark = pieces_[open];
        if (mark.kind != PieceKind::kOpen || !is_emphasis(mark.style)) continue;
        const std::size_t close = mark.end;
        const Side outer_left = before(open);
        const Side inner_left = after(open);
        const Side inner_right = before(close);
        const Side outer_right = after(close);
        const auto is_apart = [](Side side) {
            return side == Side::kSpace || side == Side::kPunctuation;
        };
        const auto either_touches = [&](Style style) {
            return touches(open, style) || touches(close, style);
        };
        if (either_touches(mark.style)) continue;
        const bool beside = either_touches(Style::kRoot);
        const bool apart = is_apart(outer_left) && is_apart(outer_right);
        const bool words = inner_left == Side::kWord && inner_right == Side::kWord;
        const bool flanks = inner_left != Side::kSpace && inner_right != Side::kSpace &&
                            (apart || (!beside && words));
        if (!flanks) continue;
        char delimiter = '*';
        if (mark.style == Style::kEmphasis && apart) delimiter = '_';
        mark.delimiter = delimiter;
        pieces_[close].delimiter = delimiter;
    }
}

void MarkdownInline::write_mark(const Piece& mark, std::string& out) {
    if (mark.style == Style::kLink) {
        if (mark.kind == PieceKind::kOpen) {
            out += '[';
        } else {
            write_destination(model_.links[mark.begin], out);
        }
        return;
    }
    if (mark.delimiter == 0) return;
    if (mark.style == Style::kDeleted) {
        out += "~~";
    } else {
        out.append(mark.style == Style::kStrong ? 2 : 1, mark.delimiter);
    }
}

void MarkdownInline::write_destination(const Target& target, std::string& out) {
    out += "](";
    const std::string_view url = model_.url_of(target);
    for (std::size_t i = 0; i < url.size(); ++i) {
        // All else that ends a destination or means something in one is percent-encoded by now.
        const char c = url[i];
        const bool entity = c == '&' && begins_entity(url.substr(i), false);
        if (c == '(' || c == ')') out += '\\';
        out += c;
        if (entity) out += "amp;";  // cmark reads entities before it reads backslashes
    }
    out += ')';
}

/// Writes the code span opened at piece `open`; returns its closing piece. Spans with nothing
/// between them become one: side by side their fences would meet.
std::size_t MarkdownInline::write_code(std::size_t open, std::string& out) {
    std::size_t close = pieces_[open].end;
    for (std::size_t next = close + 1; next < pieces_.size(); ++next) {
        const Piece& piece = pieces_[next];
        if (piece.kind == PieceKind::kOpen && piece.style == Style::kCode) {
            next = close = piece.end;
        } else if (piece.kind < PieceKind::kOpen || !is_emphasis(piece.style) ||
                   piece.delimiter != 0) {
            break;
        }
    }
    // Code holds text only, in one piece of the buffer.
    std::string_view code = model_.text_of(pieces_[open + 1].begin, pieces_[close - 1].end);
    const bool leading = code.starts_with(' ');
    const bool trailing = code.size() > 1 && code.ends_with(' ');
    code = trim_ascii(code);
    if (leading) out += ' ';
    if (!code.empty()) {
        const std::size_t fence = longest_run(code, '`') + 1;
        const bool padded = code.front() == '`' || code.back() == '`';
        out.append(fence, '`');
        if (padded) out += ' ';
        for (const char c : code) {
            if (c == '|' && in_cell_) out += '\\';
            out += c;
        }
        if (padded) out += ' ';
        out.append(fence, '`');
    }
    if (trailing) out += ' ';
    return close;
}

void MarkdownInline::write_text(std::string_view text, Next next, std::string& out) {
    std::size_t begin = 0;
    for (std::size_t i = kMayNeedEscape.find(text, 0); i < text.size();
         i = kMayNeedEscape.find(text, i + 1)) {
        const char c = text[i];
        const bool last = i + 1 == text.size();
        const std::size_t at = out.size() + (i - begin);  // where it would stand
        bool escape = true;
        switch (c) {
            case '_':
                escape = i == 0 || last || !is_ascii_alphanumeric(text[i - 1]) ||
                         !is_ascii_alphanumeric(text[i + 1]);
                break;
            case '&':
                escape = begins_entity(text.substr(i), next == Next::kAnything);
                break;
            case '!':  // before a link it would make an image of it
                escape = last && next == Next::kAnything;
                break;
            case '>':
            case '#':
            case '+':
            case '-':
            case '=':
            case ':':
                escape = at == line_begin_;
                break;
            case '.':
            case ')': {
                constexpr std::size_t kMostDigits = 9;
                escape = line_begin_ != std::string::npos && at > line_begin_ &&
                         at - line_begin_ <= kMostDigits;
                for (std::size_t d = line_begin_; escape && d < at; ++d) {
                    const char digit = d < out.size() ? out[d] : text[begin + (d - out.size())];
                    escape = digit >= '0' && digit <= '9';
                }
                break;
            }
            default:
                break;
        }
        if (!escape) continue;
        out.append(text, begin, i - begin);
        out += '\\';
        begin = i;
    }
    out.append(text, begin, text.size() - begin);
}

}  // namespace riptide::core
