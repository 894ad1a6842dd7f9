#include "sys/thread.h"

#include <csignal>
#include <latch>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

namespace riptide::sys {
namespace {

constexpr std::size_t kStackBytes = std::size_t{4} << 20;

void* run(void* body) {
    (*static_cast<std::function<void()>*>(body))();
    return nullptr;
}

}  // namespace

Result<std::unique_ptr<Thread>> Thread::start(const char* name, std::function<void()> body) {
    std::unique_ptr<Thread> thread(new Thread(std::move(body)));
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, kStackBytes);
    sigset_t blocked;
    sigset_t before;
    sigfillset(&blocked);
    // A blocked one of these kills the process; to the sandbox they are traps.
    for (const int fault : {SIGILL, SIGSEGV, SIGBUS, SIGFPE, SIGTRAP}) sigdelset(&blocked, fault);
    pthread_sigmask(SIG_SETMASK, &blocked, &before);
    const int error = pthread_create(&thread->thread_, &attributes, run, &thread->body_);
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
    pthread_attr_destroy(&attributes);
    if (error != 0) {
        thread->thread_ = 0;
        return fail(ErrorClass::kEngineStart,
                    "the system refuses a thread (" + std::string(name) +
                        "): " + std::generic_category().message(error) +
                        "; there are limits of their number (`ulimit -u`, TasksMax) and of memory");
    }
    pthread_setname_np(thread->thread_, name);
    return thread;
}

Thread::~Thread() {
    if (thread_ != 0) pthread_join(thread_, nullptr);
}

bool can_start_threads(std::uint32_t count) {
    std::latch all_tried(1);
    std::vector<std::unique_ptr<Thread>> threads;
    while (threads.size() < count) {
        auto thread = Thread::start("riptide-try", [&all_tried] { all_tried.wait(); });
        if (!thread) break;
        threads.push_back(std::move(*thread));
    }
    all_tried.count_down();
    return threads.size() == count;
}

}  // namespace riptide::sys
