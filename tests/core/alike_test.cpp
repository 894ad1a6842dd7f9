#include "core/alike.h"

#include <gtest/gtest.h>

#include <string>

namespace riptide::core {
namespace {

TEST(ElementPaths, are_the_same_for_elements_built_alike) {
    Truncations truncations;
    const Dom dom = std::move(*Dom::parse(
        "<body><ul><li class=a>1</li><li class=a>2</li><li class=bcd>3</li></ul><li class=a>4</li>",
        truncations));
    const std::vector<std::uint64_t> paths = element_paths(dom, Signals(dom));
    std::vector<std::uint64_t> items;
    for (NodeId n = 0; n < dom.size(); ++n) {
        if (dom[n].tag == LXB_TAG_LI) items.push_back(paths[n]);
    }
    ASSERT_EQ(items.size(), 4U);
    EXPECT_EQ(items[0], items[1]);
    EXPECT_NE(items[0], items[2]);
    EXPECT_NE(items[0], items[3]);
}

TEST(NumberEqual, gives_equal_keys_one_number) {
    std::vector<std::uint32_t> numbers;
    EXPECT_EQ(number_equal({7, 3, 7, 9}, numbers), 3U);
    EXPECT_EQ(numbers, (std::vector<std::uint32_t>{1, 0, 1, 2}));
    EXPECT_EQ(number_equal({}, numbers), 0U);
}

}  // namespace
}  // namespace riptide::core
