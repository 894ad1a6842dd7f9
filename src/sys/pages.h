/// Memory in a mapping of its own.
#pragma once

#include <riptide/error.h>

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>

namespace riptide::sys {

/// Zeroed memory for much that is written once and given back whole: of at least 1 MiB, in huge
/// pages where the kernel grants them, so that it takes a few page faults and not one for each
/// 4 KiB. Begins where a page does.
class Pages {
public:
    /// `size` of at least one byte. Error: `kIo` when there is no such memory.
    static Result<Pages> map(std::size_t size);
    Pages(Pages&& other) noexcept
        : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)) {}
    Pages& operator=(Pages&&) = delete;
    ~Pages();

    /// Nothing may be written to them any more. False when the system refuses.
    [[nodiscard]] bool make_read_only();

    [[nodiscard]] std::span<std::uint8_t> bytes() { return {data_, size_}; }
    [[nodiscard]] std::span<const std::uint8_t> bytes() const { return {data_, size_}; }

private:
    Pages(std::uint8_t* data, std::size_t size) : data_(data), size_(size) {}
    std::uint8_t* data_;
    std::size_t size_;
};

}  // namespace riptide::sys
