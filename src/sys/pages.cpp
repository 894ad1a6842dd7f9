#include "sys/pages.h"

#include <sys/mman.h>

#include <cstdint>
#include <string>

#include "sys/file.h"

namespace riptide::sys {
namespace {

/// Of x86_64, and of aarch64 with small pages of 4 KiB. Where they are larger, none is found.
constexpr std::size_t kHugePage = std::size_t{2} << 20;

std::size_t round_up(std::size_t size) { return (size + kHugePage - 1) / kHugePage * kHugePage; }

/// Size of the mapping that `size` bytes lie in. Half a huge page and more is worth a whole one.
std::size_t mapped(std::size_t size) { return size < kHugePage / 2 ? size : round_up(size); }

}  // namespace

Result<Pages> Pages::map(std::size_t size) {
    const bool is_huge = size >= kHugePage / 2;
    const std::size_t wanted = mapped(size);
    // Huge pages are aligned, and the kernel of itself does not align a mapping for them.
    const std::size_t reserved = is_huge ? wanted + kHugePage : wanted;
    void* data =
        ::mmap(nullptr, reserved, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (data == MAP_FAILED) {
        return system_failure("have", std::to_string(size) + " bytes of memory");
    }
    auto* begin = static_cast<std::uint8_t*>(data);
    if (is_huge) {
        const auto address = reinterpret_cast<std::uintptr_t>(begin);
        const std::size_t before = round_up(address) - address;
        if (before > 0) ::munmap(begin, before);
        ::munmap(begin + before + wanted, kHugePage - before);
        begin += before;
        // Advice: memory without it serves as well.
        static_cast<void>(::madvise(begin, wanted, MADV_HUGEPAGE));
    }
    return Pages(begin, size);
}

bool Pages::make_read_only() { return ::mprotect(data_, mapped(size_), PROT_READ) == 0; }

Pages::~Pages() {
    if (data_ != nullptr) ::munmap(data_, mapped(size_));
}

}  // namespace riptide::sys
