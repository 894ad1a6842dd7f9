/// How the metrics' samples are written. For the catalogue only.
#pragma once

#include <array>
#include <charconv>
#include <chrono>
#include <string>
#include <string_view>

#include "io/metrics_text.h"

namespace riptide::io {

/// Label values are names of enumerators, bounds and a version: nothing in them needs escaping.
class SampleWriter {
public:
    SampleWriter(const MetricSpec& spec, std::string& out) : spec_(spec), out_(out) {}

    template <typename Number>
    void value(Number number) {
        sample("", "", number);
    }
    /// One of several that differ by the label.
    template <typename Number>
    void value(std::string_view label_value, Number number) {
        sample("", label(0, label_value), number);
    }
    /// One of several that differ by the two labels.
    template <typename Number>
    void value(std::string_view first, std::string_view second, Number number) {
        sample("", label(0, first) + "," + label(1, second), number);
    }
    void histogram(const Distribution& times) { histogram_with("", times); }
    /// One of several that differ by the label.
    void histogram(std::string_view label_value, const Distribution& times) {
        histogram_with(label(0, label_value), times);
    }

    static double seconds(std::chrono::nanoseconds duration) {
        return std::chrono::duration<double>(duration).count();
    }

private:
    template <typename Number>
    static std::string text(Number number) {
        std::array<char, 32> digits;
        const auto [end, error] =
            std::to_chars(digits.data(), digits.data() + digits.size(), number);
        return {digits.data(), end};
    }

    static std::string pair(std::string_view name, std::string_view value) {
        return std::string(name).append("=\"").append(value).append("\"");
    }
    [[nodiscard]] std::string label(std::size_t which, std::string_view value) const {
        return pair(spec_.labels[which], value);
    }

    void histogram_with(const std::string& labels, const Distribution& times) {
        const auto bucket = [&](std::string_view bound, std::uint64_t count) {
            const std::string comma = labels.empty() ? "" : ",";
            sample("_bucket", labels + comma + pair("le", bound), count);
        };
        for (std::size_t i = 0; i < kTimeBounds.size(); ++i) {
            bucket(text(seconds(kTimeBounds[i])), times.at_most[i]);
        }
        bucket("+Inf", times.count);
        sample("_sum", labels, seconds(times.sum));
        sample("_count", labels, times.count);
    }

    template <typename Number>
    void sample(std::string_view suffix, const std::string& labels, Number number) {
        out_.append(spec_.name).append(suffix);
        if (!labels.empty()) out_.append("{").append(labels).append("}");
        out_.append(" ").append(text(number)).append("\n");
    }

    const MetricSpec& spec_;
    std::string& out_;
};

/// One sample for each enumerator, from an array by enumerator.
template <typename Enum, typename Array>
void write_each(const Array& by_enumerator, SampleWriter& out) {
    for (std::size_t i = 0; i < by_enumerator.size(); ++i) {
        out.value(to_string(static_cast<Enum>(i)), by_enumerator[i]);
    }
}

/// 1 for the enumerator that holds, 0 for the others.
template <typename Enum>
void write_state(Enum now, Enum last, SampleWriter& out) {
    for (int i = 0; i <= static_cast<int>(last); ++i) {
        out.value(to_string(static_cast<Enum>(i)), static_cast<Enum>(i) == now ? 1 : 0);
    }
}

}  // namespace riptide::io
