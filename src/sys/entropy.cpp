#include "sys/entropy.h"

#include <sys/random.h>

#include "sys/file.h"

namespace riptide::sys {

Result<std::uint64_t> random_bits() {
    std::uint64_t bits = 0;
    // So few bytes come whole, and without interruption (getrandom(2)).
    if (::getrandom(&bits, sizeof(bits), 0) != static_cast<ssize_t>(sizeof(bits))) {
        return system_failure("get random bits from", "the kernel");
    }
    return bits;
}

}  // namespace riptide::sys
