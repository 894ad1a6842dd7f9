#include "pool/shared_breaker.h"

#include <utility>

namespace riptide {

using sys::MutexLock;

SharedCircuitBreaker::Permit::Permit(Permit&& other) noexcept
    : breaker_(std::exchange(other.breaker_, nullptr)), ticket_(other.ticket_) {}

SharedCircuitBreaker::Permit::~Permit() {
    // Without a result an ordinary call leaves no trace.
    if (breaker_ == nullptr || !is_probe()) return;
    const MutexLock lock(breaker_->mutex_);
    breaker_->machine_.release(ticket_);
}

void SharedCircuitBreaker::Permit::report(CallOutcome outcome, TimePoint now,
                                          std::string_view cause) {
    SharedCircuitBreaker* breaker = std::exchange(breaker_, nullptr);
    if (breaker == nullptr) return;
    const MutexLock lock(breaker->mutex_);
    breaker->machine_.report(ticket_, outcome, now, cause);
    breaker->publish_locked();
}

SharedCircuitBreaker::SharedCircuitBreaker(CircuitBreakerSettings settings,
                                           CircuitBreaker::RandomBits random_bits, TimePoint now)
    : closed_generation_(0), machine_(settings, std::move(random_bits), now) {
    const MutexLock lock(mutex_);
    publish_locked();
}

std::optional<SharedCircuitBreaker::Permit> SharedCircuitBreaker::admit(TimePoint now) {
    // A generation that ends just now does no harm: the report is held against the current one.
    const std::uint64_t generation = closed_generation_.load(std::memory_order_relaxed);
    if (generation != 0) return Permit(*this, {generation, 0});
    const MutexLock lock(mutex_);
    return permit_locked(machine_.admit(now));
}

std::optional<SharedCircuitBreaker::Permit> SharedCircuitBreaker::admit_canary(TimePoint now) {
    const MutexLock lock(mutex_);
    return permit_locked(machine_.admit_canary(now));
}

std::optional<SharedCircuitBreaker::TimePoint> SharedCircuitBreaker::next_event(
    TimePoint now) const {
    const MutexLock lock(mutex_);
    return machine_.next_event(now);
}

CircuitBreakerStatus SharedCircuitBreaker::status(TimePoint now) const {
    const MutexLock lock(mutex_);
    return machine_.status(now);
}

std::optional<SharedCircuitBreaker::Permit> SharedCircuitBreaker::permit_locked(
    std::optional<CircuitBreaker::Ticket> ticket) {
    if (!ticket) return std::nullopt;
    return Permit(*this, *ticket);
}

void SharedCircuitBreaker::publish_locked() {
    const bool closed = machine_.state() == CircuitBreakerState::kClosed;
    const std::uint64_t generation = closed ? machine_.generation() : 0;
    // Written only when it changes, so that other cores keep the line.
    if (closed_generation_.load(std::memory_order_relaxed) == generation) return;
    closed_generation_.store(generation, std::memory_order_relaxed);
}

}  // namespace riptide
