#include "app/service_signals.h"

#include <algorithm>
#include <chrono>
#include <ctime>

namespace riptide::app {
namespace {

constexpr std::chrono::nanoseconds kLongestWait = std::chrono::hours(1);

}  // namespace

ServiceSignals::ServiceSignals() {
    sigemptyset(&awaited_);
    for (const int number : {SIGTERM, SIGINT, SIGHUP}) sigaddset(&awaited_, number);
    pthread_sigmask(SIG_BLOCK, &awaited_, &before_);
}

ServiceSignals::~ServiceSignals() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

ServiceSignal ServiceSignals::wait(Deadline deadline) const {
    while (true) {
        const auto left = std::min(deadline.left(Deadline::Clock::now()), kLongestWait);
        const auto seconds = std::chrono::floor<std::chrono::seconds>(left);
        const timespec timeout{seconds.count(), (left - seconds).count()};
        const int number = sigtimedwait(&awaited_, nullptr, &timeout);
        if (number == SIGHUP) return ServiceSignal::kReload;
        if (number == SIGTERM || number == SIGINT) return ServiceSignal::kStop;
        if (deadline.passed(Deadline::Clock::now())) return ServiceSignal::kNone;
    }
}

}  // namespace riptide::app
