#include "app/batch_progress.h"

#include <gtest/gtest.h>

namespace riptide::app {
namespace {

using namespace std::chrono_literals;

ProgressSample sample() {
    ProgressSample sample;
    sample.figures.pages = 500;
    sample.figures.elapsed = 50s;
    sample.figures.errors[0] = 3;
    sample.figures.fallbacks["trap"] = 1;
    sample.bytes_read = 25;
    sample.bytes_in_all = 100;
    return sample;
}

TEST(BatchProgress, tells_rate_errors_and_the_time_left) {
    EXPECT_EQ(progress_line(sample()), "25 %, 500 pages, 10/s, 3 errors, 1 fallbacks, 2:30 left");
    EXPECT_EQ(progress_bar(sample()), "[=====               ] " + progress_line(sample()));
}

TEST(BatchProgress, without_a_size_there_is_no_time_left) {
    ProgressSample unknown = sample();
    unknown.bytes_in_all.reset();
    EXPECT_EQ(progress_line(unknown), "500 pages, 10/s, 3 errors, 1 fallbacks");
    EXPECT_EQ(progress_bar(unknown), progress_line(unknown));
    EXPECT_FALSE(time_left(unknown));
}

TEST(BatchProgress, a_file_that_grew_is_done_and_nothing_is_divided_by_zero) {
    ProgressSample grown = sample();
    grown.bytes_read = 200;
    EXPECT_EQ(time_left(grown), 0s);
    EXPECT_EQ(progress_line(grown).substr(0, 5), "100 %");
    EXPECT_EQ(progress_line({{}, 0, 0}), "0 %, 0 pages, 0/s, 0 errors, 0 fallbacks");
}

TEST(BatchProgress, hours_have_minutes_and_seconds) {
    ProgressSample slow = sample();
    slow.figures.elapsed = 3600s;
    EXPECT_NE(progress_line(slow).find("3:00:00 left"), std::string::npos);
}

}  // namespace
}  // namespace riptide::app
