/// The set of caps that a page hit.
#pragma once

#include <riptide/document.h>

#include <cstdint>
#include <vector>

namespace riptide::core {

class Truncations {
public:
    void add(Truncation truncation) { bits_ |= 1U << static_cast<unsigned>(truncation); }
    [[nodiscard]] bool has(Truncation truncation) const {
        return (bits_ & (1U << static_cast<unsigned>(truncation))) != 0;
    }
    /// In the order of the enumeration.
    [[nodiscard]] std::vector<Truncation> list() const {
        std::vector<Truncation> out;
        for (unsigned i = 0; i <= static_cast<unsigned>(Truncation::kOutput); ++i) {
            if (has(static_cast<Truncation>(i))) out.push_back(static_cast<Truncation>(i));
        }
        return out;
    }

private:
    std::uint32_t bits_ = 0;
};

}  // namespace riptide::core
