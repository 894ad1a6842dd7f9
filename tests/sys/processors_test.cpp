#include "sys/processors.h"

#include <gtest/gtest.h>
#include <sched.h>

#include <thread>

namespace riptide::sys {
namespace {

TEST(Processors, count_those_that_the_thread_may_use) {
    std::uint32_t usable = 0;
    std::thread([&usable] {
        cpu_set_t one;
        CPU_ZERO(&one);
        CPU_SET(static_cast<unsigned>(::sched_getcpu()), &one);
        ASSERT_EQ(::sched_setaffinity(0, sizeof one, &one), 0);
        usable = usable_processors();
    }).join();
    EXPECT_EQ(usable, 1U);
    EXPECT_GE(usable_processors(), usable);
}

}  // namespace
}  // namespace riptide::sys
