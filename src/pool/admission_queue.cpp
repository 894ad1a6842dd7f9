#include "pool/admission_queue.h"

namespace riptide {
namespace {

/// Weight of the newest hold in the moving average: the last few dozen holds make most of it.
constexpr int kSmoothing = 16;

}  // namespace

std::optional<AdmissionQueue::Answer> AdmissionQueue::refusal(Duration outlook, Deadline deadline,
                                                              TimePoint now) {
    if (deadline.passed(now)) return Answer::kLate;
    if (outlook == kNoPlace) return Answer::kFull;
    if (outlook > deadline.left(now)) return Answer::kHopeless;
    return std::nullopt;
}

AdmissionQueue::Answer AdmissionQueue::enter(Waiter& waiter, TimePoint now) {
    waiter.entered = now;
    if (const auto refused = refusal(outlook(), waiter.deadline, now)) return *refused;
    if (granted() < limits_.permits) {
        waiter.granted = now;
        held_.begin(now);
        return Answer::kGranted;
    }
    by_age_.push_back(waiter);
    by_deadline_.insert(waiter);
    return Answer::kQueued;
}

AdmissionQueue::Waiter* AdmissionQueue::release(TimePoint granted, TimePoint now) {
    const Duration held = now - granted;
    mean_hold_ =
        mean_hold_ == Duration::zero() ? held : mean_hold_ + (held - mean_hold_) / kSmoothing;
    Waiter* const next = pop_any();
    if (next != nullptr) {
        next->granted = now;
    } else {
        held_.end(now);
    }
    return next;
}

bool AdmissionQueue::remove(Waiter& waiter) {
    using Place = boost::intrusive::list_base_hook<boost::intrusive::tag<ByAge>>;
    if (!static_cast<Place&>(waiter).is_linked()) return false;
    by_age_.erase(by_age_.iterator_to(waiter));
    by_deadline_.erase(by_deadline_.iterator_to(waiter));
    return true;
}

AdmissionQueue::Waiter* AdmissionQueue::pop_expired(TimePoint now) {
    if (by_deadline_.empty() || !by_deadline_.begin()->deadline.passed(now)) return nullptr;
    Waiter& waiter = *by_deadline_.begin();
    remove(waiter);
    return &waiter;
}

AdmissionQueue::Waiter* AdmissionQueue::pop_any() {
    if (by_age_.empty()) return nullptr;
    Waiter& waiter = by_age_.front();
    remove(waiter);
    return &waiter;
}

Deadline AdmissionQueue::next_expiry() const {
    return by_deadline_.empty() ? Deadline::never() : by_deadline_.begin()->deadline;
}

AdmissionQueue::Duration AdmissionQueue::expected_wait() const {
    if (granted() < limits_.permits) return Duration::zero();
    return mean_hold_ * (by_age_.size() + 1) / limits_.permits;
}

AdmissionQueue::Duration AdmissionQueue::outlook() const {
    const bool has_place = granted() < limits_.permits || by_age_.size() < limits_.queue_length;
    return has_place ? expected_wait() : kNoPlace;
}

}  // namespace riptide
