/// Sleeping until a word of memory changes (`futex(2)`), for what a mutex and a condition variable
/// do too slowly: who is woken by them has to take the mutex, which who woke it may still hold.
#pragma once

#include <riptide/deadline.h>

#include <atomic>
#include <cstdint>

namespace riptide::sys {

/// Sleeps until it is woken or the deadline passes, if the word still is `value`; returns now and
/// then for no reason. Thread-safe.
void sleep_while(const std::atomic<std::uint32_t>& word, std::uint32_t value, Deadline deadline);

/// Wakes one of the threads that sleep by this word, or all, after it was changed. The word is not
/// touched: it may be gone, and whatever is in its place must not mind to be woken. Thread-safe.
void wake_one(const std::atomic<std::uint32_t>* word);
void wake_all(const std::atomic<std::uint32_t>* word);

}  // namespace riptide::sys
