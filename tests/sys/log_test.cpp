#include "sys/log.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <climits>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace riptide::sys {
namespace {

using namespace std::chrono_literals;

class Pipe {
public:
    Pipe() { EXPECT_EQ(pipe2(ends_.data(), O_CLOEXEC), 0); }
    ~Pipe() {
        close_reader();
        close_writer();
    }
    Pipe(const Pipe&) = delete;
    Pipe& operator=(const Pipe&) = delete;

    [[nodiscard]] int writer() const { return ends_[1]; }
    [[nodiscard]] int reader() const { return ends_[0]; }
    void close_reader() { close_end(ends_[0]); }
    void close_writer() { close_end(ends_[1]); }
    /// All that comes until the other end is closed.
    std::string read_to_end() {
        std::string all;
        std::array<char, 65536> some;
        for (ssize_t size = 1; size > 0;) {
            size = read(ends_[0], some.data(), some.size());
            if (size > 0) all.append(some.data(), static_cast<std::size_t>(size));
        }
        return all;
    }

private:
    static void close_end(int& end) {
        if (end >= 0) close(end);
        end = -1;
    }
    std::array<int, 2> ends_;
};

std::size_t lines_of(const std::string& text) {
    return static_cast<std::size_t>(std::ranges::count(text, '\n'));
}

TEST(Log, writes_what_is_at_its_level_or_above) {
    Pipe pipe;
    {
        const std::unique_ptr<Log> started =
            Log::start(pipe.writer(), LogLevel::kWarning, LogFormat::kText).value();
        Log& log = *started;
        log.write(LogLevel::kInfo, "quiet");
        log.write(LogLevel::kError, "loud", {{"id", "7"}});
        EXPECT_FALSE(log.is_on(LogLevel::kInfo));
        log.set_least(LogLevel::kDebug);
        log.write(LogLevel::kDebug, "now");
        EXPECT_EQ(log.figures().lines, (std::array<std::uint64_t, kLogLevels>{1, 0, 0, 1}));
    }
    pipe.close_writer();
    const std::string text = pipe.read_to_end();
    EXPECT_EQ(lines_of(text), 2U);
    EXPECT_NE(text.find("level=error msg=loud id=7\n"), std::string::npos);
    EXPECT_NE(text.find("level=debug msg=now\n"), std::string::npos);
}

TEST(Log, lines_of_many_threads_stay_whole) {
    Pipe pipe;
    std::string text;
    std::thread reader([&] { text = pipe.read_to_end(); });
    std::uint64_t dropped = 0;
    {
        const std::unique_ptr<Log> started =
            Log::start(pipe.writer(), LogLevel::kInfo, LogFormat::kText).value();
        Log& log = *started;
        std::vector<std::thread> threads;
        for (int i = 0; i < 4; ++i) {
            threads.emplace_back([&log] {
                for (int k = 0; k < 200; ++k) log.write(LogLevel::kInfo, "whole", {{"end", "x"}});
            });
        }
        for (std::thread& thread : threads) thread.join();
        dropped = log.figures().dropped;
    }
    pipe.close_writer();
    reader.join();
    EXPECT_EQ(dropped, 0U);
    std::size_t whole = 0;
    for (std::size_t at = 0; at < text.size(); at = text.find('\n', at) + 1) {
        EXPECT_EQ(text.compare(at, 5, "time="), 0);
        const std::string line = text.substr(at, text.find('\n', at) - at);
        if (line.ends_with(" level=info msg=whole end=x")) ++whole;
    }
    EXPECT_EQ(whole, 800U);
}

TEST(Log, lines_that_come_together_are_written_together_and_none_in_parts) {
    constexpr std::size_t kLines = 200;
    std::array<int, 2> ends{};
    // A write is a message.
    ASSERT_EQ(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends.data()), 0);
    std::size_t lines = 0;
    std::size_t writes = 0;
    std::thread reader([&] {
        std::array<char, 65536> message{};
        for (ssize_t size = 0; (size = read(ends[0], message.data(), message.size())) > 0;) {
            const std::string text(message.data(), static_cast<std::size_t>(size));
            EXPECT_LE(text.size(), std::size_t{PIPE_BUF});
            EXPECT_TRUE(text.starts_with("time=") && text.ends_with('\n')) << text;
            lines += lines_of(text);
            ++writes;
        }
    });
    {
        const std::unique_ptr<Log> started =
            Log::start(ends[1], LogLevel::kInfo, LogFormat::kText).value();
        Log& log = *started;
        for (std::size_t i = 0; i < kLines; ++i) log.write(LogLevel::kInfo, "line");
    }
    close(ends[1]);
    reader.join();
    close(ends[0]);
    EXPECT_EQ(lines, kLines);
    EXPECT_LT(writes, kLines / 2);
}

TEST(Log, a_reader_that_does_not_read_holds_up_nobody_and_is_told_what_it_missed) {
    constexpr std::uint64_t kLines = 5000;
    Pipe pipe;
    std::string text;
    std::optional<std::thread> reader;
    std::uint64_t dropped = 0;
    {
        const std::unique_ptr<Log> started =
            Log::start(pipe.writer(), LogLevel::kInfo, LogFormat::kText).value();
        Log& log = *started;
        for (std::uint64_t i = 0; i < kLines; ++i) log.write(LogLevel::kInfo, "line");
        dropped = log.figures().dropped;
        EXPECT_GT(dropped, 0U);
        reader.emplace([&] { text = pipe.read_to_end(); });
    }
    pipe.close_writer();
    reader->join();
    // It may have been behind more than once.
    std::uint64_t tellings = 0;
    std::uint64_t told = 0;
    constexpr std::string_view kCount = " lines=";
    for (std::size_t at = text.find(kCount); at != std::string::npos; at = text.find(kCount, at)) {
        at += kCount.size();
        told += std::stoull(text.substr(at));
        ++tellings;
    }
    EXPECT_EQ(told, dropped);
    EXPECT_EQ(lines_of(text), kLines - dropped + tellings);
}

TEST(Log, gives_up_on_a_reader_that_never_reads_or_is_gone) {
    for (const bool gone : {false, true}) {
        Pipe pipe;
        if (gone) pipe.close_reader();
        const auto start = std::chrono::steady_clock::now();
        {
            const std::unique_ptr<Log> started =
                Log::start(pipe.writer(), LogLevel::kInfo, LogFormat::kJson).value();
            Log& log = *started;
            for (int i = 0; i < 3000; ++i) log.write(LogLevel::kInfo, "line");
        }
        EXPECT_LT(std::chrono::steady_clock::now() - start, 5s);
    }
}

TEST(Log, works_with_a_descriptor_that_does_not_block) {
    Pipe pipe;
    ASSERT_EQ(fcntl(pipe.writer(), F_SETFL, O_NONBLOCK), 0);
    std::string text;
    std::uint64_t dropped = 0;
    std::thread reader([&] { text = pipe.read_to_end(); });
    {
        const std::unique_ptr<Log> started =
            Log::start(pipe.writer(), LogLevel::kInfo, LogFormat::kJson).value();
        Log& log = *started;
        for (int i = 0; i < 900; ++i) log.write(LogLevel::kInfo, std::string(200, 'x'));
        dropped = log.figures().dropped;
    }
    pipe.close_writer();
    reader.join();
    EXPECT_EQ(dropped, 0U);
    EXPECT_EQ(lines_of(text), 900U);
}

}  // namespace
}  // namespace riptide::sys
