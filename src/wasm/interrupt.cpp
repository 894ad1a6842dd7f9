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

/// How often a guest that can be cancelled is asked whether it was.
constexpr std::chrono::milliseconds kStopCheck{10};

/// What a thread that runs guests shows the tickers, and tells its handler.
struct Seat {
    pid_t thread = ::gettid();
    /// When the guest has to be looked after, on the steady clock; never when there is none.
    std::atomic<Clock::rep> due{Clock::time_point::max().time_since_epoch().count()};
    /// The signal met the host's part of the call.
    std::atomic<bool> missed{false};
    // Used by the thread and by its handler only.
    std::atomic<CallLimits*> limits{nullptr};  // null when there is no guest
    const riptide_code_t* code = nullptr;

    void look_again(Clock::time_point time) {
        due.store(time.time_since_epoch().count(), std::memory_order_relaxed);
    }
};

struct Seats {
    std::mutex mutex;
    std::vector<Seat*> all;  // guarded by mutex
};

/// Never destroyed: threads may end after the program's statics.
Seats& seats() {
    static Seats& instance = *new Seats;
    return instance;
}

/// For the handler, which must not be the one to make it.
__attribute__((tls_model("initial-exec"))) constinit thread_local Seat* own_seat = nullptr;

class RegisteredSeat {
public:
    RegisteredSeat() {
        const std::lock_guard lock(seats().mutex);
        seats().all.push_back(&seat_);
        own_seat = &seat_;
    }
    ~RegisteredSeat() {
        own_seat = nullptr;
        const std::lock_guard lock(seats().mutex);
        std::erase(seats().all, &seat_);
    }
    RegisteredSeat(const RegisteredSeat&) = delete;
    RegisteredSeat& operator=(const RegisteredSeat&) = delete;

    Seat& get() { return seat_; }

private:
    Seat seat_;
};

Seat& seat_of_this_thread() {
    thread_local RegisteredSeat seat;
    return seat.get();
}

Clock::time_point next_look(const CallLimits& limits, Clock::time_point now) {
    const Clock::time_point deadline = limits.deadline.time();
    return limits.stop.possible() ? std::min(deadline, now + kStopCheck) : deadline;
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

void pass_on(int signal, siginfo_t* info, void* context) {
    if ((previous_action.sa_flags & SA_SIGINFO) != 0) {
        previous_action.sa_sigaction(signal, info, context);
    } else if (previous_action.sa_handler != SIG_DFL && previous_action.sa_handler != SIG_IGN) {
        previous_action.sa_handler(signal);
    }
}

/// On the thread of a guest, at an instruction of its own.
void look_after(Seat& seat, CallLimits& limits, void* context) {
    // The clock has the last word, so that no guest is stopped too early.
    const Clock::time_point now = Clock::now();
    limits.stopped = reason_to_stop(limits, now);
    if (limits.stopped == CallLimits::Stopped::kNo) {
        seat.look_again(next_look(limits, now));
        return;
    }
    seat.look_again(Clock::time_point::max());
    auto& counter = program_counter(context);
    counter = static_cast<std::remove_reference_t<decltype(counter)>>(
        reinterpret_cast<std::uintptr_t>(seat.code->trap));
}

/// On any thread, between two instructions of whatever it does.
UNKNOWN_TO_SANITIZER void on_signal(int signal, siginfo_t* info, void* context) {
    // A kernel short of memory for signals loses what they carry, so the guest is looked after in
    // any case.
    if (info->si_code != SI_QUEUE || info->si_value.sival_ptr != &mark) {
        pass_on(signal, info, context);
    }
    Seat* seat = own_seat;
    if (seat == nullptr) return;
    CallLimits* const limits = seat->limits.load(std::memory_order_relaxed);
    if (limits == nullptr) return;  // the guest ended meanwhile
    std::atomic_signal_fence(std::memory_order_acquire);
    const auto at = static_cast<std::uintptr_t>(program_counter(context));
    if (at >= reinterpret_cast<std::uintptr_t>(seat->code->begin) &&
        at < reinterpret_cast<std::uintptr_t>(seat->code->end)) {
        look_after(*seat, *limits, context);
    } else {
        seat->missed.store(true, std::memory_order_relaxed);
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
    static const bool kWorks = [] {
        struct sigaction action{};
        action.sa_sigaction = on_signal;
        // On the stack that Wasmtime provides, since a guest may have used up the thread's.
        action.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_RESTART;
        sigemptyset(&action.sa_mask);
        return kSetSignalAction(kInterruptSignal, &action, &previous_action) == 0 &&
               send_signal(::gettid(), 0);
    }();
    if (!kWorks) {
        return fail(ErrorClass::kEngineStart,
                    "no guest could be stopped: this process cannot send itself the signal " +
                        std::to_string(kInterruptSignal) +
                        "; is the system call rt_tgsigqueueinfo forbidden by a seccomp filter?");
    }
    return {};
}

Interruptible::Interruptible(const riptide_code_t& code, CallLimits& limits) {
    unblock_signals_of_guests();
    Seat& seat = seat_of_this_thread();
    seat.code = &code;
    std::atomic_signal_fence(std::memory_order_release);
    seat.limits.store(&limits, std::memory_order_relaxed);
    seat.look_again(next_look(limits, Clock::now()));
}

Interruptible::~Interruptible() {
    Seat& seat = *own_seat;
    seat.limits.store(nullptr, std::memory_order_relaxed);
    std::atomic_signal_fence(std::memory_order_seq_cst);
    seat.look_again(Clock::time_point::max());
    seat.missed.store(false, std::memory_order_relaxed);
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
