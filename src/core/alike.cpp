#include "core/alike.h"

#include <algorithm>

namespace riptide::core {

std::vector<std::uint64_t> element_paths(const Dom& dom, const Signals& signals) {
    std::vector<std::uint64_t> paths(dom.size());
    for (NodeId n = 1; n < dom.size(); ++n) {
        if (dom[n].is_text()) continue;
        const std::uint64_t own = std::uint64_t{dom[n].tag} << 32U | signals[n].class_print;
        paths[n] = (paths[dom[n].parent] ^ own) * 0x9E3779B97F4A7C15ULL;
        paths[n] ^= paths[n] >> 29U;
    }
    return paths;
}

std::uint32_t number_equal(const std::vector<std::uint64_t>& keys,
                           std::vector<std::uint32_t>& numbers) {
    std::vector<std::uint32_t> order(keys.size());
    for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
    std::sort(order.begin(), order.end(), [&keys](std::uint32_t a, std::uint32_t b) {
        return keys[a] != keys[b] ? keys[a] < keys[b] : a < b;
    });
    numbers.assign(keys.size(), 0);
    std::uint32_t count = 0;
    for (std::size_t i = 0; i < order.size(); ++i) {
        if (i == 0 || keys[order[i]] != keys[order[i - 1]]) ++count;
        numbers[order[i]] = count - 1;
    }
    return count;
}

}  // namespace riptide::core
