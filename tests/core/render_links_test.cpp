#include "core/limits.h"
#include "core/media_source.h"
#include "tests/core/render_support.h"

namespace riptide::core::testing {
namespace {

std::vector<Link> links_of(std::string_view html) {
    return render_page(html, Outputs::kLinks).links;
}
std::vector<Media> media_of(std::string_view html) {
    return render_page(html, Outputs::kMedia).media;
}
Media image(std::string url, std::string alt = "") {
    return {"https://example.com/dir/" + url, MediaKind::kImage, std::move(alt)};
}

TEST(RenderLinks, lists_links_in_order_with_text_and_rel) {
    EXPECT_EQ(links_of("<a href=x rel='NoFollow  ugc'> a <b>b</b>\nc</a>"
                       "<p><a href='#n'>d</a><a href='javascript:x'>bad</a><a name=e>f</a>"),
              (std::vector<Link>{
                  {"https://example.com/dir/x", "a b c", "nofollow ugc"},
                  {"https://example.com/dir/page.html#n", "d", ""},
              }));
}

TEST(RenderLinks, keeps_the_words_of_blocks_in_a_link_apart) {
    const auto links = links_of("<a href=x><h3>Title</h3><p>Text<br>more</p></a>");
    ASSERT_EQ(links.size(), 1U);
    EXPECT_EQ(links[0].text, "Title Text more");
}

TEST(RenderLinks, names_links_without_text_after_their_images) {
    const auto links = links_of("<a href=x><img src=i.png alt=' the  image '></a><a href=y></a>");
    ASSERT_EQ(links.size(), 2U);
    EXPECT_EQ(links[0].text, "the image");
    EXPECT_EQ(links[1].text, "");
}

TEST(RenderLinks, lists_the_same_link_once) {
    const auto links =
        links_of("<a href=x>a</a><a href=y>a</a><a href='./x'>a</a><a href=x>b</a><a href=x>a</a>");
    EXPECT_EQ(links.size(), 3U);
}

TEST(RenderLinks, ends_at_the_cap) {
    std::string page;
    for (int i = 0; i < 20000; ++i) page += "<a href=" + std::to_string(i) + ">l</a> ";
    Truncations truncations;
    EXPECT_EQ(render_page(page, Outputs::kLinks, kPageUrl, &truncations).links.size(),
              kMaxListEntries);
    EXPECT_TRUE(truncations.has(Truncation::kOutput));
}

TEST(RenderLinks, a_long_base_and_many_links_stay_bounded) {
    Truncations truncations;
    const Rendering out =
        render_page("<base href='/" + repeat("x/", 4000) + "'>" + repeat("<a href=y>z</a>", 50000),
                    Outputs::usual(), kPageUrl, &truncations);
    EXPECT_TRUE(truncations.has(Truncation::kOutput));
    EXPECT_LE(out.html.size(), kMaxOutputBytes);
    EXPECT_LE(out.markdown.size(), kMaxOutputBytes);
}

TEST(RenderMedia, lists_images_players_and_known_embeds) {
    EXPECT_EQ(
        media_of("<img src=a.png alt='A  b'><video src=v.mp4 poster=p.png></video>"
                 "<audio><source src=s.ogg><source src=s.mp3></audio>"
                 "<iframe src='https://www.youtube.com/embed/x' title='A film'></iframe>"
                 "<iframe src='https://ads.example.net/x'></iframe><img src=a.png alt=other>"),
        (std::vector<Media>{
            image("a.png", "A b"),
            {"https://example.com/dir/v.mp4", MediaKind::kVideo, ""},
            {"https://example.com/dir/s.ogg", MediaKind::kAudio, ""},
            {"https://www.youtube.com/embed/x", MediaKind::kEmbed, "A film"},
        }));
}

TEST(RenderMedia, sees_through_lazy_loading) {
    for (const char* html : {
             "<img src='data:image/gif;base64,R0' data-src=a.png>",
             "<img src=blank.gif data-original=a.png>",
             "<img data-lazy-src=a.png>",
             "<img data-srcset='b.png 100w, a.png 200w'>",
             "<img srcset='b.png, a.png 2x'>",
             "<picture><source srcset='a.png 2x, b.png 1x'><img></picture>",
             "<picture><source srcset='b.png'><img src=a.png></picture>",
             "<img src='data:x'> <noscript><img src=a.png></noscript>",
             "<img src=a.png><noscript><img src=b.png></noscript>",
             "<noscript><img src=a.png></noscript>",
             "<img src=a.png data-src='p_{width}x.png'>",
             "<amp-img src=a.png></amp-img>",
             "<amp-img src=a.png><noscript><img src=b.png></noscript></amp-img>",
         }) {
        EXPECT_EQ(media_of(html), std::vector<Media>{image("a.png")}) << html;
    }
}

TEST(RenderMedia, leaves_out_what_cannot_be_seen_or_fetched) {
    EXPECT_TRUE(media_of("<img src=x width=1 height=1><img src='data:x'><img><img src='blob:x'>"
                         "<svg><image href=x></svg><video></video>")
                    .empty());
}

TEST(RenderMedia, chooses_the_largest_candidate) {
    EXPECT_EQ(best_candidate("a 100w, b 300w, c 200w"), "b");
    EXPECT_EQ(best_candidate("a, b 1.5x, c 1.25x"), "b");
    EXPECT_EQ(best_candidate(" , a?x=1,2 2x,, b"), "a?x=1,2");
    EXPECT_EQ(best_candidate("a,"), "a");
    EXPECT_EQ(best_candidate("data:image/png,x 3x, b 1x"), "b");
    EXPECT_EQ(best_candidate(" , "), "");
}

TEST(RenderMedia, knows_embeds_by_host_only) {
    EXPECT_TRUE(is_known_embed("https://player.vimeo.com/video/1"));
    EXPECT_TRUE(is_known_embed("https://x.com/a"));
    EXPECT_FALSE(is_known_embed("https://notx.com/a"));
    EXPECT_FALSE(is_known_embed("https://evil.net/youtube.com"));
    EXPECT_FALSE(is_known_embed("https://youtube.com.evil.net/"));
    EXPECT_FALSE(is_known_embed("mailto:a@youtube.com"));
}

}  // namespace
}  // namespace riptide::core::testing
