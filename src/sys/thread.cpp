#include "sys/thread.h"

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace riptide::sys {
namespace {

constexpr std::size_t kStackBytes = std::size_t{4} << 20;

void* run(void* body) {
    (*static_cast<std::function<void()>*>(body))();
    return nullptr;
}

}  // namespace

Thread::Thread(const char* name, std::function<void()> body) : body_(std::move(body)), thread_() {
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, kStackBytes);
    sigset_t blocked;
    sigset_t before;
    sigfillset(&blocked);
    // A blocked one of these kills the process; to the sandbox they are traps.
    for (const int fault : {SIGILL, SIGSEGV, SIGBUS, SIGFPE, SIGTRAP}) sigdelset(&blocked, fault);
    pthread_sigmask(SIG_SETMASK, &blocked, &before);
    const int error = pthread_create(&thread_, &attributes, run, &body_);
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
    pthread_attr_destroy(&attributes);
    if (error != 0) {
        std::fprintf(stderr, "riptide: cannot start the thread %s: %s\n", name,
                     std::strerror(error));
        std::abort();
    }
    pthread_setname_np(thread_, name);
}

Thread::~Thread() { pthread_join(thread_, nullptr); }

}  // namespace riptide::sys
