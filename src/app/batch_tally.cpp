#include "app/batch_tally.h"

#include <algorithm>
#include <cstdio>
#include <numeric>

#include "pool/latency_histogram.h"

namespace riptide::app {
namespace {

double seconds(std::chrono::nanoseconds time) {
    return std::chrono::duration<double>(time).count();
}

double per_second(std::uint64_t count, std::chrono::nanoseconds elapsed) {
    return elapsed.count() > 0 ? static_cast<double>(count) / seconds(elapsed) : 0;
}

std::string with_digits(double value, int digits) {
    std::array<char, 64> text{};
    const int size = std::snprintf(text.data(), text.size(), "%.*f", digits, value);
    return {text.data(), static_cast<std::size_t>(size)};
}

std::string counted(std::uint64_t count, std::string_view one, std::string_view many) {
    return std::to_string(count) + " " + std::string(count == 1 ? one : many);
}

/// "3 timeout, 1 trap", the classes that occurred.
std::string listed(const BatchFigures& figures) {
    std::string text;
    for (std::size_t i = 0; i < kErrorClasses; ++i) {
        if (figures.errors.at(i) == 0) continue;
        text += (text.empty() ? "" : ", ") + std::to_string(figures.errors.at(i)) + " " +
                std::string(traits(static_cast<ErrorClass>(i)).name);
    }
    return text;
}

}  // namespace

std::uint64_t BatchFigures::failed() const {
    return std::accumulate(errors.begin(), errors.end(), std::uint64_t{0});
}

std::uint64_t BatchFigures::fallen_back() const {
    std::uint64_t sum = 0;
    for (const auto& [reason, count] : fallbacks) sum += count;
    return sum;
}

void BatchTally::count(const Result<Document>& result, std::size_t page_bytes,
                       std::chrono::nanoseconds took) {
    const sys::MutexLock lock(mutex_);
    ++figures_.pages;
    figures_.page_bytes += page_bytes;
    figures_.max = std::max(figures_.max, took);
    ++times_[LatencyBuckets::index(static_cast<std::uint64_t>(took.count()))];
    if (!result) {
        ++figures_.errors.at(static_cast<std::size_t>(result.error().error_class));
        return;
    }
    ++(result->status == Status::kOk ? figures_.ok : figures_.empty);
    if (!result->fallback_reason.empty()) ++figures_.fallbacks[result->fallback_reason];
}

BatchFigures BatchTally::figures() const {
    const sys::MutexLock lock(mutex_);
    BatchFigures figures = figures_;
    const auto quantile = [&figures](double share, const auto& times) {
        const auto rank = static_cast<std::uint64_t>(share * static_cast<double>(figures.pages));
        std::uint64_t below = 0;
        for (const auto& [bucket, count] : times) {
            below += count;
            if (below > rank) return std::chrono::nanoseconds(LatencyBuckets::value(bucket));
        }
        return figures.max;
    };
    figures.p50 = std::min(quantile(0.5, times_), figures.max);
    figures.p95 = std::min(quantile(0.95, times_), figures.max);
    figures.p99 = std::min(quantile(0.99, times_), figures.max);
    return figures;
}

boost::json::object to_json(const BatchFigures& figures) {
    boost::json::object errors;
    for (std::size_t i = 0; i < kErrorClasses; ++i) {
        if (figures.errors.at(i) > 0) {
            errors[traits(static_cast<ErrorClass>(i)).name] = figures.errors.at(i);
        }
    }
    boost::json::object fallbacks;
    for (const auto& [reason, count] : figures.fallbacks) fallbacks[reason] = count;
    return {{"pages", figures.pages},
            {"ok", figures.ok},
            {"empty", figures.empty},
            {"failed", figures.failed()},
            {"errors", std::move(errors)},
            {"fallbacks", std::move(fallbacks)},
            {"skipped_records", figures.skipped_records},
            {"page_bytes", figures.page_bytes},
            {"elapsed_seconds", seconds(figures.elapsed)},
            {"pages_per_second", per_second(figures.pages, figures.elapsed)},
            {"megabytes_per_second", per_second(figures.page_bytes, figures.elapsed) / 1e6},
            {"extraction_seconds",
             {{"p50", seconds(figures.p50)},
              {"p95", seconds(figures.p95)},
              {"p99", seconds(figures.p99)},
              {"max", seconds(figures.max)}}}};
}

std::string summary(const BatchFigures& figures) {
    std::string text = counted(figures.pages, "page", "pages") + " in " +
                       with_digits(seconds(figures.elapsed), 1) + " s (" +
                       with_digits(per_second(figures.pages, figures.elapsed), 0) + " pages/s, " +
                       with_digits(per_second(figures.page_bytes, figures.elapsed) / 1e6, 1) +
                       " MB/s): " + std::to_string(figures.ok) + " ok, " +
                       std::to_string(figures.empty) + " empty, " +
                       std::to_string(figures.failed()) + " failed";
    if (figures.failed() > 0) text += " (" + listed(figures) + ")";
    if (figures.fallen_back() > 0) {
        text += "; " + std::to_string(figures.fallen_back()) + " by the native fallback";
    }
    if (figures.skipped_records > 0) {
        text += "; " + counted(figures.skipped_records, "record", "records") + " skipped";
    }
    return text + "; a page took " + with_digits(seconds(figures.p50) * 1e3, 1) + " ms, p99 " +
           with_digits(seconds(figures.p99) * 1e3, 1) + " ms";
}

}  // namespace riptide::app
