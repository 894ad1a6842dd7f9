#include "sys/process_figures.h"

#include <dirent.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <string>
#include <string_view>

#include "sys/file.h"

namespace riptide::sys {
namespace {

constexpr Bytes kMaxProcFile{65536};

std::string proc_file(const std::string& path) {
    const auto bytes = read_file(path, kMaxProcFile);
    return bytes ? std::string(bytes->begin(), bytes->end()) : std::string();
}

/// The number that follows `name` and blanks; 0 when there is none.
std::uint64_t number_after(std::string_view text, std::string_view name) {
    const std::size_t found = text.find(name);
    if (found == std::string_view::npos) return 0;
    text.remove_prefix(found + name.size());
    text.remove_prefix(std::min(text.find_first_not_of(" \t"), text.size()));
    std::uint64_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

/// Field `number` of /proc/self/stat, counted from 1 as in proc(5). The second field is a name that
/// may hold blanks and parentheses, so fields are counted from the last parenthesis.
std::uint64_t stat_field(std::string_view stat, int number) {
    const std::size_t name_end = stat.rfind(')');
    if (name_end == std::string_view::npos) return 0;
    stat.remove_prefix(name_end + 1);
    for (int field = 2; field < number && !stat.empty(); ++field) {
        stat.remove_prefix(std::min(stat.find_first_not_of(' '), stat.size()));
        if (field + 1 < number) stat.remove_prefix(std::min(stat.find(' '), stat.size()));
    }
    std::uint64_t value = 0;
    std::from_chars(stat.data(), stat.data() + stat.size(), value);
    return value;
}

std::uint32_t open_descriptors() {
    const Directory directory(opendir("/proc/self/fd"));
    if (directory == nullptr) return 0;
    std::uint32_t entries = 0;
    while (readdir(directory.get()) != nullptr) ++entries;
    constexpr std::uint32_t kOwn = 3;  // ".", "..", and the directory's own
    return entries > kOwn ? entries - kOwn : 0;
}

std::chrono::nanoseconds duration(const timeval& time) {
    return std::chrono::seconds(time.tv_sec) + std::chrono::microseconds(time.tv_usec);
}

std::chrono::system_clock::time_point start_time() {
    const std::uint64_t boot = number_after(proc_file("/proc/stat"), "btime");
    const auto ticks_per_second = static_cast<std::uint64_t>(sysconf(_SC_CLK_TCK));
    constexpr int kStartTime = 22;
    const std::uint64_t ticks = stat_field(proc_file("/proc/self/stat"), kStartTime);
    return std::chrono::system_clock::time_point(
        std::chrono::seconds(boot) + std::chrono::milliseconds(ticks * 1000 / ticks_per_second));
}

}  // namespace

ProcessFigures process_figures() {
    constexpr std::uint64_t kKib = 1024;
    ProcessFigures figures;
    const std::string status = proc_file("/proc/self/status");
    figures.resident_memory = {number_after(status, "VmRSS:") * kKib};
    figures.virtual_memory = {number_after(status, "VmSize:") * kKib};
    figures.threads = static_cast<std::uint32_t>(number_after(status, "\nThreads:"));
    figures.open_descriptors = open_descriptors();
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0) figures.max_descriptors = limit.rlim_cur;
    rusage usage{};
    if (getrusage(RUSAGE_SELF, &usage) == 0) {
        figures.cpu_time = duration(usage.ru_utime) + duration(usage.ru_stime);
    }
    // A property of the process: found once.
    static const std::chrono::system_clock::time_point kStarted = start_time();
    figures.started = kStarted;
    return figures;
}

}  // namespace riptide::sys
