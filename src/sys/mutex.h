/// A mutex that clang's thread-safety analysis understands (libstdc++'s own is not annotated).
/// With other compilers the annotations are nothing.
/// Source of the annotations: "Thread Safety Analysis" in the documentation of clang.
#pragma once

#include <mutex>

#ifdef __clang__
#define RIPTIDE_THREAD_ATTRIBUTE(x) __attribute__((x))
#else
#define RIPTIDE_THREAD_ATTRIBUTE(x)
#endif
/// The member may be touched only while the mutex is held.
#define RIPTIDE_GUARDED_BY(mutex) RIPTIDE_THREAD_ATTRIBUTE(guarded_by(mutex))
/// The function may be called only while the mutex is held.
#define RIPTIDE_REQUIRES(mutex) RIPTIDE_THREAD_ATTRIBUTE(requires_capability(mutex))

namespace riptide::sys {

/// As `std::mutex`; usable with `std::condition_variable_any`.
class RIPTIDE_THREAD_ATTRIBUTE(capability("mutex")) Mutex {
public:
    void lock() RIPTIDE_THREAD_ATTRIBUTE(acquire_capability()) { mutex_.lock(); }
    void unlock() RIPTIDE_THREAD_ATTRIBUTE(release_capability()) { mutex_.unlock(); }

private:
    std::mutex mutex_;
};

/// Holds a mutex for a scope.
class RIPTIDE_THREAD_ATTRIBUTE(scoped_lockable) MutexLock {
public:
    explicit MutexLock(Mutex& mutex) RIPTIDE_THREAD_ATTRIBUTE(acquire_capability(mutex))
        : mutex_(mutex) {
        mutex_.lock();
    }
    ~MutexLock() RIPTIDE_THREAD_ATTRIBUTE(release_capability()) { mutex_.unlock(); }
    MutexLock(const MutexLock&) = delete;
    MutexLock& operator=(const MutexLock&) = delete;

private:
    Mutex& mutex_;
};

}  // namespace riptide::sys
