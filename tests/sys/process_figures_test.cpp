#include "sys/process_figures.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <thread>
#include <vector>

namespace riptide::sys {
namespace {

using namespace std::chrono_literals;

TEST(ProcessFigures, count_descriptors_and_threads) {
    const ProcessFigures before = process_figures();
    const int descriptor = open("/dev/null", O_RDONLY | O_CLOEXEC);
    ASSERT_GE(descriptor, 0);
    std::atomic<bool> stop{false};
    std::thread thread([&] {
        while (!stop) std::this_thread::yield();
    });
    const ProcessFigures with = process_figures();
    stop = true;
    thread.join();
    close(descriptor);
    EXPECT_EQ(with.open_descriptors, before.open_descriptors + 1);
    EXPECT_EQ(with.threads, before.threads + 1);
    EXPECT_GT(with.max_descriptors, with.open_descriptors);
}

TEST(ProcessFigures, see_memory_that_is_used) {
    const ProcessFigures before = process_figures();
    const std::vector<char> much(64 << 20, 'x');
    const ProcessFigures with = process_figures();
    EXPECT_EQ(much.back(), 'x');
    EXPECT_GT(with.resident_memory.count, before.resident_memory.count + (50 << 20));
    EXPECT_GE(with.virtual_memory.count, with.resident_memory.count);
}

TEST(ProcessFigures, know_when_it_started_and_what_it_used) {
    const auto now = std::chrono::system_clock::now();
    const ProcessFigures figures = process_figures();
    EXPECT_LT(figures.started, now + 2s);
    EXPECT_GT(figures.started, now - 10min);
    EXPECT_GT(figures.cpu_time, 0ns);
    EXPECT_LT(figures.cpu_time, 1h);
}

}  // namespace
}  // namespace riptide::sys
