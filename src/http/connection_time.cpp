#include "http/connection.h"

namespace riptide::http {
namespace {

/// After the answer, for the client to close.
constexpr std::chrono::seconds kLinger{2};
/// For a request that was on its way when the server began to stop.
constexpr std::chrono::milliseconds kDrainGrace{1000};

/// From the end of a client's input until it is taken for gone.
constexpr std::chrono::seconds kHalfClosed{1};

}  // namespace

Connection::Clock::time_point Connection::next_deadline() const {
    const config::ServiceConfig& times = context_.settings->service;
    if (state_ == State::kClosed) return Clock::time_point::max();
    if (state_ == State::kLingering) return since_ + kLinger;
    if (is_writing_) return since_ + times.write_timeout;
    if (state_ == State::kHead) {
        if (is_in_progress_) return since_ + times.header_timeout;
        return since_ +
               (is_draining_ ? kDrainGrace : std::chrono::milliseconds(times.idle_timeout));
    }
    if (is_reading_body() && handler_->wants_body()) return since_ + times.body_timeout;
    // Were it gone, what was written since would have made it reset the connection, and so will the
    // rest of an answer that has begun.
    const bool will_tell = wrote_after_end_ || status_ != 0;
    if (saw_end_ && !will_tell && !is_abandoned_) return since_ + kHalfClosed;
    return Clock::time_point::max();  // the pool's deadline holds
}

/// A timer that is early finds out when it fires, so most deadlines cost nothing.
void Connection::arm() {
    const Clock::time_point deadline = next_deadline();
    if (deadline >= timer_at_ || state_ == State::kClosed) return;
    timer_at_ = deadline;
    timer_.expires_at(deadline);
    timer_.async_wait([self = shared_from_this()](const boost::system::error_code& error) {
        if (!error) self->on_timer();
    });
}

void Connection::on_timer() {
    timer_at_ = Clock::time_point::max();
    if (Clock::now() >= next_deadline()) on_deadline();
    arm();
}

void Connection::on_deadline() {
    HttpCounters& counters = worker_.service.counters();
    if (state_ == State::kLingering) return close();
    if (is_writing_) {
        counters.timed_out(io::HttpTimeout::kWrite);
        return lose();
    }
    if (state_ == State::kHead && !is_in_progress_) {
        if (!is_draining_) counters.timed_out(io::HttpTimeout::kIdle);
        return finish_connection();
    }
    if (saw_end_) return abandon();
    const bool has_head = state_ == State::kExchange;
    counters.timed_out(has_head ? io::HttpTimeout::kBody : io::HttpTimeout::kHeader);
    reject({408, has_head ? "the body did not come in time" : "the header did not come in time"});
}

}  // namespace riptide::http
