#include <algorithm>
#include <fstream>
#include <initializer_list>
#include <string>
#include <vector>

#include "core/limits.h"
#include "tests/core/render_support.h"

namespace riptide::core::testing {
namespace {

TEST(RenderHtml, writes_blocks) {
    EXPECT_EQ(html_of("<h1>T</h1><p>a<br>b<hr><blockquote>q</blockquote>"),
              "<h1>T</h1>\n<p>a<br>\nb</p>\n<hr>\n<blockquote>\n<p>q</p>\n</blockquote>\n");
    EXPECT_EQ(html_of("<ul><li>a<ol><li>b</ol></ul><ol start=3><li>c</ol>"),
              "<ul>\n<li>a\n<ol>\n<li>b</li>\n</ol>\n</li>\n</ul>\n"
              "<ol start=\"3\">\n<li>c</li>\n</ol>\n");
    EXPECT_EQ(html_of("<ul><li><p>a<p>b<li>c</ul>"),
              "<ul>\n<li>\n<p>a</p>\n<p>b</p>\n</li>\n<li>\n<p>c</p>\n</li>\n</ul>\n");
    EXPECT_EQ(html_of("<dl><dt>t<dd>d</dl>"), "<dl>\n<dt>t</dt>\n<dd>\n<p>d</p>\n</dd>\n</dl>\n");
    EXPECT_EQ(html_of("<figure><img src=i.png alt=x><figcaption>c</figcaption></figure>"),
              "<figure>\n<img src=\"https://example.com/dir/i.png\" alt=\"x\">\n"
              "<figcaption>c</figcaption>\n</figure>\n");
    EXPECT_EQ(html_of("<pre><code class='x language-c++'>a &lt; b\n\n</code></pre>"),
              "<pre><code class=\"language-c++\">a &lt; b\n</code></pre>\n");
}

TEST(RenderHtml, writes_tables_with_their_spans) {
    EXPECT_EQ(
        html_of("<table><caption>C</caption><tr><th>a<th align=right>b<tr><td colspan=9>c"
                "<tr><td rowspan=9>d<td></table>"),
        "<table>\n<caption>C</caption>\n<thead>\n<tr><th>a</th><th align=\"right\">b</th></tr>\n"
        "</thead>\n<tbody>\n<tr><td colspan=\"9\">c</td></tr>\n<tr><td>d</td><td></td></tr>\n"
        "</tbody>\n</table>\n");
}

TEST(RenderHtml, nests_inline_markup_without_repeating_it) {
    EXPECT_EQ(html_of("<b>a<b>b</b></b> <em>c <strong>d</strong></em><sub>e</sub><del>f</del>"),
              "<p><strong>ab</strong> <em>c <strong>d</strong></em><sub>e</sub><del>f</del></p>\n");
    EXPECT_EQ(html_of("<a href=x><div>a</div><div><i>b</i></div></a>"),
              "<p><a href=\"https://example.com/dir/x\">a</a></p>\n"
              "<p><a href=\"https://example.com/dir/x\"><em>b</em></a></p>\n");
}

TEST(RenderHtml, never_nests_links) {
    EXPECT_EQ(html_of("<a href=x>a<table><tr><td>b<a href=y>c</a></table>d</a>").find("</a></a>"),
              std::string::npos);
    const std::string html =
        html_of("<a href=x><em>1<object><a href=y>2</a></object><svg></svg></em></a>");
    EXPECT_EQ(html.find("<a href=\"https://example.com/dir/x\"><em><a"), std::string::npos) << html;
}

TEST(RenderHtml, keeps_language_and_direction) {
    EXPECT_EQ(html_of("<p lang=ar dir=RTL>a<p lang='x\"y' dir=up>b"),
              "<p lang=\"ar\" dir=\"rtl\">a</p>\n<p>b</p>\n");
}

/// What a page could do harm with: a page on each line of a file that tests of the whole program
/// read, too.
std::vector<std::string> attacks() {
    std::ifstream file(RIPTIDE_FIXTURES "/attacks.txt");
    std::vector<std::string> pages;
    for (std::string page; std::getline(file, page);) pages.push_back(page);
    EXPECT_GT(pages.size(), 70U);
    return pages;
}

TEST(RenderHtml, writes_allowed_elements_and_attributes_only) {
    for (const std::string& attack : attacks()) {
        const std::string html = html_of(attack);
        Truncations truncations;
        const Result<Dom> dom = Dom::parse(html, truncations);
        ASSERT_TRUE(dom);
        for (NodeId n = dom->body() + 1; n < dom->size(); ++n) {
            if (!(*dom)[n].is_element()) continue;
            const std::string tag = ' ' + std::string(dom->tag_name(n)) + ' ';
            EXPECT_NE(std::string_view(" a blockquote br caption code dd del dl dt em figcaption "
                                       "figure h1 h2 h3 h4 h5 h6 hr img li ol p pre strong sub sup "
                                       "table tbody td th thead tr ul ")
                          .find(tag),
                      std::string_view::npos)
                << attack << " -> " << html;
            for (lxb_dom_attr_t* a = (*dom)[n].element->first_attr; a != nullptr; a = a->next) {
                std::size_t size = 0;
                const auto* name = reinterpret_cast<const char*>(lxb_dom_attr_local_name(a, &size));
                const std::string attribute = ' ' + std::string(name, size) + ' ';
                EXPECT_NE(
                    std::string_view(" href src alt start colspan rowspan align lang dir class ")
                        .find(attribute),
                    std::string_view::npos)
                    << attack << " -> " << html;
            }
            const auto begins = [&](AttributeId name, std::initializer_list<const char*> schemes) {
                const std::string_view url = dom->attribute(n, name);
                return !dom->has_attribute(n, name) ||
                       std::ranges::any_of(
                           schemes, [url](const char* scheme) { return url.starts_with(scheme); });
            };
            EXPECT_TRUE(
                begins(LXB_DOM_ATTR_HREF, {"https://", "http://", "mailto:", "tel:", "ftp://"}) &&
                begins(LXB_DOM_ATTR_SRC, {"https://", "http://"}))
                << attack << " -> " << html;
        }
    }
}

TEST(RenderHtml, reads_back_as_itself) {
    for (const std::string& attack : attacks()) {
        const std::string html = html_of(attack);
        EXPECT_EQ(html_of(html), html) << attack;
    }
}

TEST(RenderHtml, is_cut_between_blocks_and_closed) {
    Truncations truncations;
    const std::string item = "<li>" + repeat("&amp;", 20000) + "<p>x</p></li>";
    const Rendering out =
        render_page("<ul>" + repeat(item, 300) + "</ul>", Outputs::usual(), kPageUrl, &truncations);
    EXPECT_TRUE(truncations.has(Truncation::kOutput));
    EXPECT_LE(out.html.size(), kMaxOutputBytes);
    EXPECT_GT(out.html.size(), kMaxOutputBytes / 2);
    EXPECT_TRUE(out.html.ends_with("</li>\n</ul>\n"));
    EXPECT_LE(out.markdown.size(), kMaxOutputBytes);
}

}  // namespace
}  // namespace riptide::core::testing
