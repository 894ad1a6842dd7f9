#include "config/nearest.h"

#include <gtest/gtest.h>

#include <array>

namespace riptide::config {
namespace {

constexpr std::array<std::string_view, 3> kNames = {"extract", "compile", "config"};

TEST(EditDistance, counts_each_kind_of_slip_as_one) {
    EXPECT_EQ(edit_distance("", ""), 0U);
    EXPECT_EQ(edit_distance("abc", "abc"), 0U);
    EXPECT_EQ(edit_distance("", "abc"), 3U);
    EXPECT_EQ(edit_distance("abc", ""), 3U);
    EXPECT_EQ(edit_distance("abc", "abxc"), 1U);
    EXPECT_EQ(edit_distance("abc", "ac"), 1U);
    EXPECT_EQ(edit_distance("abc", "axc"), 1U);
    EXPECT_EQ(edit_distance("abcd", "acbd"), 1U);
    EXPECT_EQ(edit_distance("kitten", "sitting"), 3U);
}

TEST(Nearest, picks_the_closest_and_the_first_of_equals) {
    EXPECT_EQ(nearest("extrat", kNames), "extract");
    EXPECT_EQ(nearest("confg", kNames), "config");
    EXPECT_EQ(nearest("anything", {}), "");
}

TEST(Suggestion, is_made_only_when_it_is_likely) {
    EXPECT_EQ(suggestion("exrtact", kNames), "; did you mean extract?");
    EXPECT_EQ(suggestion("zzzzzzzzz", kNames), "");
    constexpr std::array<std::string_view, 2> kShells = {"bash", "zsh"};
    EXPECT_EQ(suggestion("zhs", kShells), "; did you mean zsh?");
    EXPECT_EQ(suggestion("tcsh", kShells), "");
    EXPECT_EQ(suggestion("extrat", {}), "");
}

}  // namespace
}  // namespace riptide::config
