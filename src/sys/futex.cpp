#include "sys/futex.h"

#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <climits>
#include <ctime>

namespace riptide::sys {

namespace {

void wake(const std::atomic<std::uint32_t>* word, int threads) {
    ::syscall(SYS_futex, word, FUTEX_WAKE_PRIVATE, threads, nullptr, nullptr, 0);
}

}  // namespace

static_assert(sizeof(std::atomic<std::uint32_t>) == sizeof(std::uint32_t));

void sleep_while(const std::atomic<std::uint32_t>& word, std::uint32_t value, Deadline deadline) {
    // The steady clock is the one by which the kernel takes a time that is absolute.
    using std::chrono::nanoseconds;
    using std::chrono::seconds;
    const nanoseconds since_boot = deadline.time().time_since_epoch();
    const auto whole = std::chrono::floor<seconds>(since_boot);
    const timespec until{static_cast<std::time_t>(whole.count()),
                         static_cast<long>((since_boot - whole).count())};
    ::syscall(SYS_futex, &word, FUTEX_WAIT_BITSET_PRIVATE, value,
              deadline.is_never() ? nullptr : &until, nullptr, FUTEX_BITSET_MATCH_ANY);
}

void wake_one(const std::atomic<std::uint32_t>* word) { wake(word, 1); }
void wake_all(const std::atomic<std::uint32_t>* word) { wake(word, INT_MAX); }

}  // namespace riptide::sys
