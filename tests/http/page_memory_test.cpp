#include <gtest/gtest.h>

#include <optional>

#include "http/service.h"

namespace riptide::http {
namespace {

TEST(PageMemory, is_bounded_by_what_growing_texts_take) {
    PageMemory memory(Bytes::mib(16));
    PageMemory::Share first(memory);
    PageMemory::Share second(memory);
    EXPECT_TRUE(first.grow_to(Bytes::mib(5).count));
    EXPECT_TRUE(first.grow_to(Bytes::mib(8).count)) << "it has had room for that";
    EXPECT_TRUE(second.grow_to(Bytes::mib(8).count));
    EXPECT_FALSE(second.grow_to(Bytes::mib(8).count + 1));
    EXPECT_TRUE(second.grow_to(Bytes::mib(8).count)) << "what failed changed nothing";
}

TEST(PageMemory, tells_once_that_much_of_it_is_free_again) {
    PageMemory memory(Bytes::mib(512));
    EXPECT_FALSE(memory.has_ebbed());
    std::optional<PageMemory::Share> share(std::in_place, memory);
    EXPECT_TRUE(share->grow_to(Bytes::mib(128).count));
    EXPECT_FALSE(memory.has_ebbed());
    share.reset();
    EXPECT_TRUE(memory.has_ebbed());
    EXPECT_FALSE(memory.has_ebbed());
    share.emplace(memory);
    EXPECT_TRUE(share->grow_to(Bytes::mib(16).count));
    share.reset();
    EXPECT_FALSE(memory.has_ebbed()) << "that was not much";
}

}  // namespace
}  // namespace riptide::http
