#include "core/local_date.h"

#include <gtest/gtest.h>

namespace riptide::core {
namespace {

TEST(LocalDate, is_the_same_moment_with_an_offset) {
    EXPECT_EQ(local_date("2024-05-18T02:22:07Z", "2024-05-17T22:22:07-04:00"),
              "2024-05-17T22:22:07-04:00");
    EXPECT_EQ(local_date("2024-05-17T18:30:00.000+00:00", "2024-05-18T04:30:00+10:00"),
              "2024-05-18T04:30:00+10:00");
    EXPECT_EQ(local_date("2024-05-18T02:22:07Z", "2024-05-17T22:23:07-04:00"), "");
    EXPECT_EQ(local_date("2024-05-18T02:22:07Z", "2024-05-18T02:22:07+00:00"), "");
}

TEST(LocalDate, gets_its_offset_from_the_hour_that_is_shown) {
    EXPECT_EQ(local_date("2024-05-18T02:22:07Z", "2024-05-17T22:22"), "2024-05-17T22:22-04:00");
    EXPECT_EQ(local_date("2024-05-17T18:30Z", "2024-05-18T00:00"), "2024-05-18T00:00+05:30");
    EXPECT_EQ(local_date("2024-05-18T02:22:07Z", "2024-05-17T22:20"), "");
    EXPECT_EQ(local_date("2024-05-18T02:22:07Z", "2024-05-16T22:22"), "");
}

TEST(LocalDate, is_nothing_but_of_moments_in_utc) {
    EXPECT_EQ(local_date("2024-05-18T02:22:07+02:00", "2024-05-17T22:22"), "");
    EXPECT_EQ(local_date("2024-05-18T02:22:07", "2024-05-17T22:22"), "");
    EXPECT_EQ(local_date("2024-05-18", "2024-05-17T22:22-04:00"), "");
    EXPECT_EQ(local_date("2024-05-18T02:22:07Z", "2024-05-17"), "");
    EXPECT_EQ(local_date("", ""), "");
}

}  // namespace
}  // namespace riptide::core
