#include "wasm/interrupt.h"

#include <sys/syscall.h>
#include <ucontext.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <mutex>
#include <string>
#include <type_traits>
#include <vector>

#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
// The sanitizer keeps signals back until the program calls the C library, which no guest does. So
// it is not told of this one, by the C library's other name for the same function.
#define UNKNOWN_TO_SANITIZER __attribute__((disable_sanitizer_instrumentation))
extern "C" int __sigaction(int, const struct sigaction*, struct sigaction*) noexcept;
static constexpr auto kSetSignalAction = &__sigaction;
#endif
#endif
#if !defined(UNKNOWN_TO_SANITIZER)
#define UNKNOWN_TO_SANITIZER
static constexpr auto kSetSignalAction = &::sigaction;
#endif

namespace riptide::wasm {
namespace {

using Clock = Deadline::Clock;

constexpr Clock::time_point kNever = Clock::time_point::max();

/// What a thread that runs guests shows the tickers, and tells its handler.
struct Seat {
    /// When the guest has to be looked after, on the steady clock; never when there is none.
    std::atomic<Clock::rep> due{kNever.time_since_epoch().count()};
    /// The signal met the host's part of the call.
    std::atomic<bool> missed{false};
    // Used by the thread and by its handler only.
    std::atomic<CallLimits*> limits{nullptr};  // null when there is no guest
    const riptide_code_t* code = nullptr;
    // Used by the thread, and by tickers under the mutex of the seats.
    pid_t thread = 0;  // 0 when the seat is not among those
    bool thread_ends = false;

    void look_again(Clock::time_point time) {
        due.store(time.time_since_epoch().count(), std::memory_order_relaxed);
    }
};

/// Has no destructor, since guests may run in those of other variables of the thread; and is there
/// before the handler needs it.
__attribute__((tls_model("initial-exec"))) constinit thread_local Seat own_seat;

/// Those of threads that have run guests.
struct Seats {
    std::mutex mutex;
    std::vector<Seat*> all;  // guarded by mutex
};

/// Never destroyed: threads may end after the program's statics.
Seats& seats() {
    static Seats& instance = *new Seats;
    return instance;
}

void leave() {
    const std::lock_guard lock(seats().mutex);
    std::erase(seats().all, &own_seat);
    own_seat.thread = 0;
}

struct LeavesAtTheEnd {
    LeavesAtTheEnd() = default;
    ~LeavesAtTheEnd() {
        leave();
        own_seat.thread_ends = true;
    }
    LeavesAtTheEnd(const LeavesAtTheEnd&) = delete;
    LeavesAtTheEnd& operator=(const LeavesAtTheEnd&) = delete;
};

void take_seat() {
    if (!own_seat.thread_ends) {
        thread_local const LeavesAtTheEnd kLeaves;
        (void)&kLeaves;
    }
    const std::lock_guard lock(seats().mutex);
    seats().all.push_back(&own_seat);
    own_seat.thread = ::gettid();
}

// The child of a fork has one thread, with another number, and no ticker that may hold the mutex.
void before_fork() { seats().mutex.lock(); }
void after_fork_in_parent() { seats().mutex.unlock(); }
void after_fork_in_child() {
    seats().all.clear();
    own_seat.thread = 0;
    seats().mutex.unlock();
}

Clock::time_point next_look(const CallLimits& limits, Clock::time_point now) {
    return limits.stop.next_look(limits.deadline, now).time();
}

CallLimits::Stopped reason_to_stop(const CallLimits& limits, Clock::time_point now) {
    if (limits.deadline.passed(now)) return CallLimits::Stopped::kAtDeadline;
    if (limits.stop.requested()) return CallLimits::Stopped::kOnRequest;
    return CallLimits::Stopped::kNo;
}

/// The program counter that the interrupted thread goes on with.
auto& program_counter(void* context) {
    auto& machine = static_cast<ucontext_t*>(context)->uc_mcontext;
#if defined(__x86_64__)
    return machine.gregs[REG_RIP];
#elif defined(__aarch64__)
    return machine.pc;
#else
#error "say where this processor's program counter is kept"
#endif
}

/// Tells our signals from others' of the same number.
char mark = 0;

struct sigaction previous_action{};

bool has_handler(const struct sigaction& action) {
    return action.sa_handler != SIG_DFL && action.sa_handler != SIG_IGN;
}

void pass_on(int signal, siginfo_t* info, void* context) {
    if (!has_handler(previous_action)) return;
    if ((previous_action.sa_flags & SA_SIGINFO) != 0) {
        previous_action.sa_sigaction(signal, info, context);
    } else {
        previous_action.sa_handler(signal);
    }
}

/// On the thread of a guest, at an instruction of its own.
void look_after(CallLimits& limits, void* context) {
    // The clock has the last word, so that no guest is stopped too early.
    const Clock::time_point now = Clock::now();
    limits.stopped = reason_to_stop(limits, now);
    if (limits.stopped == CallLimits::Stopped::kNo) {
        own_seat.look_again(next_look(limits, now));
        return;
    }
    own_seat.look_again(kNever);
    auto& counter = program_counter(context);
    counter = static_cast<std::remove_reference_t<decltype(counter)>>(
        reinterpret_cast<std::uintptr_t>(own_seat.code->trap));
}

/// On any thread, between two instructions of whatever it does.
UNKNOWN_TO_SANITIZER void on_signal(int signal, siginfo_t* info, void* context) {
    // A kernel short of memory for signals loses what they carry, so the guest is looked after in
    // any case.
    if (info->si_code != SI_QUEUE || info->si_value.sival_ptr != &mark) {
        pass_on(signal, info, context);
    }
    CallLimits* const limits = own_seat.limits.load(std::memory_order_relaxed);
    if (limits == nullptr) return;  // the guest ended meanwhile
    std::atomic_signal_fence(std::memory_order_acquire);
    const auto at = static_cast<std::uintptr_t>(program_counter(context));
    if (at >= reinterpret_cast<std::uintptr_t>(own_seat.code->begin) &&
        at < reinterpret_cast<std::uintptr_t>(own_seat.code->end)) {
        look_after(*limits, context);
    } else {
        own_seat.missed.store(true, std::memory_order_relaxed);
    }
}

/// False where it is forbidden, or the thread is gone. Signal 0 only tries.
bool send_signal(pid_t thread, int signal) {
    siginfo_t info{};
    info.si_code = SI_QUEUE;
    info.si_pid = ::getpid();
    info.si_uid = ::getuid();
    info.si_value.sival_ptr = &mark;
    return ::syscall(SYS_rt_tgsigqueueinfo, info.si_pid, thread, signal, &info) == 0;
}

/// The signal, and those of traps: a blocked one of these kills the process.
void unblock_signals_of_guests() {
    static const sigset_t kSignals = [] {
        sigset_t set;
        sigemptyset(&set);
        for (const int signal : {kInterruptSignal, SIGILL, SIGSEGV, SIGBUS, SIGFPE}) {
            sigaddset(&set, signal);
        }
        return set;
    }();
    (void)::pthread_sigmask(SIG_UNBLOCK, &kSignals, nullptr);
}

}  // namespace

Result<void> install_interrupt_handler() {
    static std::mutex mutex;
    static bool is_first_time = true;
    const std::lock_guard lock(mutex);
    struct sigaction present{};
    bool works =
        send_signal(::gettid(), 0) && kSetSignalAction(kInterruptSignal, nullptr, &present) == 0;
    // A handler that came later may pass signals on to this one, and must not get them back.
    if (works && (is_first_time || !has_handler(present))) {
        previous_action = present;
        struct sigaction action{};
        action.sa_sigaction = on_signal;
        // On the stack that Wasmtime provides, since a guest may have used up the thread's.
        action.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_RESTART;
        sigemptyset(&action.sa_mask);
        works = kSetSignalAction(kInterruptSignal, &action, nullptr) == 0;
    }
    if (!works) {
        return fail(ErrorClass::kEngineStart,
                    "no guest could be stopped: this process cannot send itself the signal " +
                        std::to_string(kInterruptSignal) +
                        "; is the system call rt_tgsigqueueinfo forbidden by a seccomp filter?");
    }
    if (is_first_time) ::pthread_atfork(before_fork, after_fork_in_parent, after_fork_in_child);
    is_first_time = false;
    return {};
}

Interruptible::Interruptible(const riptide_code_t& code, CallLimits& limits) {
    unblock_signals_of_guests();
    if (own_seat.thread == 0) take_seat();
    own_seat.code = &code;
    std::atomic_signal_fence(std::memory_order_release);
    own_seat.limits.store(&limits, std::memory_order_relaxed);
    own_seat.look_again(next_look(limits, Clock::now()));
}

Interruptible::~Interruptible() {
    own_seat.limits.store(nullptr, std::memory_order_relaxed);
    std::atomic_signal_fence(std::memory_order_seq_cst);
    own_seat.look_again(kNever);
    own_seat.missed.store(false, std::memory_order_relaxed);
    if (own_seat.thread_ends) leave();
}

bool interrupt_due(Clock::time_point now, bool on_tick) {
    bool look_again = false;
    const Clock::rep time = now.time_since_epoch().count();
    const std::lock_guard lock(seats().mutex);
    for (Seat* seat : seats().all) {
        if (time < seat->due.load(std::memory_order_relaxed)) continue;
        const bool missed = seat->missed.exchange(false, std::memory_order_relaxed);
        if (!on_tick && !missed) continue;
        look_again |= send_signal(seat->thread, kInterruptSignal);
    }
    return look_again;
}

}  // namespace riptide::wasm
