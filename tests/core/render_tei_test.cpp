#include "core/render_tei.h"

#include "core/extract.h"
#include "core/limits.h"
#include "tests/core/render_support.h"

namespace riptide::core::testing {
namespace {

/// What stands in the body.
std::string tei_of(std::string_view html) {
    const std::string text = render_page(html, Outputs::kTei).tei;
    constexpr std::string_view kBegin = "<text>\n<body>\n";
    constexpr std::string_view kEnd = "</body>\n</text>\n";
    EXPECT_TRUE(text.starts_with(kBegin) && text.ends_with(kEnd)) << text;
    return text.substr(kBegin.size(), text.size() - kBegin.size() - kEnd.size());
}

TEST(RenderTei, writes_blocks) {
    EXPECT_EQ(tei_of("<p>a<br>b<hr><blockquote>q</blockquote>"),
              "<p>a<lb/>\nb</p>\n<milestone unit=\"section\" rend=\"rule\"/>\n"
              "<quote>\n<p>q</p>\n</quote>\n");
    EXPECT_EQ(tei_of("<ul><li>a<ol><li>b</ol></ul><ol start=3><li>c<li>d</ol>"),
              "<list rend=\"bulleted\">\n<item>a\n<list rend=\"numbered\">\n"
              "<item n=\"1\">b</item>\n</list>\n</item>\n</list>\n"
              "<list rend=\"numbered\">\n<item n=\"3\">c</item>\n<item n=\"4\">d</item>\n"
              "</list>\n");
    EXPECT_EQ(tei_of("<ul><li><p>a<p>b<li>c</ul>"),
              "<list rend=\"bulleted\">\n<item>\n<p>a</p>\n<p>b</p>\n</item>\n"
              "<item>\n<p>c</p>\n</item>\n</list>\n");
    EXPECT_EQ(tei_of("<figure><img src=i.png alt='x<y'><figcaption>c</figcaption></figure>"),
              "<figure>\n<graphic url=\"https://example.com/dir/i.png\"><desc>x&lt;y</desc>"
              "</graphic>\n<head>c</head>\n</figure>\n");
    EXPECT_EQ(tei_of("<pre><code class='language-c++'>a &lt; b\n  c</code></pre>"),
              "<p><code lang=\"c++\" xml:space=\"preserve\">a &lt; b\n  c</code></p>\n");
}

TEST(RenderTei, opens_a_division_for_each_heading_of_the_body) {
    EXPECT_EQ(tei_of("<p>0<h1>1</h1><p>a<h3>2</h3><p>b<h2>3</h2><h1>4</h1><p>c"),
              "<p>0</p>\n<div>\n<head>1</head>\n<p>a</p>\n<div>\n<head>2</head>\n<p>b</p>\n"
              "</div>\n<div>\n<head>3</head>\n</div>\n</div>\n<div>\n<head>4</head>\n<p>c</p>\n"
              "</div>\n");
    EXPECT_EQ(tei_of("<blockquote><h2>1</h2><p>a</blockquote>"),
              "<quote>\n<p><hi rend=\"heading\">1</hi></p>\n<p>a</p>\n</quote>\n");
}

TEST(RenderTei, makes_pairs_of_a_gloss) {
    EXPECT_EQ(tei_of("<dl><dt>a<dt>b<dd>1<dd>2<dt>c</dl>"),
              "<list type=\"gloss\">\n<label>a</label>\n<item/>\n<label>b</label>\n"
              "<item>\n<p>1</p>\n</item>\n<label/>\n<item>\n<p>2</p>\n</item>\n"
              "<label>c</label>\n<item/>\n</list>\n");
}

TEST(RenderTei, writes_tables_with_their_spans) {
    EXPECT_EQ(tei_of("<table><caption>C</caption><tr><th>a<th>b<tr><td colspan=2>c"
                     "<tr><td rowspan=2>d<td>e<tr><td>f</table>"),
              "<table>\n<head>C</head>\n<row role=\"label\">\n<cell role=\"label\">a</cell>\n"
              "<cell role=\"label\">b</cell>\n</row>\n<row>\n<cell cols=\"2\">c</cell>\n</row>\n"
              "<row>\n<cell rows=\"2\">d</cell>\n<cell>e</cell>\n</row>\n<row>\n<cell>f</cell>\n"
              "</row>\n</table>\n");
}

TEST(RenderTei, writes_inline_markup_and_languages) {
    EXPECT_EQ(tei_of("<p lang=de><b>a</b><i>b</i><code>c</code><del>d</del><sub>e</sub>"
                     "<sup>f</sup><a href='x?a&b'>g</a>"),
              "<p xml:lang=\"de\"><hi rend=\"bold\">a</hi><hi rend=\"italic\">b</hi><code>c</code>"
              "<del>d</del><hi rend=\"sub\">e</hi><hi rend=\"sup\">f</hi>"
              "<ref target=\"https://example.com/dir/x?a&amp;b\">g</ref></p>\n");
}

TEST(RenderTei, has_a_body_even_without_content) { EXPECT_EQ(tei_of(""), "<p/>\n"); }

TEST(RenderTei, ends_what_is_open_where_it_is_cut) {
    Truncations truncations;
    const std::string item = "<li>" + repeat("&amp;", 100'000);
    const std::string text = render_page("<h1>T</h1><ul>" + repeat(item, 60) + "</ul>",
                                         Outputs::kTei, kPageUrl, &truncations)
                                 .tei;
    EXPECT_TRUE(truncations.has(Truncation::kOutput));
    EXPECT_LE(text.size(), kMaxOutputBytes);
    EXPECT_TRUE(text.ends_with("</item>\n</list>\n</div>\n</body>\n</text>\n"))
        << text.substr(text.size() - 80);
}

TEST(RenderTei, a_heading_that_is_cut_leaves_the_divisions_as_they_were) {
    const std::string page = "<h1>T</h1><h2>U</h2><p>a<h1>" + repeat("&amp;", 4'000'000) + "</h1>";
    EXPECT_TRUE(render_page(page, Outputs::kTei)
                    .tei.ends_with("<p>a</p>\n</div>\n</div>\n</body>\n</text>\n"));
}

TEST(TeiDocument, says_what_the_metadata_say) {
    ExtractOptions options;
    options.url = "https://a.example/1?x&y";
    options.mode = ExtractionMode::kFull;
    options.outputs = Outputs::kTei;
    const Result<Document> document = extract(
        "<html lang=en><title>Tides &amp; \"moons\"</title><meta name=author content='Ann Lee'>"
        "<meta property=article:published_time content=2024-05-17T08:30>"
        "<meta property=og:site_name content='<Site>'><meta name=description content=About>"
        "<meta name=keywords content='sea, sky'><body><p>x",
        options);
    ASSERT_TRUE(document);
    EXPECT_EQ(document->tei,
              "<TEI xmlns=\"http://www.tei-c.org/ns/1.0\" xml:lang=\"en\">\n<teiHeader>\n"
              "<fileDesc>\n<titleStmt>\n<title>Tides &amp; &quot;moons&quot;</title>\n"
              "<author>Ann Lee</author>\n</titleStmt>\n"
              "<publicationStmt>\n<p>&lt;Site&gt;</p>\n</publicationStmt>\n"
              "<sourceDesc>\n<bibl>\n<title>Tides &amp; &quot;moons&quot;</title>\n"
              "<author>Ann Lee</author>\n<publisher>&lt;Site&gt;</publisher>\n"
              "<date when=\"2024-05-17\">2024-05-17T08:30</date>\n"
              "<ref target=\"https://a.example/1?x&amp;y\">https://a.example/1?x&amp;y</ref>\n"
              "</bibl>\n</sourceDesc>\n</fileDesc>\n<profileDesc>\n"
              "<abstract>\n<p>About</p>\n</abstract>\n"
              "<textClass>\n<keywords>\n<term>sea</term>\n<term>sky</term>\n</keywords>\n"
              "</textClass>\n</profileDesc>\n</teiHeader>\n"
              "<text>\n<body>\n<p>x</p>\n</body>\n</text>\n</TEI>\n");
}

TEST(TeiDocument, is_made_only_when_asked_for) {
    EXPECT_EQ(extract("<p>x", {})->tei, "");
    EXPECT_FALSE(extract("<p>x", {})->explanation.has_value());
}

}  // namespace
}  // namespace riptide::core::testing
