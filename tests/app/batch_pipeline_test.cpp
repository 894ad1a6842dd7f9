#include "app/batch_pipeline.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <sstream>
#include <thread>

namespace riptide::app {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

/// So many lines of JSON, "0", "1", ...
class Numbers final : public io::RecordSource {
public:
    /// From the record `moved` on they lie a byte further behind.
    explicit Numbers(std::uint64_t count, std::string name = "in", std::uint64_t moved = UINT64_MAX)
        : count_(count), name_(std::make_shared<std::string>(std::move(name))), moved_(moved) {}
    std::optional<io::Record> next() override {
        if (next_ == count_) return std::nullopt;
        const std::uint64_t number = next_++;
        const std::uint64_t offset = 10 * number + (number >= moved_ ? 1 : 0);
        return io::Record{{name_, number + 1, offset}, io::JsonLine{std::to_string(number)}};
    }

private:
    std::uint64_t count_;
    std::shared_ptr<const std::string> name_;
    std::uint64_t moved_;
    std::uint64_t next_ = 0;
};

/// Numbers whose reading is stopped before the one at `stop`; who goes on gets the others.
class Stopped final : public io::RecordSource {
public:
    Stopped(std::uint64_t count, std::uint64_t stop) : numbers_(count), stop_(stop) {}
    std::optional<io::Record> next() override {
        if (asked_++ == stop_) return io::Record{{}, Error{ErrorClass::kCancelled, "stopped"}};
        return numbers_.next();
    }

private:
    Numbers numbers_;
    std::uint64_t stop_;
    std::uint64_t asked_ = 0;
};

class Memory final : public LineOutput {
public:
    Result<void> write(std::string_view lines) override {
        if (text.size() >= room) return fail(ErrorClass::kIo, "full");
        text += lines;
        longest_write = std::max(longest_write, lines.size());
        return {};
    }
    Result<void> commit(const BatchPosition& position) override {
        committed = position;
        committed_text = text;
        return {};
    }
    std::string text;
    std::size_t room = std::string::npos;
    std::size_t longest_write = 0;
    BatchPosition committed;
    std::string committed_text;
};

FinishedLine echo(io::Record record) {
    const std::string& text = std::get<io::JsonLine>(record.content).text;
    return {text + "\n", text.ends_with('7') ? Outcome::kFailed : Outcome::kOk};
}

std::string numbers(std::uint64_t from, std::uint64_t to) {
    std::string text;
    for (std::uint64_t i = from; i < to; ++i) text += std::to_string(i) + "\n";
    return text;
}

std::vector<std::string> sorted_lines(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream stream(text);
    for (std::string line; std::getline(stream, line);) lines.push_back(line);
    std::ranges::sort(lines);
    return lines;
}

PipelineLimits limits(LineOrder order = LineOrder::kInput) {
    PipelineLimits limits;
    limits.jobs = 4;
    limits.window = 16;
    limits.order = order;
    limits.commit_interval = std::chrono::milliseconds(0);  // after each write
    return limits;
}

TEST(BatchPipeline, writes_every_line_once_in_the_order_of_the_input) {
    Numbers source(2000);
    Memory output;
    BatchPipeline pipeline(source, output, echo, limits(), {});
    ASSERT_TRUE(pipeline.run());
    EXPECT_EQ(output.text, numbers(0, 2000));
    EXPECT_EQ(output.committed.records, 2000U);
    EXPECT_THAT(output.committed.outcomes, ElementsAre(1800, 0, 200));
    EXPECT_TRUE(pipeline.wait_finished({}));
}

TEST(BatchPipeline, unordered_lines_are_the_same_lines) {
    Numbers source(2000);
    Memory output;
    BatchPipeline pipeline(source, output, echo, limits(LineOrder::kAsTheyCome), {});
    ASSERT_TRUE(pipeline.run());
    EXPECT_EQ(sorted_lines(output.text), sorted_lines(numbers(0, 2000)));
    EXPECT_TRUE(output.committed.beyond.empty());
}

TEST(BatchPipeline, takes_no_more_ahead_than_its_window) {
    Numbers source(500);
    Memory output;
    std::atomic<std::uint64_t> taken{0};
    std::atomic<bool> first_may_end{false};
    BatchPipeline pipeline(source, output,
                           [&](io::Record record) {
                               const bool first = record.origin.record == 1;
                               // The last that fits into the window lets the first one go.
                               if (++taken == 16) first_may_end = true;
                               while (first && !first_may_end) std::this_thread::yield();
                               EXPECT_TRUE(first_may_end || record.origin.record <= 16);
                               return echo(std::move(record));
                           },
                           limits(), {});
    ASSERT_TRUE(pipeline.run());
    EXPECT_EQ(output.text, numbers(0, 500));
}

TEST(BatchPipeline, takes_no_more_while_too_many_bytes_wait) {
    constexpr std::size_t kLine = 1000;
    constexpr int kPatience = 100'000;
    Numbers source(500);
    Memory output;
    PipelineLimits few = limits();
    few.jobs = 2;
    few.window = 500;
    few.waiting = Bytes{4 * kLine};
    // The first, four that fill the room, and one more, for only then it is too little.
    constexpr std::uint64_t kMostTaken = 6;
    std::atomic<std::uint64_t> taken{0};
    std::atomic<std::uint64_t> taken_ahead{0};
    BatchPipeline pipeline(source, output,
                           [&](const io::Record& record) {
                               ++taken;
                               if (record.origin.record == 1) {
                                   while (taken < kMostTaken) std::this_thread::yield();
                                   // More would be, were there no limit.
                                   for (int i = 0; i < kPatience && taken == kMostTaken; ++i) {
                                       std::this_thread::yield();
                                   }
                                   taken_ahead = taken.load();
                               }
                               return FinishedLine{std::string(kLine - 1, 'x') + "\n"};
                           },
                           few, {});
    ASSERT_TRUE(pipeline.run());
    EXPECT_EQ(taken_ahead, kMostTaken);
    EXPECT_EQ(output.text.size(), 500 * kLine);
}

TEST(BatchPipeline, where_no_line_may_wait_all_are_written) {
    for (const LineOrder order : {LineOrder::kInput, LineOrder::kAsTheyCome}) {
        Numbers source(2000);
        Memory output;
        PipelineLimits none = limits(order);
        none.waiting = Bytes{0};
        ASSERT_TRUE(BatchPipeline(source, output, echo, none, {}).run());
        EXPECT_EQ(sorted_lines(output.text), sorted_lines(numbers(0, 2000)));
    }
}

TEST(BatchPipeline, lines_that_waited_are_written_in_pieces) {
    constexpr std::size_t kLine = std::size_t{300} << 10;
    Numbers source(100);
    Memory output;
    std::atomic<std::uint64_t> taken{0};
    BatchPipeline pipeline(source, output,
                           [&](const io::Record& record) {
                               ++taken;
                               // All of the window but what is at hand waits for the first.
                               while (record.origin.record == 1 && taken < 16) {
                                   std::this_thread::yield();
                               }
                               return FinishedLine{std::string(kLine - 1, 'x') + "\n"};
                           },
                           limits(), {});
    ASSERT_TRUE(pipeline.run());
    EXPECT_EQ(output.text.size(), 100 * kLine);
    EXPECT_LE(output.longest_write, (std::size_t{1} << 20) + kLine);
    EXPECT_EQ(output.committed.records, 100U);
}

TEST(BatchPipeline, goes_on_from_any_committed_position) {
    for (const LineOrder order : {LineOrder::kInput, LineOrder::kAsTheyCome}) {
        Numbers source(1000);
        Memory output;
        output.room = 1000;
        BatchPipeline first(source, output, echo, limits(order), {});
        EXPECT_EQ(first.run().error().detail, "full");
        output.text = output.committed_text;
        output.room = std::string::npos;
        ASSERT_GT(output.committed.records, 0U);

        Numbers again(1000);
        BatchPipeline second(again, output, echo, limits(order), output.committed);
        ASSERT_TRUE(second.run());
        EXPECT_EQ(sorted_lines(output.text), sorted_lines(numbers(0, 1000)));
        EXPECT_THAT(second.position().outcomes, ElementsAre(900, 0, 100));
    }
}

TEST(BatchPipeline, does_not_go_on_with_another_input) {
    Memory output;
    Numbers source(100);
    ASSERT_TRUE(BatchPipeline(source, output, echo, limits(), {}).run());
    const BatchPosition position = output.committed;
    Numbers renamed(100, "other");
    EXPECT_THAT(BatchPipeline(renamed, output, echo, limits(), position).run().error().detail,
                HasSubstr("are not those that they were"));
    Numbers shorter(99);
    EXPECT_THAT(BatchPipeline(shorter, output, echo, limits(), position).run().error().detail,
                HasSubstr("fewer records"));
}

TEST(BatchPipeline, notices_another_input_where_lines_were_written_ahead) {
    // Of 20 records the first 3 have their lines, and the last, which came out of turn.
    BatchPosition position;
    std::uint64_t digest = 0;
    Numbers then(20);
    for (std::uint64_t i = 0; const auto record = then.next(); ++i) {
        digest = digest_of(*record, digest);
        if (i == 2) position.digest = digest;
        if (i == 19) position.beyond.emplace(i, digest);
    }
    position.records = 3;
    const auto resumed = [&](io::RecordSource& source) {
        Memory output;
        const auto ended =
            BatchPipeline(source, output, echo, limits(LineOrder::kAsTheyCome), position).run();
        return ended ? output.text : ended.error().detail;
    };
    Numbers same(20);
    EXPECT_EQ(sorted_lines(resumed(same)), sorted_lines(numbers(3, 19)));
    Numbers other(20, "in", 10);
    EXPECT_THAT(resumed(other), HasSubstr("are not those that they were"));
    Numbers shorter(19);
    EXPECT_THAT(resumed(shorter), HasSubstr("fewer records"));
}

TEST(BatchPipeline, stops_after_too_many_errors_and_commits_what_it_wrote) {
    Numbers source(100'000);
    Memory output;
    PipelineLimits few = limits();
    few.max_errors = 2;
    BatchPipeline pipeline(source, output, echo, few, {});
    ASSERT_TRUE(pipeline.run());
    EXPECT_TRUE(pipeline.has_too_many_errors());
    EXPECT_LT(output.committed.records, 200U);
    EXPECT_EQ(output.text, numbers(0, output.committed.records));
}

TEST(BatchPipeline, nothing_is_read_once_reading_was_stopped) {
    Stopped source(2000, 30);
    Memory output;
    BatchPipeline pipeline(source, output, echo, limits(), {});
    ASSERT_TRUE(pipeline.run());
    EXPECT_EQ(output.text, numbers(0, 30));
    EXPECT_EQ(output.committed.records, 30U);
}

TEST(BatchPipeline, a_stop_finishes_what_was_taken) {
    Numbers source(1'000'000);
    Memory output;
    BatchPipeline* stopped = nullptr;
    BatchPipeline pipeline(source, output,
                           [&](io::Record record) {
                               if (record.origin.record == 50) stopped->stop();
                               return echo(std::move(record));
                           },
                           limits(), {});
    stopped = &pipeline;
    ASSERT_TRUE(pipeline.run());
    EXPECT_GE(output.committed.records, 50U);
    EXPECT_LT(output.committed.records, 100U);
    EXPECT_EQ(output.text, numbers(0, output.committed.records));
}

}  // namespace
}  // namespace riptide::app
