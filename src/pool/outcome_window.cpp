#include "pool/outcome_window.h"

namespace riptide {

void OutcomeWindow::expire(TimePoint now) {
    while (size_ > 0 && now - entries_[oldest_].at > kMaxAge) drop_oldest();
}

void OutcomeWindow::clear() { *this = OutcomeWindow(); }

void OutcomeWindow::add(TimePoint now, std::uint32_t failures) {
    expire(now);
    if (size_ == kCapacity) drop_oldest();
    entries_[(oldest_ + size_) % kCapacity] = Entry{now, failures};
    ++size_;
    failures_ += failures;
}

void OutcomeWindow::drop_oldest() {
    failures_ -= entries_[oldest_].failures;
    oldest_ = (oldest_ + 1) % kCapacity;
    --size_;
}

}  // namespace riptide
