#include "sys/memory.h"

#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <limits>
#include <string>

namespace riptide::sys {
namespace {

constexpr std::uint64_t kNoLimit = std::numeric_limits<std::uint64_t>::max();

/// The number in a file; no limit where there is none ("max").
std::uint64_t read_limit(const std::string& path) {
    std::uint64_t bytes = 0;
    return std::ifstream(path) >> bytes ? bytes : kNoLimit;
}

std::uint64_t control_group_limit() {
    std::uint64_t limit = kNoLimit;
    std::ifstream groups("/proc/self/cgroup");
    // Lines are "ID:CONTROLLERS:PATH"; version 2 has one with the id 0 and no controllers.
    for (std::string line; std::getline(groups, line);) {
        const std::size_t first = line.find(':');
        const std::size_t second = line.find(':', first + 1);
        if (second == std::string::npos) continue;
        const std::string controllers = line.substr(first + 1, second - first - 1);
        const std::string path = line.substr(second + 1);
        if (controllers.empty()) {
            limit = std::min(limit, read_limit("/sys/fs/cgroup" + path + "/memory.max"));
        } else if (controllers == "memory") {
            limit = std::min(limit,
                             read_limit("/sys/fs/cgroup/memory" + path + "/memory.limit_in_bytes"));
        }
    }
    return limit;
}

}  // namespace

Bytes usable_memory() {
    const auto pages = static_cast<std::uint64_t>(::sysconf(_SC_PHYS_PAGES));
    const auto page = static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
    return Bytes{std::min(pages * page, control_group_limit())};
}

}  // namespace riptide::sys
