#include "tests/core/render_support.h"

namespace riptide::core::testing {
namespace {

TEST(RenderText, separates_blocks_by_one_empty_line) {
    EXPECT_EQ(text_of("<p>One<p>Two</p><div>Three<section>Four</section></div>Five"),
              "One\n\nTwo\n\nThree\n\nFour\n\nFive");
    EXPECT_EQ(text_of("<h2>Title</h2>Text<blockquote>Quote</blockquote>"),
              "Title\n\nText\n\nQuote");
}

TEST(RenderText, collapses_white_space_as_a_reader_sees_it) {
    EXPECT_EQ(text_of("<p>  a \n\t b&nbsp;&nbsp; c&#x3000;d </p><p>&nbsp;</p><p> </p>"), "a b c d");
}

TEST(RenderText, keeps_words_whole_across_inline_elements) {
    EXPECT_EQ(text_of("<p>foo<b>bar</b>baz <i>x</i><span> y</span>z<wbr>w</p>"), "foobarbaz x yzw");
    EXPECT_EQ(text_of("super&shy;cali&#x200B;fragi&#xFEFF;listic"), "supercalifragilistic");
    EXPECT_EQ(text_of("<my-word>a</my-word>b"), "ab");
}

TEST(RenderText, keeps_joiners_that_change_how_text_looks) {
    EXPECT_EQ(text_of("\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645"),
              "\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645");
}

TEST(RenderText, leaves_out_control_and_tag_characters) {
    EXPECT_EQ(text_of("a&#27;[31mb\x7F"
                      "c\u0090d\U000E0041e"),
              "a[31mbcde");
}

TEST(RenderText, never_joins_the_words_of_neighbouring_blocks) {
    for (const char* tag : {"div", "p", "li", "h1", "dt", "dd", "figcaption", "pre", "summary",
                            "legend", "address", "blockquote"}) {
        const std::string open = std::string("<") + tag + ">";
        const std::string close = std::string("</") + tag + ">";
        const std::string text = text_of(open + "one" + close + open + "two" + close + "three");
        EXPECT_EQ(text.find("onetwo"), std::string::npos) << tag;
        EXPECT_EQ(text.find("twothree"), std::string::npos) << tag;
    }
    EXPECT_EQ(text_of("<table><tr><td>one<td>two</table>three"), "one\n\ntwo\n\nthree");
    EXPECT_EQ(text_of("<table><caption>c</caption><tr><th>one<td>two</table>three"),
              "c\n\none\ttwo\n\nthree");
}

TEST(RenderText, breaks_lines_at_br_and_paragraphs_at_two) {
    EXPECT_EQ(text_of("<p><br>a <br> b<br></p>"), "a\nb");
    EXPECT_EQ(text_of("a<br><br>b<br>\n<br><br>c"), "a\n\nb\n\nc");
    EXPECT_EQ(text_of("<h1>a<br>b</h1>"), "a b");
}

TEST(RenderText, puts_list_items_on_lines_of_their_own) {
    EXPECT_EQ(text_of("<p>x</p><ul><li>a<li>b<ol><li>c</ol><li><p>d<p>e</ul>y"),
              "x\n\na\nb\nc\nd\ne\n\ny");
    EXPECT_EQ(text_of("<dl><dt>t<dd>d1<dd>d2</dl>"), "t\nd1\nd2");
    EXPECT_EQ(text_of("<ul>stray<li>a</li>more<ul><li>deep</ul></ul>"), "stray\na\nmore\ndeep");
}

TEST(RenderText, leads_from_column_to_column_with_tabs) {
    EXPECT_EQ(text_of("<table><tr><th>a<th>b<th>c<tr><td colspan=2>x<td>y<tr><td rowspan=2>r<td>s"
                      "<tr><td>p<br>q<td>u</table>"),
              "a\tb\tc\nx\t\ty\nr\ts\n\tp q\tu");
}

TEST(RenderText, takes_layout_tables_for_blocks) {
    EXPECT_EQ(text_of("<table><tr><td>menu<td><p>one<p>two<table><tr><th>k<td>v</table></table>"),
              "menu\n\none\n\ntwo\n\nk\tv");
    EXPECT_EQ(text_of("<table role=presentation><tr><th>a<td>b<tr><td>c<td>d</table>"),
              "a\n\nb\n\nc\n\nd");
}

TEST(RenderText, keeps_the_lines_of_code) {
    EXPECT_EQ(text_of("<pre>\n  if (a &lt; b)\n\n\tc<b>;</b>\n\n</pre>"), "  if (a < b)\n\n\tc;");
    EXPECT_EQ(text_of("<pre><div>a</div><div>b</div>c<br>d</pre>"), "a\nb\nc\nd");
}

TEST(RenderText, leaves_out_what_is_not_shown_as_text) {
    EXPECT_EQ(text_of("a<script>x</script><style>y</style><img alt=z src=i.png><svg><text>t</text>"
                      "</svg><textarea>v</textarea><select><option>o</select><iframe>f</iframe>"
                      "<video>old</video><noscript>n</noscript>b"),
              "ab");
}

TEST(RenderText, spells_out_quotations_ruby_and_formulas) {
    EXPECT_EQ(text_of("<q>hi</q> <ruby>\u6F22<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>"),
              "\u201Chi\u201D \u6F22(kan)");
    EXPECT_EQ(text_of("<math alttext='x^2'><mi>x</mi></math> "
                      "<math><mi>y</mi><annotation>tex</annotation></math>"),
              "x^2 y");
}

TEST(RenderText, tells_a_formula_once) {
    EXPECT_EQ(text_of("<span><span><math><mi>E</mi><annotation encoding='application/x-tex'>E=m"
                      "</annotation></math></span><span aria-hidden=true>Em</span></span> is"),
              "E=m is");
    EXPECT_EQ(text_of("<math><mi>E</mi></math><span>m</span>"), "Em");
    EXPECT_EQ(text_of("<b>E</b><span aria-hidden=true>m</span>"), "Em");
}

TEST(RenderText, ends_a_heading_where_a_block_begins_in_it) {
    EXPECT_EQ(html_of("<h2>Title<p>Text</p>more</h2>"),
              "<h2>Title</h2>\n<p>Text</p>\n<p>more</p>\n");
    EXPECT_EQ(html_of("<h2><p>Title</p></h2>"), "<h2>Title</h2>\n");
}

TEST(RenderText, is_the_same_whatever_else_is_rendered) {
    const std::string page =
        "<p>a<br><br><img src=x.png><br>b <img> c</p><ul><li><img src=y.png><li>d</ul>"
        "<h2><img src=z.png><p>e<p>f</h2><a href=x>g<p>h</a><img src=q.png>";
    EXPECT_EQ(render_page(page, Outputs::usual()).text, text_of(page));
    EXPECT_EQ(text_of(page), "a\n\nb c\n\nd\n\ne\n\nf\n\ng\n\nh");
}

TEST(RenderText, leaves_out_dropped_nodes) {
    Truncations truncations;
    Result<Dom> dom = Dom::parse("<p>a</p><div>b<p>c</p></div><p>d</p>", truncations);
    ASSERT_TRUE(dom);
    Selection selection(*dom);
    selection.roots.push_back(dom->body());
    for (NodeId n = 0; n < dom->size(); ++n) {
        if ((*dom)[n].tag == LXB_TAG_DIV) selection.dropped.insert(n);
    }
    const UrlResolver urls(*dom, "");
    EXPECT_EQ(render(*dom, selection, urls, Outputs::kText, truncations).text, "a\n\nd");
}

TEST(RenderText, separates_roots) {
    Truncations truncations;
    Result<Dom> dom = Dom::parse("<p>a <b>b</b><i>c</i></p>", truncations);
    ASSERT_TRUE(dom);
    Selection selection(*dom);
    for (NodeId n = 0; n < dom->size(); ++n) {
        const Tag tag = (*dom)[n].tag;
        if (tag == LXB_TAG_B || tag == LXB_TAG_I) selection.roots.push_back(n);
    }
    const UrlResolver urls(*dom, "");
    EXPECT_EQ(render(*dom, selection, urls, Outputs::kText, truncations).text, "b\n\nc");
}

TEST(RenderText, counts_words_whatever_the_outputs) {
    EXPECT_EQ(render_page("<p>one two<b>s</b></p><p>three</p>", Outputs::none()).word_count, 3U);
    EXPECT_EQ(render_page("", Outputs::usual()).word_count, 0U);
}

}  // namespace
}  // namespace riptide::core::testing
