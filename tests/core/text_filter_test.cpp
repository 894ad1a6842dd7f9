#include "core/text_filter.h"

#include <gtest/gtest.h>

namespace riptide::core {
namespace {

TEST(TextFilter, knows_the_words_it_learned_whatever_their_case) {
    TextFilter filter(1);
    filter.learn("The Ferry returns");
    const TextFilter::Count count = filter.count("ferry RETURNS tomorrow");
    EXPECT_EQ(count.known, 2U);
    EXPECT_EQ(count.all, 3U);
}

TEST(TextFilter, knows_runs_of_words_in_their_order_only) {
    TextFilter filter(3);
    filter.learn("one two three four");
    EXPECT_EQ(filter.count("two three four").known, 1U);
    EXPECT_EQ(filter.count("four three two").known, 0U);
    EXPECT_EQ(filter.count("two three").all, 0U);
}

TEST(TextFilter, reads_other_scripts) {
    TextFilter filter(1);
    filter.learn("Паром вернулся");
    EXPECT_EQ(filter.count("Паром").known, 1U);
}

TEST(TextFilter, is_empty_until_it_learned_a_run) {
    TextFilter filter(3);
    filter.learn("one two");
    EXPECT_TRUE(filter.empty());
    filter.learn("one two three");
    EXPECT_FALSE(filter.empty());
}

}  // namespace
}  // namespace riptide::core
