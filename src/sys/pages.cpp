#include "sys/pages.h"

#include <sys/mman.h>

#include <string>

#include "sys/file.h"

namespace riptide::sys {

Result<Pages> Pages::map(std::size_t size) {
    void* data = ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (data == MAP_FAILED) {
        return system_failure("have", std::to_string(size) + " bytes of memory");
    }
    // Advice: memory without it serves as well.
    static_cast<void>(::madvise(data, size, MADV_HUGEPAGE));
    return Pages(static_cast<std::uint8_t*>(data), size);
}

Pages::~Pages() {
    if (data_ != nullptr) ::munmap(data_, size_);
}

}  // namespace riptide::sys
