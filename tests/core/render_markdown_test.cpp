#include <unistd.h>

#include <array>
#include <cstdio>
#include <memory>
#include <random>
#include <vector>

#include "core/chars.h"
#include "tests/core/render_support.h"

namespace riptide::core::testing {
namespace {

TEST(RenderMarkdown, writes_blocks) {
    EXPECT_EQ(markdown_of("<h2>T</h2><p>a<br>b<hr><blockquote><p>q<p>r</blockquote>"),
              "## T\n\na\\\nb\n\n___\n\n> q\n>\n> r\n");
    EXPECT_EQ(markdown_of("<ul><li>a<ol start=9><li>b<li>c</ol><li>d</ul>"),
              "- a\n\n  9. b\n  10. c\n\n- d\n");
    EXPECT_EQ(markdown_of("<ul><li><figure><img src=i.png><figcaption>a</figcaption></figure>"
                          "<ol start=9><li>b</ol></ul>"),
              "- ![](https://example.com/dir/i.png)\n\n  a\n\n  9. b\n");
    EXPECT_EQ(markdown_of("<ol><li>a<ul><li>b</ul><li><p>c<p>d</ol>"),
              "1. a\n\n   - b\n\n2. c\n\n   d\n");
    EXPECT_EQ(markdown_of("<ul><li>a</ul><ul><li>b</ul>"), "- a\n\n* b\n");
    EXPECT_EQ(markdown_of("<dl><dd><ul><li>a</ul><dd><ul><li>b</ul></dl><ul><li>c</ul>"),
              "- a\n\n* b\n\n- c\n");
    EXPECT_EQ(markdown_of("<ul><li><pre class=lang-sh>x\n```\ny</pre></ul>"),
              "- ````sh\n  x\n  ```\n  y\n  ````\n");
}

TEST(RenderMarkdown, writes_inline_markup) {
    EXPECT_EQ(markdown_of("a <b>b</b> <i>c</i> <code>d`e</code> <del>f</del> x<sub>2</sub>"),
              "a **b** _c_ ``d`e`` ~~f~~ x2\n");
    EXPECT_EQ(markdown_of("<a href='/x(1)?a=1&amp;copy=2'>t</a> <img src=i.png alt='A [b]'>"),
              "[t](https://example.com/x\\(1\\)?a=1&copy=2) "
              "![A \\[b\\]](https://example.com/dir/i.png)\n");
    EXPECT_EQ(markdown_of("<a href=x><img src=i.png></a>"),
              "[![](https://example.com/dir/i.png)](https://example.com/dir/x)\n");
    EXPECT_EQ(markdown_of("foo<i>bar</i>baz <b><i>x</i></b>"), "foo*bar*baz **_x_**\n");
}

TEST(RenderMarkdown, writes_tables) {
    EXPECT_EQ(markdown_of("<table><caption>C</caption><tr><th>a<th align=right>b|c<tr>"
                          "<td rowspan=2>x<td>y<br>z<tr><td><code>p|q</code></table>"),
              "C\n\n| a | b\\|c |\n| --- | ---: |\n| x | y z |\n|  | `p\\|q` |\n");
    EXPECT_EQ(markdown_of("<table><tr><td>a<tr><td> <td><tr><td>b<td>c</table>"),
              "| a |  |\n| --- | --- |\n| b | c |\n");
}

TEST(RenderMarkdown, escapes_only_what_could_mean_something) {
    EXPECT_EQ(markdown_of("<a href='x?a&amp;copy;b'>x</a> R&amp;D &amp;amp;"),
              "[x](https://example.com/dir/x?a&amp;copy;b) R&D \\&amp;\n");
    EXPECT_EQ(markdown_of("snake_case a & b (c) 1.5 x-y a#b 5 > 4! Ok."),
              "snake_case a & b (c) 1.5 x-y a#b 5 > 4! Ok.\n");
    EXPECT_EQ(markdown_of("1. x"), "1\\. x\n");
    EXPECT_EQ(markdown_of("<sub>1</sub>) x"), "1\\) x\n");
    EXPECT_EQ(markdown_of("# x<br>- y<br>=== <br>+ z<br>&gt; q<br>:-:"),
              "\\# x\\\n\\- y\\\n\\===\\\n\\+ z\\\n\\> q\\\n\\:-:\n");
    EXPECT_EQ(markdown_of("<h1>a #</h1>"), "# a \\#\n");
    EXPECT_EQ(markdown_of("wow!<a href=x>y</a> &amp;amp; [a]: b <code>`</code>"),
              "wow\\![y](https://example.com/dir/x) \\&amp; \\[a\\]: b `` ` ``\n");
}

/// CommonMark's reference implementation, which leaves out raw HTML and says so.
std::string cmark(const std::string& markdown) {
    const std::string path = ::testing::TempDir() + "riptide_cmark_" +
                             std::to_string(getpid());  // tests run in parallel
    std::FILE* file = std::fopen(path.c_str(), "wb");
    if (file == nullptr) return "no temporary file";
    std::fwrite(markdown.data(), 1, markdown.size(), file);
    std::fclose(file);
    struct Close {
        void operator()(std::FILE* pipe) const { pclose(pipe); }
    };
    std::string out;
    {
        const std::unique_ptr<std::FILE, Close> pipe(popen(("cmark " + path).c_str(), "r"));
        if (pipe == nullptr) return "no cmark";
        std::array<char, 4096> buffer{};
        for (std::size_t n = 0;
             (n = std::fread(buffer.data(), 1, buffer.size(), pipe.get())) > 0;) {
            out.append(buffer.data(), n);
        }
    }
    std::remove(path.c_str());
    return out;
}

/// What of the structure is compared.
enum class Compare { kAll, kAllButEmphasis, kAllButMarks };

/// The structure and the text of `html` in one canonical line.
std::string canonical(std::string_view html, Compare compare) {
    Truncations truncations;
    const Result<Dom> dom = Dom::parse(html, truncations);
    if (!dom) return "no page";
    std::string out;
    std::vector<std::pair<NodeId, std::string>> open;
    const auto close_until = [&](NodeId n) {
        while (!open.empty() && open.back().first <= n) {
            while (out.ends_with(' ')) out.pop_back();
            out += "</" + open.back().second + ">";
            open.pop_back();
        }
    };
    bool in_pre = false;
    NodeId pre_end = 0;
    for (NodeId n = dom->body() + 1; n < (*dom)[dom->body()].end; ++n) {
        const Node& node = (*dom)[n];
        close_until(n);
        if (n >= pre_end) in_pre = false;
        if (node.is_text()) {
            if (in_pre) {
                out += dom->text(n);
            } else if (!node.blank || dom->text(n).find('\n') == std::string_view::npos) {
                append_collapsed(dom->text(n), out);
            }
            continue;
        }
        const std::string tag(dom->tag_name(n));
        const bool emphasis = tag == "em" || tag == "strong";
        if (tag == "sub" || tag == "sup" || tag == "del" || tag == "ins") continue;
        if (emphasis && compare != Compare::kAll) continue;
        if (tag == "code" && !in_pre && compare == Compare::kAllButMarks) continue;
        if (tag == "pre") {
            in_pre = true;
            pre_end = node.end;
        }
        const bool inlines = tag == "a" || tag == "img" || tag == "code" || tag == "br" || emphasis;
        while (!inlines && out.ends_with(' ')) out.pop_back();
        out += '<' + tag;
        if (tag == "a") out += ' ' + std::string(dom->attribute(n, LXB_DOM_ATTR_HREF));
        if (tag == "img") {
            out += ' ' + std::string(dom->attribute(n, LXB_DOM_ATTR_SRC)) + ' ' +
                   std::string(dom->attribute(n, LXB_DOM_ATTR_ALT));
        }
        out += '>';
        if (tag == "br" || tag == "img" || tag == "hr") continue;
        open.emplace_back(node.end, tag);
    }
    close_until(kNoNode);
    std::erase(out, '~');  // strikethrough is GFM's alone
    // Marks that meet are read as one; a space before or after a break is none.
    for (const auto& [from, to] :
         std::initializer_list<std::pair<std::string, std::string>>{{"</em><em>", ""},
                                                                    {"</strong><strong>", ""},
                                                                    {"</code><code>", ""},
                                                                    {" <br>", "<br>"},
                                                                    {"<br> ", "<br>"}}) {
        for (std::size_t at = 0; (at = out.find(from, at)) != std::string::npos;) {
            out.replace(at, from.size(), to);
        }
    }
    return out;
}

/// Where two texts begin to differ.
std::string difference(const std::string& a, const std::string& b) {
    std::size_t at = 0;
    while (at < a.size() && at < b.size() && a[at] == b[at]) ++at;
    if (at == a.size() && at == b.size()) return {};
    const std::size_t from = at < 40 ? 0 : at - 40;
    return "cmark: ..." + a.substr(from, 80) + "...\nhtml:  ..." + b.substr(from, 80) + "...\n";
}

void expect_round_trip(const std::string& page, Compare compare) {
    const Rendering out = render_page(page, Outputs::usual());
    const std::string read = cmark(out.markdown);
    EXPECT_EQ(difference(canonical(read, compare), canonical(out.html, compare)), "")
        << "page: " << page << "\nmarkdown: " << out.markdown;
    EXPECT_EQ(read.find("raw HTML omitted"), std::string::npos) << out.markdown;
}

TEST(RenderMarkdown, never_defines_a_link) {
    for (const char* page : {"<p><a href=x><code>[a]: /b</code></a> c",
                             "<p><a href=x>[a<code>]<b>:</b> /b</code></a>", "<p>[a]: /b<p>[a]"}) {
        expect_round_trip(page, Compare::kAllButMarks);
    }
}

TEST(RenderMarkdown, has_an_oracle) { ASSERT_EQ(cmark("*a*\n"), "<p><em>a</em></p>\n"); }

TEST(RenderMarkdown, reads_back_as_the_html_does) {
    for (const char* page : {
             "<h1>a</h1><p>b<br>c<hr><blockquote>d<blockquote>e</blockquote>f</blockquote>",
             "<ul><li>a<li>b<ul><li>c<ol><li>d<li>e</ol></ul></ul><p>f",
             "<ul><li>a<ol start=5><li>b</ol></ul>",
             "<ul><li><ul><li><ol><li>deep</ol></ul></ul>",
             "<ul><li><h3>h</h3><ul><li>x</ul><li><blockquote>q</blockquote><ul><li>y</ul></ul>",
             "<ul><li>a</ul><ul><li>b</ul><ul><li>c</ul><ol><li>d</ol><ol><li>e</ol>",
             "<ul><li>a<ul><li>b</ul><ul><li>c</ul><li>d</ul>",
             "<ul><li><pre>x\n\n  y</pre><li>b</ul>",
             "<ul><li>a<hr>b<li><hr></ul>",
             "<ol start=999999998><li>a<p>b<li>c</ol>",
             "<blockquote><ul><li>a<p>b</ul></blockquote><blockquote>c</blockquote>",
             "<blockquote><pre>x\n\n\ny</pre></blockquote>",
             "<pre class=language-c>```\n~~~\n````\n<b></pre>",
             "<p><b>a</b> <i>b</i> <b><i>c</i></b> <i>d <b>e</b></i> x<i>y</i>z",
             "<p><a href=x>a <b>b</b></a><a href=y>c</a> <i><a href=z>d</a></i>",
             "<p><b>a</b><i>b</i><b>c</b>",
             "<p><code>a</code><code>b</code><i><code>c</code></i> <code>` x `</code>",
             "<p><b>bold <code>co*de</code></b>, <code>a<b>b</b>c</code>",
             "<p>a<b>(b)</b>c <i>\u201Cq\u201D</i> <b>\u20AC5</b>",
             "<h2>a#<br>b ##</h2>",
             "<p><img src='a b.png' alt='x ] ( * _ \" <'><a href='a)b'>!</a>",
         }) {
        expect_round_trip(page, Compare::kAllButEmphasis);
    }
    for (const char* page : {
             "<p><b>a</b> <i>b</i> <b><i>c</i></b> <i>d <b>e</b></i> x<i>y</i>z x<b>y</b>z",
             "<p><i>a</i>, (<b>b</b>) <i><a href=x>c</a></i> <a href=x><b>d</b></a>",
             "<p><b>a <i>b</i> c</b> <i><b>a</b> b</i>",
         }) {
        expect_round_trip(page, Compare::kAll);
    }
}

std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '<') {
            out += "&lt;";
        } else if (c == '&') {
            out += "&amp;";
        } else {
            out += c;
        }
    }
    return out;
}

/// Pages made of what Markdown gives a meaning to, in random order: the seed is fixed.
class Generator {
public:
    explicit Generator(std::uint32_t seed) : random_(seed) {}

    std::string hostile_text() {
        static constexpr std::string_view kPieces[] = {"*",
                                                       "**",
                                                       "_",
                                                       "__",
                                                       "`",
                                                       "``",
                                                       "```",
                                                       "[",
                                                       "]",
                                                       "(",
                                                       ")",
                                                       "<",
                                                       ">",
                                                       "#",
                                                       "##",
                                                       "|",
                                                       "~",
                                                       "~~",
                                                       "~~~",
                                                       "!",
                                                       "![",
                                                       "&",
                                                       "&amp;",
                                                       "&#65;",
                                                       "&copy;",
                                                       "\\",
                                                       "\\\\",
                                                       "-",
                                                       "- ",
                                                       "---",
                                                       "+ ",
                                                       "1.",
                                                       "2) ",
                                                       "=",
                                                       "===",
                                                       ":",
                                                       ":-:",
                                                       "\t",
                                                       " ",
                                                       "  ",
                                                       "a",
                                                       "b",
                                                       "word",
                                                       "x_y",
                                                       "http://e.com",
                                                       "<b>",
                                                       "</b>",
                                                       "<!--",
                                                       "-->",
                                                       "<?",
                                                       "<a href='javascript:x'>",
                                                       "<script>",
                                                       "<http://e.com>",
                                                       "<a@b.co>",
                                                       "](x)",
                                                       "[a]: /b",
                                                       "[a](javascript:x)",
                                                       "\u00E9",
                                                       "\u4E2D",
                                                       "\u201C",
                                                       "\u20AC",
                                                       ".",
                                                       ",",
                                                       "\"",
                                                       "'",
                                                       "^",
                                                       "$",
                                                       "    ",
                                                       "&nbsp;",
                                                       "\u00A0",
                                                       "0",
                                                       "12",
                                                       "@",
                                                       "{",
                                                       "}"};
        std::string out;
        for (std::uint32_t n = below(8) + 1; n > 0; --n) {
            out += kPieces[below(std::size(kPieces))];
        }
        return out;
    }

    std::string inlines(int depth) {
        std::string out;
        for (std::uint32_t n = below(4) + 1; n > 0; --n) {
            static constexpr std::string_view kTags[] = {
                "b", "i", "code", "del", "sub", "span", "a href='x(*_y)&amp;copy;`'"};
            const std::uint32_t kind = depth > 0 ? below(14) : 0;
            if (kind >= 7) {
                const std::string_view tag = kTags[kind - 7];
                out += '<' + std::string(tag) + '>' + inlines(depth - 1) + "</" +
                       std::string(tag.substr(0, tag.find(' '))) + '>';
            } else if (kind == 6) {
                out += "<br>";
            } else if (kind == 5) {
                out += "<img src=i.png alt=\"x\">";
            } else {
                out += escaped(hostile_text());
            }
        }
        return out;
    }

    std::string blocks(int depth) {
        std::string out;
        for (std::uint32_t n = below(3) + 1; n > 0; --n) {
            switch (depth > 0 ? below(9) : 0) {
                case 3:
                    out += "<blockquote>" + blocks(depth - 1) + "</blockquote>";
                    break;
                case 4:
                case 5:
                    out += "<ul><li>" + blocks(depth - 1) + "<li>" + inlines(1) + "</ul>";
                    break;
                case 6:
                    out += "<ol start=" + std::to_string(below(12)) + "><li>" + inlines(1) +
                           blocks(depth - 1) + "</ol>";
                    break;
                case 7:
                    out += "<h2>" + inlines(1) + "</h2>";
                    break;
                case 8:
                    out += "<pre>x" + escaped(hostile_text()) + "\n" + escaped(hostile_text()) +
                           "x</pre><hr>";
                    break;
                default:
                    out += "<p>" + inlines(2) + "</p>";
                    break;
            }
        }
        return out;
    }

private:
    std::uint32_t below(std::size_t limit) { return static_cast<std::uint32_t>(random_() % limit); }
    std::mt19937 random_;
};

/// What starts each list that cmark reads, and each item.
std::string numbers_of(std::string_view page) {
    std::string out;
    const std::string html = cmark(markdown_of(page));
    for (std::size_t at = 0; (at = html.find('<', at)) != std::string::npos; ++at) {
        const std::string tag = html.substr(at, html.find('>', at) + 1 - at);
        if (tag.starts_with("<ol") || tag.starts_with("<li")) out += tag;
    }
    return out;
}

TEST(RenderMarkdown, reads_back_the_numbers_of_lists_that_do_not_count_on) {
    EXPECT_EQ(numbers_of("<ol reversed><li>a<li>b<li>c</ol><ol start=0><li>d</ol>"),
              "<ol start=\"3\"><li><ol start=\"2\"><li><ol><li><ol start=\"0\"><li>");
    EXPECT_EQ(numbers_of("<ul><li>a<ol reversed><li>b<li>c<ol reversed><li>d<li>e</ol></ol></ul>"),
              "<li><ol start=\"2\"><li><ol><li><ol start=\"2\"><li><ol><li>");
    EXPECT_EQ(numbers_of("<ol><li value=7><p>a<p>b<li>c<li value=2>d<li>e</ol><ol><li>f</ol>"),
              "<ol start=\"7\"><li><li><ol start=\"2\"><li><li><ol><li>");
}

TEST(RenderMarkdown, reads_back_hostile_inline_text) {
    Generator generator(1);
    for (int i = 0; i < 2000 && !HasFailure(); ++i) {
        expect_round_trip("<p>" + generator.inlines(3), Compare::kAllButMarks);
    }
}

TEST(RenderMarkdown, reads_back_hostile_blocks) {
    Generator generator(2);
    for (int i = 0; i < 1500 && !HasFailure(); ++i) {
        expect_round_trip(generator.blocks(3), Compare::kAllButMarks);
    }
}

}  // namespace
}  // namespace riptide::core::testing
