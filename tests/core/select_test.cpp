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
            if (selection.is_silent(dom, n)) {
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

TEST(SelectArticle, leaves_out_dates_and_credits_of_images) {
    const std::string text = article_text(
        "<body><article><time>May 5, 2021</time><figure><img src='a.jpg'>"
        "<figcaption>A flooded street</figcaption></figure><p class='photo-credit'>Jo Doe</p>" +
        repeat(kParagraph, 6) + "</article></body>");
    EXPECT_NE(text.find("lower streets"), std::string::npos);
    EXPECT_EQ(text.find("May 5"), std::string::npos);
    EXPECT_EQ(text.find("Jo Doe"), std::string::npos);
}

TEST(SelectArticle, keeps_texts_about_images_that_are_most_of_the_article) {
    std::string page = "<body><article>" + kParagraph;
    for (int i = 0; i < 12; ++i) {
        page += "<p class='caption'>Picture " + std::to_string(i) +
                ": a quay, a crane, and the sea behind the last house of the street.</p>";
    }
    EXPECT_NE(article_text(page + "</article></body>").find("Picture 11"), std::string::npos);
}

TEST(SelectArticle, keeps_what_is_called_a_teaser_where_it_is_most_of_the_text) {
    const std::string text =
        article_text("<body><article><div><div class='newsletter-text'>" + repeat(kParagraph, 8) +
                     "</div><p>" + "One more remark, in passing.</p></div></article></body>");
    EXPECT_NE(text.find("lower streets"), std::string::npos);
}

/// Answers that no name or structure marks as content, each too short to vote for what holds it.
std::string thread_page() {
    std::string page;
    for (int i = 0; i < 50; ++i) {
        page += "<div><section><div><span>Answer " + std::to_string(i) +
                ": oil the pin</span></div></section></div>";
    }
    return page;
}

TEST(SelectArticle, drops_menus_of_pages_chosen_as_a_whole) {
    const std::string text = article_text(
        thread_page() + "<ul><li><a href='/a'>Tools</a></li><li><a href='/b'>Paint</a></li></ul>");
    EXPECT_NE(text.find("Answer 49"), std::string::npos);
    EXPECT_EQ(text.find("Paint"), std::string::npos);
}

TEST(SelectArticle, keeps_lists_of_links_that_are_what_the_page_is_about) {
    std::string page = "<body><p>All of our towns, sorted by name, from north to south.</p><ul>";
    for (int i = 0; i < 60; ++i) {
        page += "<li><a href='/t'>Town " + std::to_string(i) + "</a></li>";
    }
    EXPECT_NE(article_text(page + "</ul></body>").find("Town 59"), std::string::npos);
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

TEST(SelectFull, reads_a_noscript_for_its_images) {
    const Dom dom = parse("<body>" + kParagraph + kParagraph +
                          "<noscript>Turn scripts on<img src=a></noscript></body>");
    const Selection selection = select_full(dom);
    EXPECT_EQ(text_of(dom, selection).find("scripts"), std::string::npos);
    NodeId image = 0;
    while (dom[image].tag != LXB_TAG_IMG) ++image;
    EXPECT_FALSE(selection.dropped.contains(image));
    EXPECT_FALSE(selection.dropped.contains(dom[image].parent));
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
