#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "core/dom.h"
#include "core/signals.h"

namespace riptide::core {
namespace {

struct Page {
    explicit Page(const std::string& html)
        : dom(std::move(*Dom::parse("<body>" + html, truncations))), signals(dom) {}

    [[nodiscard]] std::string text() const { return dom.collapsed_text(dom.body()); }
    [[nodiscard]] bool hides_something() const {
        for (NodeId n = dom.body(); n < dom[dom.body()].end; ++n) {
            if (signals[n].is_out_of_sight()) return true;
        }
        return false;
    }

    Truncations truncations;
    Dom dom;
    Signals signals;
};

TEST(Streamed, pieces_come_to_the_places_that_wait_for_them) {
    const Page page(
        "<p>one </p><template id=\"B:0\"></template><p> four</p>"
        "<div hidden id=\"S:0\"><p>two </p><template id=\"P:a\"></template></div>"
        "<div hidden id=\"S:a\"><p>three</p></div>");
    EXPECT_EQ(page.text(), "one two three four");
    EXPECT_FALSE(page.hides_something());
}

TEST(Streamed, pieces_without_a_place_are_shown_where_they_are) {
    const Page page("<p>one </p><div hidden id=\"S:1\"><p>two</p></div>");
    EXPECT_EQ(page.text(), "one two");
    EXPECT_FALSE(page.hides_something());
}

TEST(Streamed, a_piece_that_holds_its_own_place_stays) {
    const Page page(
        "<p>one </p><div hidden id=\"S:1\"><p>two</p><template id=\"B:1\"></template></div>");
    EXPECT_EQ(page.text(), "one two");
}

TEST(Streamed, pieces_inside_pieces_do_not_make_the_tree_deep) {
    std::string html = "<template id=\"B:0\"></template>";
    for (int i = 0; i < 2000; ++i) {
        const std::string next = std::to_string(i + 1);
        html += "<div hidden id=\"S:" + std::to_string(i) + "\">" + std::string("<p>x</p>") +
                "<section><section><section><template id=\"P:" + next +
                "\"></template></section></section></section></div>";
    }
    const Page page(html);
    std::uint32_t deepest = 0;
    for (NodeId n = 0; n < page.dom.size(); ++n) {
        deepest = std::max<std::uint32_t>(deepest, page.dom[n].depth);
    }
    EXPECT_LT(deepest, 200U);
    EXPECT_FALSE(page.hides_something());
}

TEST(Streamed, other_hidden_elements_stay_hidden) {
    EXPECT_TRUE(
        Page("<div hidden id=\"S:1\">a</div><div hidden id=\"menu\">b</div>").hides_something());
}

}  // namespace
}  // namespace riptide::core
