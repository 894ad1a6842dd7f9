#include "core/line_numbers.h"

#include <gtest/gtest.h>

#include "tests/core/render_support.h"

namespace riptide::core {
namespace {

using testing::markdown_of;

TEST(LineNumbers, are_no_code) {
    for (const char* html : {
             "<table><tr><td><pre>1\n2\n</pre></td><td><pre>if x:\n  y()\n</pre></td></tr></table>",
             "<table><tr><td><pre><span>1</span><br><span>2</span></pre><td><pre>if x:\n  "
             "y()</pre></table>",
             "<table><tr><td><pre>9\n10\n</pre></td> <td><pre>if x:\n  "
             "y()\n</pre></td></tr></table>",
             "<pre><table><tr><td>1\n2\n</td><td>if x:\n  y()\n</td></tr></table></pre>",
         }) {
        EXPECT_EQ(markdown_of(html), "```\nif x:\n  y()\n```\n") << html;
    }
}

/// Two lines of code with an empty one between them.
constexpr const char* kThreeLines = "```\nif x:\n\n  y()\n```\n";

TEST(LineNumbers, stand_beside_a_line_each) {
    for (const char* rows : {
             "<tr><td>1<td><pre>if x:</pre><tr><td>2<td><pre></pre><tr><td>3<td><pre>  y()</pre>",
             "<tr> <th><a href=#1>7</a></th> <td> <pre><b>if</b> x:</pre> </td> </tr>\n"
             "<tr> <th><a href=#2>8</a></th> <td> <pre>\n</pre> </td> </tr>\n"
             "<tr> <th><a href=#3>9</a></th> <td> <pre>  y()\n</pre> </td> </tr>",
             "<tr><td data-line-number=1></td> <td>if <b>x</b>:</td> </tr>"
             "<tr><td data-line-number=2></td> <td>\n</td> </tr>"
             "<tr><td data-line-number=3></td> <td>  y()</td> </tr>",
             "<tr><td><span data-line-number=1></span></td>\n<td>\n<code>if "
             "x:\n</code>\n</td>\n</tr>"
             "<tr><td><span data-line-number=2></span></td>\n<td>\n<code>\n</code>\n</td>\n</tr>"
             "<tr><td><span data-line-number=3></span></td>\n<td>\n<code>  "
             "y()</code>\n</td>\n</tr>",
         }) {
        EXPECT_EQ(markdown_of("<table> " + std::string(rows) + "</table>"), kThreeLines) << rows;
    }
    EXPECT_EQ(markdown_of("<pre><table><tr><td>1<td>if x:<tr><td>2<td><tr><td>3<td>  y()</table>"),
              kThreeLines);
}

TEST(LineNumbers, stand_before_each_line) {
    for (const char* page : {
             "<pre><a href=#1>1</a>if x:\n<a href=#2>2</a>\n<a href=#3>3</a>  y()</pre>",
             "<pre><code><span class=linenos>1</span><b>if</b> x:\n<span class=linenos>2</span>\n"
             "<span class=linenos>3</span>  y()\n</code></pre>",
             "<pre><span><i style='user-select:none'> 9</i><span>if x:\n</span></span><span>"
             "<i style='user-select:none'>10</i><span>\n</span></span><span>"
             "<i style='user-select:none'>11</i><span>  y()\n</span></span></pre>",
             "<pre><div><b class=ln>1</b>if x:</div><div><b class=ln>2</b>\n</div><div>"
             "<b class=ln>3</b>  y()</div></pre>",
         }) {
        EXPECT_EQ(markdown_of(page), kThreeLines) << page;
    }
    EXPECT_EQ(markdown_of("<pre><i id=a>1</i><b>2</b>\n<i id=b>2</i><b>3</b></pre>"),
              "```\n2\n3\n```\n");
}

TEST(LineNumbers, are_code_where_they_are_not_made_for_lines) {
    for (const char* page : {
             "<pre><b>1</b>,a\n<b>2</b>,b</pre>",
             "<pre><a href=#1>1</a>a\nb</pre>",
             "<pre><a href=#1>1</a>a\n<a href=#3>3</a>b</pre>",
             "<pre><a href=#1>1</a>a</pre>",
             "<pre>1 a\n2 b</pre>",
         }) {
        EXPECT_NE(markdown_of(page).find('1'), std::string::npos) << page;
    }
}

TEST(LineNumbers, leave_name_and_language_of_the_code) {
    EXPECT_EQ(markdown_of("<p>a<table><tr><th colspan=2><span>x.py</span></th></tr>"
                          "<tr><td><pre>1\n2</pre></td><td><pre><code class=language-python>if x:\n"
                          "  y()</code></pre></td></tr></table>b"),
              "a\n\nx.py\n\n```python\nif x:\n  y()\n```\n\nb\n");
}

TEST(LineNumbers, are_numbers_that_follow_each_other_beside_code) {
    for (const char* rows : {
             "<tr><td>200<td><pre>OK</pre>",                          // not the first
             "<tr><td>1 3<td><pre>OK</pre>",                          // one is missing
             "<tr><td>1 b<td><pre>OK</pre>",                          // something else
             "<tr><td>1<td>One<tr><td>2<td>Two",                      // no code
             "<tr><td><td><pre>OK</pre>",                             // none
             "<tr><td>4294967297<td><pre>OK</pre>",                   // too many
             "<tr><td>1<td><pre>OK</pre><tr><td>1<td><pre>OK</pre>",  // not in turn
             "<tr><td>1<td><pre>OK</pre><tr><td colspan=2>and",       // a row of another kind
             "<tr><td>1<td><pre>OK</pre><td>and",                     // a third column
             "<tr><td>1<td><pre>make\nmake test</pre>",               // an example
             "<tr><td>1<td><table><tr><td><pre>OK</pre></table>",     // a table inside
             "<tr><td data-line-number=x><td>a<tr><td data-line-number><td>b",  // no numbers
         }) {
        Truncations truncations;
        const std::string html = std::string("<table>") + rows + "</table>";
        const Dom dom = std::move(*Dom::parse(html, truncations));
        NodeId table = 0;
        while (dom[table].tag != LXB_TAG_TABLE) ++table;
        EXPECT_FALSE(is_code_table(dom, table, false)) << rows;
    }
}

}  // namespace
}  // namespace riptide::core
