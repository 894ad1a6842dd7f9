#include "pool/faulty_pages.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "pool/siphash.h"
#include "sys/entropy.h"

namespace riptide {
namespace {

/// The key of the published vectors: the bytes 00 to 0f.
constexpr SipKey kKey{0x0706050403020100U, 0x0f0e0d0c0b0a0908U};

void remember(FaultyPages& pages, std::string_view page) {
    pages.remember(page, pages.generation());
}

TEST(SipHash, gives_the_published_values) {
    std::string input;
    const auto hash_of_next_length = [&input] {
        const std::uint64_t hash = siphash(kKey, input);
        input.push_back(static_cast<char>(input.size()));
        return hash;
    };
    EXPECT_EQ(hash_of_next_length(), 0x726fdb47dd0e0e31U);
    EXPECT_EQ(hash_of_next_length(), 0x74f839c593dc67fdU);
    EXPECT_EQ(hash_of_next_length(), 0x0d6c8009d9a94f5aU);
    while (input.size() < 15) hash_of_next_length();
    // The example of the paper's appendix A.
    EXPECT_EQ(hash_of_next_length(), 0xa129ca6149be45e5U);
}

TEST(SipHash, depends_on_the_key) {
    EXPECT_NE(siphash({0, 0}, "page"), siphash({1, 0}, "page"));
    EXPECT_NE(siphash({0, 0}, "page"), siphash({0, 1}, "page"));
}

TEST(RandomBits, differ_each_time) {
    const auto first = sys::random_bits();
    const auto second = sys::random_bits();
    ASSERT_TRUE(first.has_value() && second.has_value());
    EXPECT_NE(*first, *second);
}

TEST(FaultyPages, knows_a_page_again_by_its_bytes) {
    FaultyPages pages(kKey);
    EXPECT_FALSE(pages.contains("<p>bomb"));
    remember(pages, "<p>bomb");
    EXPECT_TRUE(pages.contains("<p>bomb"));
    EXPECT_FALSE(pages.contains("<p>bomc"));
    EXPECT_FALSE(pages.contains("<p>bomb "));
    EXPECT_FALSE(pages.contains(""));
}

TEST(FaultyPages, takes_the_empty_page_for_a_page) {
    FaultyPages pages(kKey);
    remember(pages, "");
    EXPECT_TRUE(pages.contains(""));
    EXPECT_FALSE(pages.contains("a"));
}

TEST(FaultyPages, forgets_the_oldest_first) {
    FaultyPages pages(kKey, 2);
    remember(pages, "a");
    remember(pages, "b");
    remember(pages, "a");
    remember(pages, "c");
    EXPECT_EQ(pages.size(), 2U);
    EXPECT_FALSE(pages.contains("a"));
    EXPECT_TRUE(pages.contains("b"));
    EXPECT_TRUE(pages.contains("c"));
}

TEST(FaultyPages, remembers_1024_of_any_number) {
    FaultyPages pages(kKey);
    for (int i = 0; i < 5000; ++i) remember(pages, std::to_string(i));
    EXPECT_EQ(pages.size(), 1024U);
    EXPECT_TRUE(pages.contains("4999"));
    EXPECT_TRUE(pages.contains("3976"));
    EXPECT_FALSE(pages.contains("3975"));
}

TEST(FaultyPages, forgets_all_when_cleared) {
    FaultyPages pages(kKey, 2);
    remember(pages, "a");
    remember(pages, "b");
    pages.clear();
    EXPECT_EQ(pages.size(), 0U);
    EXPECT_FALSE(pages.contains("a"));
    remember(pages, "a");
    remember(pages, "c");
    EXPECT_TRUE(pages.contains("a"));
}

TEST(FaultyPages, does_not_remember_what_went_wrong_before_it_was_cleared) {
    FaultyPages pages(kKey);
    const std::uint64_t before = pages.generation();
    pages.clear();
    pages.remember("a", before);
    EXPECT_FALSE(pages.contains("a"));
    remember(pages, "a");
    EXPECT_TRUE(pages.contains("a"));
}

TEST(FaultyPages, is_used_by_many_threads_at_once) {
    FaultyPages pages(kKey, 64);
    {
        std::vector<std::jthread> threads;
        for (int thread = 0; thread < 4; ++thread) {
            threads.emplace_back([&pages, thread] {
                for (int i = 0; i < 2000; ++i) {
                    remember(pages, std::to_string(thread * 10'000 + i));
                    (void)pages.contains(std::to_string(i));
                }
            });
        }
    }
    EXPECT_EQ(pages.size(), 64U);
}

}  // namespace
}  // namespace riptide
