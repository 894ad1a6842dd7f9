#include "pool/breaker.h"

#include <algorithm>
#include <utility>

namespace riptide {
namespace {

using std::chrono::duration_cast;

std::string in_seconds(std::chrono::nanoseconds duration) {
    const auto tenths = duration_cast<std::chrono::duration<std::int64_t, std::deci>>(duration);
    return std::to_string(tenths.count() / 10) + '.' + std::to_string(tenths.count() % 10) + " s";
}

}  // namespace

CircuitBreaker::CircuitBreaker(CircuitBreakerSettings settings, RandomBits random_bits,
                               TimePoint now)
    : settings_(settings),
      random_bits_(std::move(random_bits)),
      now_(now),
      since_(now),
      open_time_(0),
      open_until_(now) {}

std::optional<CircuitBreaker::Ticket> CircuitBreaker::admit(TimePoint now) {
    advance(now);
    if (state_ == CircuitBreakerState::kClosed) return Ticket{generation_, 0};
    if (unused_probes_ == 0) return std::nullopt;
    --unused_probes_;
    return issue_probe(Prober::kRequest);
}

std::optional<CircuitBreaker::Ticket> CircuitBreaker::admit_canary(TimePoint now) {
    advance(now);
    std::uint32_t& source = freed_probes_ > 0 ? freed_probes_ : unused_probes_;
    if (source == 0) return std::nullopt;
    --source;
    return issue_probe(Prober::kCanary);
}

void CircuitBreaker::report(Ticket ticket, CallOutcome outcome, TimePoint now,
                            std::string_view cause) {
    advance(now);
    if (ticket.generation != generation_) return;
    if (ticket.probe == 0) {
        record(outcome, cause);
    } else if (Probe* probe = find_probe(ticket.probe)) {
        finish_probe(*probe, outcome, cause);
    }
}

void CircuitBreaker::release(Ticket ticket) {
    if (ticket.probe == 0) return;
    if (Probe* probe = find_probe(ticket.probe)) free_probe(*probe);
}

std::optional<CircuitBreaker::TimePoint> CircuitBreaker::next_event(TimePoint now) const {
    if (state_ == CircuitBreakerState::kClosed) return std::nullopt;
    if (state_ == CircuitBreakerState::kOpen) return open_until_;
    if (unused_probes_ + freed_probes_ > 0) return now;
    TimePoint earliest = TimePoint::max();
    for (const Probe& probe : probes_) {
        if (probe.id != 0) earliest = std::min(earliest, probe.expires);
    }
    return earliest;
}

CircuitBreakerStatus CircuitBreaker::status(TimePoint now) const {
    const TimePoint at = std::max(now, now_);
    CircuitBreakerStatus status;
    status.state = state_;
    status.time_in_state = at - since_;
    if (state_ == CircuitBreakerState::kOpen) {
        status.open_time_left = std::max(Duration::zero(), Duration(open_until_ - at));
    }
    OutcomeWindow window = window_;
    window.expire(at);
    status.window_calls = window.calls();
    status.window_failures = window.failures();
    status.probes_in_flight = probes_in_flight();
    status.probes_succeeded = succeeded_probes_;
    status.trips = trips_;
    status.reopenings = reopenings_;
    status.recoveries = recoveries_;
    status.history.assign(history_.begin(), history_.end());
    return status;
}

/// Does what time alone brings about.
void CircuitBreaker::advance(TimePoint now) {
    now_ = std::max(now_, now);
    if (state_ == CircuitBreakerState::kOpen && now_ >= open_until_) {
        enter(CircuitBreakerState::kHalfOpen,
              "was open for " + in_seconds(now_ - since_) + ", now probes");
        unused_probes_ = kProbes;
    }
    if (state_ == CircuitBreakerState::kHalfOpen) revoke_expired_probes();
}

void CircuitBreaker::revoke_expired_probes() {
    for (Probe& probe : probes_) {
        if (probe.id == 0 || now_ < probe.expires) continue;
        if (probe.prober == Prober::kCanary) {
            reopen("the canary gave no answer within " + in_seconds(kProbeTimeout));
            return;
        }
        free_probe(probe);
    }
}

CircuitBreaker::Ticket CircuitBreaker::issue_probe(Prober prober) {
    Probe& probe = *find_probe(0);
    probe = Probe{++last_probe_id_, prober, now_ + kProbeTimeout};
    return Ticket{generation_, probe.id};
}

void CircuitBreaker::record(CallOutcome outcome, std::string_view cause) {
    if (outcome == CallOutcome::kNeutral) return;
    if (outcome == CallOutcome::kEngineFailure) {
        window_.add_failure(now_);
        last_failure_ = cause;
    } else {
        window_.add_success(now_);
    }
    if (window_.calls() < kMinimumCalls) return;
    // A success may trip it as well, as the call that completes the minimum.
    if (window_.failures() * 100 > settings_.failure_threshold * window_.calls()) trip();
}

void CircuitBreaker::finish_probe(Probe& probe, CallOutcome outcome, std::string_view cause) {
    if (outcome == CallOutcome::kNeutral) {
        free_probe(probe);
        return;
    }
    if (outcome == CallOutcome::kEngineFailure) {
        reopen("a probe failed: " + std::string(cause));
        return;
    }
    probe = Probe();
    if (++succeeded_probes_ < kProbes) return;
    ++recoveries_;
    enter(CircuitBreakerState::kClosed, std::to_string(kProbes) + " probes succeeded");
}

void CircuitBreaker::free_probe(Probe& probe) {
    probe = Probe();
    ++freed_probes_;
}

CircuitBreaker::Probe* CircuitBreaker::find_probe(std::uint64_t id) {
    const auto found = std::ranges::find(probes_, id, &Probe::id);
    return found == probes_.end() ? nullptr : &*found;
}

void CircuitBreaker::trip() {
    ++trips_;
    enter(CircuitBreakerState::kOpen,
          std::to_string(window_.failures()) + " of " + std::to_string(window_.calls()) +
              " calls failed, more than " + std::to_string(settings_.failure_threshold) +
              " %; the last failure: " + last_failure_);
    open_time_ = std::min<Duration>(settings_.open_time, kMaxOpenTime);
    open_until_ = now_ + open_time_;
}

void CircuitBreaker::reopen(std::string cause) {
    ++reopenings_;
    enter(CircuitBreakerState::kOpen, std::move(cause));
    open_time_ = std::min<Duration>(2 * open_time_, kMaxOpenTime);
    open_until_ = now_ + jittered(open_time_);
}

/// Leaves nothing of the state before, so that none of it can count in this one.
void CircuitBreaker::enter(CircuitBreakerState state, std::string cause) {
    history_.push_back({now_, state_, state, std::move(cause)});
    if (history_.size() > kHistory) history_.pop_front();
    state_ = state;
    ++generation_;
    since_ = now_;
    window_.clear();
    probes_ = {};
    unused_probes_ = 0;
    freed_probes_ = 0;
    succeeded_probes_ = 0;
}

CircuitBreaker::Duration CircuitBreaker::jittered(Duration duration) const {
    const double uniform = static_cast<double>(random_bits_() >> 11U) * 0x1p-53;
    return duration_cast<Duration>(duration * (1.0 - kJitter * uniform));
}

std::uint32_t CircuitBreaker::probes_in_flight() const {
    return static_cast<std::uint32_t>(
        std::ranges::count_if(probes_, [](const Probe& probe) { return probe.id != 0; }));
}

}  // namespace riptide
