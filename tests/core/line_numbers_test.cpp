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

TEST(LineNumbers, are_numbers_that_follow_each_other_beside_code) {
    for (const char* cells : {
             "<td>200<td><pre>OK</pre>",        // not the first
             "<td>1 3<td><pre>OK</pre>",        // one is missing
             "<td>1 b<td><pre>OK</pre>",        // something else
             "<td>1<td>One",                    // no code
             "<td><td><pre>OK</pre>",           // none
             "<td>4294967297<td><pre>OK</pre>"  // too many
         }) {
        Truncations truncations;
        const std::string html = std::string("<table><tr>") + cells + "</table>";
        const Dom dom = std::move(*Dom::parse(html, truncations));
        NodeId cell = 0;
        while (dom[cell].tag != LXB_TAG_TD) ++cell;
        EXPECT_FALSE(holds_line_numbers(dom, cell, false)) << cells;
    }
}

}  // namespace
}  // namespace riptide::core
