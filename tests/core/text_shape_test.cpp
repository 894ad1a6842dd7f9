#include "core/text_shape.h"

#include <gtest/gtest.h>

namespace riptide::core {
namespace {

TextShape shape_of(std::string_view text) {
    TextShape shape;
    shape.add(text);
    return shape;
}

TEST(TextShape, counts_what_characters_look_like) {
    const TextShape shape = shape_of(" Pay $12 now | or never. Yes! @me ");
    EXPECT_EQ(shape.words, 8U);
    EXPECT_EQ(shape.digits, 2U);
    EXPECT_EQ(shape.capitals, 2U);
    EXPECT_EQ(shape.stops, 2U);
    EXPECT_EQ(shape.separators, 1U);
    EXPECT_EQ(shape.currencies, 1U);
    EXPECT_EQ(shape.signs, 1U);
}

TEST(TextShape, knows_ends_of_sentences_of_many_scripts_behind_closing_quotes) {
    EXPECT_TRUE(shape_of("Stop.\u201D ").ends_sentence());
    EXPECT_TRUE(shape_of("我们走吧。").ends_sentence());
    EXPECT_TRUE(shape_of("क्या हुआ।").ends_sentence());
    EXPECT_TRUE(shape_of("ماذا؟").ends_sentence());
    EXPECT_FALSE(shape_of("Read more").ends_sentence());
}

TEST(TextShape, tells_how_a_text_ends) {
    EXPECT_EQ(shape_of("Read more").ending(), 0);
    EXPECT_EQ(shape_of("Page 12").ending(), 1);
    EXPECT_EQ(shape_of("Ingredients:").ending(), 2);
    EXPECT_GE(shape_of("Gone. ").ending(), 10);
    EXPECT_NE(shape_of("Gone.").ending(), shape_of("Gone?").ending());
}

TEST(TextShape, goes_on_with_the_next_text_of_a_block) {
    TextShape shape = shape_of("one ");
    shape.add("Two.");
    EXPECT_EQ(shape.words, 2U);
    EXPECT_TRUE(shape.ends_sentence());
}

TEST(TextShape, hashes_tell_texts_apart) {
    EXPECT_EQ(shape_of("Read more about it").hash, shape_of("Read more about it").hash);
    EXPECT_NE(shape_of("Read more about it").hash, shape_of("Read more about us").hash);
    EXPECT_NE(shape_of("a").hash, shape_of("aa").hash);
}

}  // namespace
}  // namespace riptide::core
