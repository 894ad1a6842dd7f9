#include "core/code_language.h"

#include <gtest/gtest.h>

#include <string>

namespace riptide::core {
namespace {

std::string language_of(const std::string& page) {
    Truncations truncations;
    const Dom dom = std::move(*Dom::parse(page, truncations));
    NodeId pre = 0;
    while (dom[pre].tag != LXB_TAG_PRE) ++pre;
    return std::string(code_language(dom, pre));
}

TEST(CodeLanguage, is_told_by_the_code_or_what_is_around_it) {
    for (const char* page : {
             "<pre class='hljs language-c++'>x</pre>",
             "<pre> <code class=lang-c++>x</code></pre>",
             "<div class='highlight highlight-source-c++'><pre>x</pre></div>",
             "<pre data-language=c++>x</pre>",
             "<pre><code data-lang=c++>x</code></pre>",
             "<div data-language=c++><pre class=x>x</pre></div>",
             "<div class='highlight-c++ notranslate'><div class=highlight><pre>x</pre></div></div>",
         }) {
        EXPECT_EQ(language_of(page), "c++") << page;
    }
}

TEST(CodeLanguage, is_a_name) {
    for (const char* page : {
             "<pre>x</pre>",
             "<pre class='language-'>x</pre>",
             "<pre class='language-`x'>x</pre>",
             "<pre data-lang='a b'>x</pre>",
             "<pre>x <code class=language-c>y</code></pre>",
             "<div class=highlight-c><pre>x</pre></div>",
             "<div class=highlight-none><div class=highlight><pre>x</pre></div></div>",
         }) {
        EXPECT_EQ(language_of(page), "") << page;
    }
}

}  // namespace
}  // namespace riptide::core
