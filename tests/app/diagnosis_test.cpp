#include "app/diagnosis.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <optional>

namespace riptide::app {
namespace {

using testing::HasSubstr;

constexpr Bytes gib(std::uint64_t n) { return Bytes::mib(n << 10); }

TEST(AddressSpace, that_is_unlimited_is_enough) {
    EXPECT_TRUE(address_space(std::nullopt, {}).works);
}

TEST(AddressSpace, that_holds_the_instances_is_enough_though_limited) {
    const Finding found = address_space(gib(45), {});
    EXPECT_TRUE(found.works);
    EXPECT_THAT(found.detail, HasSubstr("limited to 46080 MiB"));
}

TEST(AddressSpace, that_does_not_hold_the_instances_is_told_with_what_they_take) {
    const Finding found = address_space(gib(44), {});
    EXPECT_FALSE(found.works);
    EXPECT_THAT(found.detail, HasSubstr("limited to 45056 MiB"));
    EXPECT_THAT(found.detail, HasSubstr("44 GiB"));
    EXPECT_THAT(found.detail, HasSubstr("RIPTIDE_WASM_INSTANCES_PER_WORKER"));
}

TEST(AddressSpace, takes_less_for_fewer_instances) {
    ExtractorConfig one;
    one.max_pool_size = 1;
    EXPECT_FALSE(address_space(gib(16), one).works);
    EXPECT_TRUE(address_space(gib(17), one).works);
}

}  // namespace
}  // namespace riptide::app
