#include "core/link_signs.h"

#include <gtest/gtest.h>

#include "tests/core/render_support.h"

namespace riptide::core {
namespace {

using testing::html_of;
using testing::text_of;

TEST(LinkSigns, are_no_text) {
    for (const char* page : {
             "<h2>Steps<a href=#s>¶</a></h2>",
             "<h2>Steps <a href=#s><span>#</span></a></h2>",
             "<h2><a href=#s>§</a>Steps</h2>",
             "<h2>Steps<a href=#s>\uF0C1</a></h2>",
             "<h2>Steps<a href=#s>\u200B</a></h2>",
             "<h2>Steps<span>[<a href=e>edit</a>]</span></h2>",
             "<h2>Steps<span><span>[</span><a href=e>edit</a> | <a href=f>source</a><span>]</span>"
             "</span></h2>",
             "<dl><dt>Steps<a href=#s>#</a></dl>",
             "<p>Steps&nbsp;<a href=#r>↩\uFE0E</a>",
             "<ol><li><b><a href=#r>^</a></b> Steps</ol>",
             "<a href=#s>§</a><h2>Steps</h2>",
         }) {
        EXPECT_EQ(text_of(page), "Steps") << page;
        EXPECT_EQ(html_of(page).find("href"), std::string::npos) << page;
    }
}

TEST(LinkSigns, say_nothing_else_and_lead_nowhere_else) {
    for (const char* page : {
             "<p>Steps<a href=#n>*</a>",
             "<p>Steps<a href=#n>#</a>",
             "<p>Steps<a href=#n>1</a>",
             "<p>Steps<a href=/n>¶</a>",
             "<h2>Steps<a href=#s>¶ 7</a></h2>",
             "<h2>Steps<a href=#n>\u2020</a></h2>",
             "<h2>Steps<span>[1]</span></h2>",
             "<h2>Steps<span>[<a href=#n>1</a>] more</span></h2>",
             "<p>Steps<span>[<a href=e>edit</a>]</span>",
         }) {
        EXPECT_GT(text_of(page).size(), 5U) << page;
    }
}

TEST(LinkSigns, and_buttons_are_no_code) {
    EXPECT_EQ(text_of("<pre><button>Copy</button><code>make</code></pre>"), "make");
    EXPECT_EQ(text_of("<h3><button>Make</button></h3><p><button>Go</button></p>"), "Make\n\nGo");
}

}  // namespace
}  // namespace riptide::core
