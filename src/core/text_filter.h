/// Tells whether words, or runs of three words, occur in a text that was learned before.
///
/// A Bloom filter with one hash (Bloom, "Space/time trade-offs in hash coding with allowable
/// errors", 1970): it may take strange words for known ones, rarely and the same way everywhere.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace riptide::core {

class TextFilter {
public:
    /// `run` is the number of words looked at together, 1 to 3.
    explicit TextFilter(std::uint32_t run) : run_(run) {}

    /// Linear, as is `count`.
    void learn(std::string_view text);
    [[nodiscard]] bool empty() const { return bits_.empty(); }

    struct Count {
        std::uint32_t known = 0;
        std::uint32_t all = 0;
        void add(Count other) {
            known += other.known;
            all += other.all;
        }
    };
    /// Runs of words of `text`, and how many of them are known.
    [[nodiscard]] Count count(std::string_view text) const;

private:
    template <class Visit>
    void for_each_run(std::string_view text, Visit visit) const;

    static constexpr std::size_t kBits = 1U << 16U;
    std::uint32_t run_;
    std::vector<std::uint32_t> bits_;  ///< Empty until something was learned.
};

}  // namespace riptide::core
