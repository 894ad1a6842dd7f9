/// Loaded before a program, it is a system that refuses threads: no more than FEW_THREADS of the
/// program's are alive at a time, beside its first one.
#include <dlfcn.h>
#include <pthread.h>

#include <atomic>
#include <cerrno>
#include <cstdlib>
#include <memory>

namespace {

std::atomic<int> alive{0};

struct Body {
    void* (*run)(void*);
    void* argument;
};

void* run(void* given) {
    const std::unique_ptr<Body> body(static_cast<Body*>(given));
    void* result = body->run(body->argument);
    --alive;
    return result;
}

}  // namespace

// NOLINTNEXTLINE(readability-inconsistent-declaration-parameter-name): the system's are reserved
extern "C" int pthread_create(pthread_t* thread, const pthread_attr_t* attributes,
                              void* (*start)(void*), void* argument) {
    static const auto real =
        reinterpret_cast<decltype(&pthread_create)>(dlsym(RTLD_NEXT, "pthread_create"));
    static const char* const most = std::getenv("FEW_THREADS");
    if (++alive > (most == nullptr ? 0 : std::atoi(most))) {
        --alive;
        return EAGAIN;
    }
    auto body = std::make_unique<Body>(Body{start, argument});
    const int error = real(thread, attributes, run, body.get());
    if (error != 0) {
        --alive;
    } else {
        body.release();
    }
    return error;
}
