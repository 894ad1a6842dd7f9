#include "core/parse.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/dom.h"
#include "core/limits.h"

namespace riptide::core {
namespace {

using testing::HasSubstr;

struct Parsed {
    Dom dom;
    Truncations truncations;
};

Parsed parse(std::string_view html) {
    Truncations truncations;
    Result<Dom> dom = Dom::parse(html, truncations);
    EXPECT_TRUE(dom) << dom.error().detail;
    return {std::move(*dom), truncations};
}

std::string text_of(const Dom& dom) { return dom.collapsed_text(dom.root()); }

std::size_t count(const Dom& dom, Tag tag) {
    std::size_t found = 0;
    for (NodeId n = 0; n < dom.size(); ++n) found += dom[n].tag == tag ? 1 : 0;
    return found;
}

std::size_t attributes_of(const Dom& dom, NodeId id) {
    std::size_t found = 0;
    for (const auto* attr = dom[id].element->first_attr; attr != nullptr; attr = attr->next) {
        ++found;
    }
    return found;
}

std::string numbered_attributes(int count) {
    std::string out;
    for (int i = 0; i < count; ++i) out += " a" + std::to_string(i) + "=1";
    return out;
}

TEST(Parse, keeps_a_page_that_hits_no_cap_whole) {
    const Parsed page = parse("<p>One <b>two</b></p><p>three</p>");
    EXPECT_EQ(text_of(page.dom), "One twothree");
    EXPECT_TRUE(page.truncations.list().empty());
}

TEST(Parse, flattens_what_is_nested_too_deep_and_loses_no_text) {
    std::string html;
    for (int i = 0; i < 3000; ++i) html += "<div>t" + std::to_string(i) + " ";
    for (int i = 0; i < 3000; ++i) html += "</div>";
    html += "<p>after</p>";
    const Parsed page = parse(html);
    EXPECT_TRUE(page.truncations.has(Truncation::kDepth));
    const std::string text = text_of(page.dom);
    for (const int i : {0, 511, 512, 2999}) EXPECT_THAT(text, HasSubstr("t" + std::to_string(i)));
    for (NodeId n = 0; n < page.dom.size(); ++n) EXPECT_LE(page.dom[n].depth, kMaxDepth);
    // The end tags of what was flattened close nothing else: the paragraph is a child of the body.
    const NodeId last = page.dom.size() - 2;
    ASSERT_EQ(page.dom[last].tag, LXB_TAG_P);
    EXPECT_EQ(page.dom[last].parent, page.dom.body());
}

TEST(Parse, nesting_beyond_the_cap_costs_no_nodes) {
    std::string html;
    for (std::size_t i = 0; i < 2 * kMaxNodes; ++i) html += "<i>";
    const Parsed page = parse(html + "the innermost text");
    EXPECT_FALSE(page.truncations.has(Truncation::kNodes));
    EXPECT_THAT(text_of(page.dom), HasSubstr("the innermost text"));
}

TEST(Parse, keeps_no_more_attributes_than_the_cap) {
    const Parsed page = parse("<p" + numbered_attributes(1000) + ">text</p>");
    EXPECT_TRUE(page.truncations.has(Truncation::kAttributes));
    const NodeId paragraph = page.dom.first_child(page.dom.body());
    EXPECT_EQ(attributes_of(page.dom, paragraph), kMaxAttributes);
    EXPECT_EQ(page.dom.attribute(paragraph, page.dom.attribute_id("a255")), "1");
    EXPECT_THAT(text_of(page.dom), HasSubstr("text"));
}

TEST(Parse, counts_the_attributes_of_repeated_bodies_together) {
    std::string html;
    for (int i = 0; i < 1000; ++i) html += "<body b" + std::to_string(i) + "=1>";
    const Parsed page = parse(html + "text");
    EXPECT_TRUE(page.truncations.has(Truncation::kAttributes));
    EXPECT_LE(attributes_of(page.dom, page.dom.body()), kMaxAttributes);
}

TEST(Parse, reopens_no_more_formatting_elements_than_the_cap) {
    std::string html;
    for (int i = 0; i < 500; ++i) html += "<b id=" + std::to_string(i) + ">";
    for (int i = 0; i < 20; ++i) html += "<p>x</p>";
    const Parsed page = parse(html);
    EXPECT_TRUE(page.truncations.has(Truncation::kFormatting));
    EXPECT_LE(count(page.dom, LXB_TAG_B), kMaxActiveFormatting * 21);
}

TEST(Parse, stops_at_the_cap_of_nodes_and_keeps_what_came_before) {
    std::string html = "<p>first</p>";
    for (std::size_t i = 0; i < kMaxNodes; ++i) html += "<br>";
    const Parsed page = parse(html + "<p>last</p>");
    EXPECT_TRUE(page.truncations.has(Truncation::kNodes));
    EXPECT_LE(page.dom.size(), kMaxNodes + 10);
    EXPECT_THAT(text_of(page.dom), HasSubstr("first"));
    EXPECT_THAT(text_of(page.dom), testing::Not(HasSubstr("last")));
}

TEST(Parse, keeps_the_text_of_options_beyond_the_cap) {
    std::string html = "<select>";
    for (std::size_t i = 0; i <= kMaxOptions; ++i) html += "<option selected>o";
    const Parsed page = parse(html + "<option>zebra</select>");
    EXPECT_TRUE(page.truncations.has(Truncation::kOptions));
    EXPECT_EQ(count(page.dom, LXB_TAG_OPTION), kMaxOptions);
    EXPECT_THAT(text_of(page.dom), HasSubstr("zebra"));
}

TEST(Parse, skips_scripts_and_styles_wherever_a_piece_of_the_page_ends) {
    // The end tag meets the border between two pieces at every one of its letters.
    for (std::size_t shift = 0; shift < 24; ++shift) {
        std::string html = "<script>";
        html.append((std::size_t{256} << 10) - html.size() - shift, 'x');
        html += "</script><p>shown</p><style>p{}</style>";
        EXPECT_EQ(text_of(parse(html).dom), "shown") << shift;
    }
}

TEST(Parse, ends_a_script_where_the_standard_ends_it) {
    EXPECT_EQ(text_of(parse("<script>a</scripty></SCRIPT >b").dom), "b");
    EXPECT_EQ(text_of(parse("<script><!--<script></script>--></script>c").dom), "c");
    EXPECT_EQ(text_of(parse("<style></styles></style\n>d").dom), "d");
    EXPECT_EQ(text_of(parse("e<script>never closed </scrip").dom), "e");
    EXPECT_EQ(text_of(parse("f<style>never closed").dom), "f");
}

TEST(Parse, keeps_json_ld_and_no_other_script) {
    const Parsed page =
        parse("<script type=' Application/LD+JSON '>{\"a\": 1}</script><script>var b;</script>x");
    ASSERT_EQ(page.dom.json_ld().size(), 1U);
    EXPECT_EQ(page.dom.json_ld()[0], "{\"a\": 1}");
    EXPECT_EQ(text_of(page.dom), "x");
}

TEST(Parse, leaves_the_text_after_a_drawing_alone) {
    const Parsed page = parse("<p>a<svg><g><path d='M0'/><path></path></g></svg>b</p>c");
    EXPECT_EQ(text_of(page.dom), "abc");
    EXPECT_EQ(count(page.dom, LXB_TAG_SVG), 1U);
}

TEST(Dom, every_subtree_is_a_range) {
    const Parsed page = parse("<ul><li>a<li><b>c</b>d</ul><table><td>e</table>");
    const Dom& dom = page.dom;
    for (NodeId n = 1; n < dom.size(); ++n) {
        EXPECT_TRUE(dom.contains(dom[n].parent, n));
        EXPECT_LE(dom[n].end, dom[dom[n].parent].end);
        EXPECT_EQ(dom[n].depth, dom[dom[n].parent].depth + 1);
    }
}

TEST(Dom, names_the_selector_that_is_not_valid) {
    const Parsed page = parse("<p class=a>x</p><p>y</p>");
    EXPECT_EQ(page.dom.select({"p.a", "p"})->size(), 2U);
    const auto bad = page.dom.select({"p", "p["});
    ASSERT_FALSE(bad);
    EXPECT_THAT(bad.error().detail, HasSubstr("\"p[\""));
}

}  // namespace
}  // namespace riptide::core
