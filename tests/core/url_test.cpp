#include "core/url.h"

#include <gtest/gtest.h>

namespace riptide::core {
namespace {

/// Resolves one reference on a page without content.
std::string resolve(std::string_view reference, std::string_view document = "https://a.com/b/c?q#f",
                    std::string_view head = "") {
    Truncations truncations;
    const Result<Dom> dom = Dom::parse("<head>" + std::string(head) + "</head>", truncations);
    if (!dom) return "no page";
    return UrlResolver(*dom, document).resolve(reference);
}

TEST(Url, resolves_as_whatwg_url) {
    EXPECT_EQ(resolve("d"), "https://a.com/b/d");
    EXPECT_EQ(resolve("../d/./e/"), "https://a.com/d/e/");
    EXPECT_EQ(resolve("/x?y=1&z=2#h"), "https://a.com/x?y=1&z=2#h");
    EXPECT_EQ(resolve("//cdn.com/x"), "https://cdn.com/x");
    EXPECT_EQ(resolve("?p"), "https://a.com/b/c?p");
    EXPECT_EQ(resolve("#note"), "https://a.com/b/c?q#note");
    EXPECT_EQ(resolve("HTTP://EXAMPLE.com:80/%7Efoo/../bar"), "http://example.com/bar");
    EXPECT_EQ(resolve("https://b\u00FCcher.de/\u00FC"), "https://xn--bcher-kva.de/%C3%BC");
    EXPECT_EQ(resolve("\\\\x.com\\y"), "https://x.com/y");
    EXPECT_EQ(resolve("  \n x\ty \n"), "https://a.com/b/xy");
    EXPECT_EQ(resolve("http://0x7f.1/"), "http://127.0.0.1/");
    EXPECT_EQ(resolve("http://[::1]:8080/"), "http://[::1]:8080/");
}

// One host or more for each of lexbor's long tables of code points (third_party/lexbor).
TEST(Url, maps_hosts_to_one_form) {
    EXPECT_EQ(resolve("https://B\u00DCCHER.de/"), resolve("https://b\u00FCcher.de/"));
    EXPECT_EQ(resolve("https://fa\u00DF.de/"), "https://xn--fa-hia.de/");
    EXPECT_EQ(resolve("https://\uFB01\uFF41.com/"), "https://fia.com/");
    EXPECT_EQ(resolve("https://\U00016E40.com/"), resolve("https://\U00016E60.com/"));
    EXPECT_NE(resolve("https://\U00016E40.com/"), "");
    EXPECT_EQ(resolve("https://\U0001D41A.com/"), "https://a.com/");
    EXPECT_EQ(resolve("https://\U0002F800.com/"), "https://xn--viq.com/");
    EXPECT_EQ(resolve("https://\uE000.com/"), "");
}

TEST(Url, hands_out_allowed_schemes_only) {
    EXPECT_EQ(resolve("mailto:a@b.com?subject=x y"), "mailto:a@b.com?subject=x%20y");
    EXPECT_EQ(resolve("tel:+123"), "tel:+123");
    EXPECT_EQ(resolve("ftp://f.com/x"), "ftp://f.com/x");
    for (const char* bad :
         {"javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\tscript:alert(1)",
          "java\nscript:alert(1)", " \x01javascript:alert(1)", "\x1Fjavascript:alert(1)",
          "javascript\r:alert(1)", "data:text/html,<script>", "vbscript:x", "file:///etc/passwd",
          "blob:https://a.com/x", "about:blank", "view-source:https://a.com", "ws://a.com",
          "x-custom:y", "livescript:x", "http://", "https://a b.com/", "https://[x]/"}) {
        EXPECT_EQ(resolve(bad), "") << bad;
        EXPECT_EQ(resolve(bad, ""), "") << bad;
    }
}

TEST(Url, drops_credentials) {
    EXPECT_EQ(resolve("https://user:pass@h.com/x"), "https://h.com/x");
    EXPECT_EQ(resolve("//user@h.com/x", ""), "//h.com/x");
    EXPECT_EQ(resolve("x", "https://user:pass@h.com/y"), "https://h.com/x");
}

TEST(Url, encodes_all_that_could_end_an_attribute_or_a_markdown_link) {
    for (const char* document : {"https://a.com/b/c", ""}) {
        for (const char* reference : {"x\"><script>", "x y?q=\"<>`'|{}^\\", "#\"<> `{}|\\^",
                                      "mailto:\"<b>` {}|\\^\x7F", "x\u202Ey", "//h/x\"y"}) {
            const std::string url = resolve(reference, document);
            EXPECT_FALSE(url.empty()) << reference;
            EXPECT_EQ(url.find_first_of("\"<>`{}|\\^ \t\n\x7F"), std::string::npos) << url;
            for (const char c : url) EXPECT_GT(c, ' ') << url;
        }
    }
}

TEST(Url, takes_the_first_base_with_an_address) {
    const auto with = [](std::string_view head) { return resolve("x", "https://a.com/b/c", head); };
    EXPECT_EQ(with("<base target=t><base href='/base/'><base href='/other/'>"),
              "https://a.com/base/x");
    EXPECT_EQ(with("<base href='https://u:p@z.com/y/'>"), "https://z.com/y/x");
    EXPECT_EQ(with("<base href='javascript:alert(1)//'>"), "https://a.com/b/x");
    EXPECT_EQ(with("<base href='data:text/html,x'>"), "https://a.com/b/x");
    EXPECT_EQ(resolve("x", "", "<base href='https://z.com/'>"), "https://z.com/x");
}

TEST(Url, keeps_references_relative_where_there_is_no_base) {
    EXPECT_EQ(resolve("a/b c?d#e", ""), "a/b%20c?d#e");
    EXPECT_EQ(resolve("//h.com/x", ""), "//h.com/x");
    EXPECT_EQ(resolve("\\\\h.com\\x?\\", ""), "//h.com/x?%5C");
    EXPECT_EQ(resolve("#n", ""), "#n");
    EXPECT_EQ(resolve("https://a.com", ""), "https://a.com/");
    EXPECT_EQ(resolve("x", "not a url"), "x");
    EXPECT_EQ(resolve("x", "file:///tmp/page.html"), "x");
}

TEST(Url, refuses_what_is_empty_or_too_long) {
    EXPECT_EQ(resolve(""), "");
    EXPECT_EQ(resolve(" \n"), "https://a.com/b/c?q");
    EXPECT_EQ(resolve("https://a.com/" + std::string(kMaxUrlBytes, 'x')), "");
}

TEST(Url, tells_the_address_of_the_page) {
    Truncations truncations;
    const Result<Dom> dom = Dom::parse("<base href='/z/'>", truncations);
    ASSERT_TRUE(dom);
    EXPECT_EQ(UrlResolver(*dom, "HTTPS://u:p@A.com/x y").document_url(), "https://a.com/x%20y");
    EXPECT_EQ(UrlResolver(*dom, "nonsense").document_url(), "");
    EXPECT_EQ(UrlResolver(*dom, "").document_url(), "");
}

TEST(Url, can_be_asked_again_and_again) {
    Truncations truncations;
    const Result<Dom> dom = Dom::parse("", truncations);
    ASSERT_TRUE(dom);
    const UrlResolver urls(*dom, "https://a.com/b/");
    for (int i = 0; i < 20000; ++i) {
        EXPECT_EQ(urls.resolve(i % 3 == 0 ? "http://[" : "x"),
                  i % 3 == 0 ? "" : "https://a.com/b/x");
    }
}

}  // namespace
}  // namespace riptide::core
