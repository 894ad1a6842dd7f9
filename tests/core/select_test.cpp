#include "core/select.h"

#include <gtest/gtest.h>

#include <string>

namespace riptide::core {
namespace {

const std::string kParagraph =
    "<p>The river rose overnight, and by the morning the lower streets, the market and the old "
    "bridge were under water, as they had been, said the mayor, forty years before.</p>";

std::string repeat(const std::string& text, int times) {
    std::string out;
    for (int i = 0; i < times; ++i) out += text;
    return out;
}

Dom parse(const std::string& html) {
    Truncations truncations;
    Result<Dom> dom = Dom::parse(html, truncations);
    EXPECT_TRUE(dom.has_value());
    return std::move(*dom);
}

std::string text_of(const Dom& dom, const Selection& selection) {
    std::string out;
    for (NodeId root : selection.roots) {
        for (NodeId n = root; n < dom[root].end;) {
            if (selection.dropped.contains(n)) {
                n = dom[n].end;
                continue;
            }
            out += dom.text(n);
            ++n;
        }
    }
    return out;
}

std::string article_text(const std::string& html) {
    const Dom dom = parse(html);
    return text_of(dom, select_article(dom, Metadata()));
}

TEST(SelectArticle, keeps_the_paragraphs_and_leaves_out_menu_and_footer) {
    const std::string text = article_text(
        "<body><nav><a href='/a'>Sports</a> <a href='/b'>Weather</a></nav><div class='article'>" +
        repeat(kParagraph, 6) + "</div><footer>Imprint and contact</footer></body>");
    EXPECT_NE(text.find("lower streets"), std::string::npos);
    EXPECT_EQ(text.find("Sports"), std::string::npos);
    EXPECT_EQ(text.find("Imprint"), std::string::npos);
}

TEST(SelectArticle, leaves_out_what_is_hidden) {
    const std::string text =
        article_text("<body><article>" + repeat(kParagraph, 6) +
                     "<p style='display:none'>Unseen words</p><p hidden>Veiled words</p>"
                     "</article></body>");
    EXPECT_NE(text.find("lower streets"), std::string::npos);
    EXPECT_EQ(text.find("Unseen"), std::string::npos);
    EXPECT_EQ(text.find("Veiled"), std::string::npos);
}

TEST(SelectArticle, keeps_all_items_of_a_page_without_a_main_text) {
    std::string page = "<body><nav><a href='/'>Home</a></nav>";
    for (int i = 0; i < 30; ++i) {
        page += "<div><section><div><h3>Lamp number " + std::to_string(i) +
                "</h3><span>Brass, glass, and oak, for the desk in the study.</span>"
                "</div></section></div>";
    }
    const std::string text = article_text(page + "</body>");
    EXPECT_NE(text.find("Lamp number 0"), std::string::npos);
    EXPECT_NE(text.find("Lamp number 29"), std::string::npos);
    EXPECT_EQ(text.find("Home"), std::string::npos);
}

TEST(SelectArticle, finds_no_content_in_framesets_and_pages_of_links) {
    for (const char* html : {"<frameset><frame src='a.html'></frameset>", "<body></body>",
                             "<body><nav><a href='/'>Home</a><a href='/b'>News</a></nav></body>"}) {
        const Dom dom = parse(html);
        EXPECT_EQ(text_of(dom, select_article(dom, Metadata())), "") << html;
    }
}

TEST(SelectFull, keeps_the_navigation_and_drops_what_is_hidden) {
    const Dom dom = parse("<body><nav>Menu</nav><p>Text</p><p hidden>Veiled</p></body>");
    EXPECT_EQ(text_of(dom, select_full(dom)), "MenuText");
}

TEST(SelectCustom, does_not_repeat_a_match_inside_another) {
    const Dom dom = parse("<body><div>a<div>b</div></div><div>c</div></body>");
    const Result<Selection> selection = select_custom(dom, {"div"});
    ASSERT_TRUE(selection.has_value());
    EXPECT_EQ(selection->roots.size(), 2U);
    EXPECT_EQ(text_of(dom, *selection), "abc");
}

TEST(SelectCustom, refuses_a_selector_that_is_not_valid) {
    const Dom dom = parse("<body></body>");
    EXPECT_FALSE(select_custom(dom, {"div["}).has_value());
}

}  // namespace
}  // namespace riptide::core
