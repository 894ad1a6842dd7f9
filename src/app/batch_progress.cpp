#include "app/batch_progress.h"

#include <unistd.h>

#include <algorithm>

#include "app/messages.h"

namespace riptide::app {
namespace {

constexpr std::chrono::seconds kLineInterval{10};

std::uint64_t percent(const ProgressSample& sample) {
    const std::uint64_t all = std::max<std::uint64_t>(sample.bytes_in_all.value_or(0), 1);
    return std::min<std::uint64_t>(sample.bytes_read * 100 / all, 100);
}

std::string clock_time(std::chrono::seconds time) {
    const auto two_digits = [](std::int64_t value) {
        return (value < 10 ? "0" : "") + std::to_string(value);
    };
    const std::int64_t minutes = time.count() / 60;
    const std::string tail = ":" + two_digits(time.count() % 60);
    if (minutes < 60) return std::to_string(minutes) + tail;
    return std::to_string(minutes / 60) + ":" + two_digits(minutes % 60) + tail;
}

void write_to_terminal(const std::string& text) {
    // A terminal that is gone is no reason to end the run.
    [[maybe_unused]] const ssize_t written = write(STDERR_FILENO, text.data(), text.size());
}

}  // namespace

std::optional<std::chrono::seconds> time_left(const ProgressSample& sample) {
    if (!sample.bytes_in_all || sample.bytes_read == 0 || sample.figures.pages == 0) {
        return std::nullopt;
    }
    const std::uint64_t rest =
        *sample.bytes_in_all - std::min(*sample.bytes_in_all, sample.bytes_read);
    const double ratio = static_cast<double>(rest) / static_cast<double>(sample.bytes_read);
    return std::chrono::duration_cast<std::chrono::seconds>(
        std::chrono::duration<double>(sample.figures.elapsed) * ratio);
}

std::string progress_line(const ProgressSample& sample) {
    const BatchFigures& figures = sample.figures;
    const double elapsed = std::chrono::duration<double>(figures.elapsed).count();
    const double rate = elapsed > 0 ? static_cast<double>(figures.pages) / elapsed : 0;
    std::string text = std::to_string(figures.pages) + " pages, " +
                       std::to_string(static_cast<std::uint64_t>(rate)) + "/s, " +
                       std::to_string(figures.failed()) + " errors, " +
                       std::to_string(figures.fallen_back()) + " fallbacks";
    if (sample.bytes_in_all) text = std::to_string(percent(sample)) + " %, " + text;
    if (const auto left = time_left(sample)) text += ", " + clock_time(*left) + " left";
    return text;
}

std::string progress_bar(const ProgressSample& sample) {
    if (!sample.bytes_in_all) return progress_line(sample);
    constexpr std::size_t kWidth = 20;
    std::string bar(percent(sample) * kWidth / 100, '=');
    bar.resize(kWidth, ' ');
    return "[" + bar + "] " + progress_line(sample);
}

ProgressDisplay::ProgressDisplay()
    : is_terminal_(isatty(STDERR_FILENO) == 1), last_line_(std::chrono::steady_clock::now()) {}

void ProgressDisplay::show(const ProgressSample& sample) {
    if (is_terminal_) {
        is_drawn_ = true;
        write_to_terminal("\r\x1b[K" + progress_bar(sample));
        return;
    }
    const auto now = std::chrono::steady_clock::now();
    if (now - last_line_ < kLineInterval) return;
    last_line_ = now;
    say(progress_line(sample));
}

void ProgressDisplay::clear() {
    if (is_drawn_) write_to_terminal("\r\x1b[K");
    is_drawn_ = false;
}

}  // namespace riptide::app
