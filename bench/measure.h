/// What the benchmarks share.
#pragma once

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace riptide::bench {

using Clock = std::chrono::steady_clock;

inline double microseconds(Clock::duration duration) {
    return std::chrono::duration<double, std::micro>(duration).count();
}

/// Sorts the values.
inline double quantile(std::vector<double>& values, double q) {
    std::ranges::sort(values);
    const auto rank = static_cast<std::size_t>(q * static_cast<double>(values.size()));
    return values[std::min(values.size() - 1, rank)];
}

/// The paths of a list with a path per line, or id, path and URL separated by tabs.
inline std::vector<std::string> read_paths(const char* list_path) {
    std::vector<std::string> paths;
    std::ifstream list(list_path);
    for (std::string line; std::getline(list, line);) {
        const auto first = line.find('\t');
        const auto second = line.find('\t', first == std::string::npos ? first : first + 1);
        paths.push_back(first == std::string::npos ? line
                                                   : line.substr(first + 1, second - first - 1));
    }
    return paths;
}

inline std::string read_page(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

/// The pages of such a list.
inline std::vector<std::string> read_pages(const char* list_path) {
    std::vector<std::string> pages;
    for (const std::string& path : read_paths(list_path)) pages.push_back(read_page(path));
    return pages;
}

inline std::size_t resident_kib() {
    std::ifstream statm("/proc/self/statm");
    std::size_t total = 0;
    std::size_t resident = 0;
    statm >> total >> resident;
    return resident * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE)) / 1024;
}

/// So far, of this process or, with `RUSAGE_CHILDREN`, of those that it has waited for.
inline double processor_time_us(int who = RUSAGE_SELF) {
    rusage used{};
    ::getrusage(who, &used);
    const auto us = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) * 1e6 + static_cast<double>(time.tv_usec);
    };
    return us(used.ru_utime) + us(used.ru_stime);
}

}  // namespace riptide::bench
