#include <array>
#include <charconv>

#include "http/connection.h"

#include <boost/asio/buffer.hpp>
#include <boost/asio/write.hpp>

namespace riptide::http {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;

/// In the log, of a request whose client left before its answer began.
constexpr std::uint16_t kClientClosed = 499;
constexpr std::size_t kAtOnce = std::size_t{256} << 10;

void log_request(sys::Log& log, const RequestContext& context, std::uint16_t status,
                 std::chrono::nanoseconds took) {
    const sys::LogLevel level = status >= 500 ? sys::LogLevel::kWarning : sys::LogLevel::kInfo;
    if (!log.is_on(level)) return;
    log.write(level, "request",
              {{"method", std::string_view(to_string(context.head.method))},
               {"path", std::string_view(context.head.path)},
               {"status", std::int64_t{status}},
               {"took", took},
               {"request_id", std::string_view(context.request_id)},
               {"traceparent", std::string_view(context.traceparent)}});
}

}  // namespace

ResponseFrame Connection::frame(ResponseFraming framing) {
    return {framing, !closes_, worker_.date.now(), context_.request_id, context_.traceparent};
}

void Connection::respond(Response response) {
    if (state_ != State::kExchange || status_ != 0) return;
    status_ = response.status;
    is_complete_ = true;
    if (parser_ || is_draining_ || is_last()) closes_ = true;
    sending_ = serialize_head(response, frame(ResponseFraming::kLength));
    if (context_.head.method != Method::head) sending_body_ = std::move(response.body);
    write_queue();
}

void Connection::start(Response head) {
    if (state_ != State::kExchange || status_ != 0) return;
    status_ = head.status;
    framing_ =
        context_.head.understands_chunks ? ResponseFraming::kChunks : ResponseFraming::kClose;
    if (framing_ == ResponseFraming::kClose || is_last()) closes_ = true;
    queued_ = serialize_head(head, frame(framing_));
    write_queue();
}

void Connection::send(std::string_view piece) {
    if (state_ != State::kExchange || piece.empty()) return;
    if (framing_ == ResponseFraming::kChunks) {
        std::array<char, 16> digits{};
        char* end = std::to_chars(digits.begin(), digits.end(), piece.size(), 16).ptr;
        queued_.append(digits.begin(), end).append("\r\n").append(piece).append("\r\n");
    } else {
        queued_.append(piece);
    }
    write_queue();
}

void Connection::finish() {
    if (state_ != State::kExchange) return;
    is_complete_ = true;
    if (framing_ == ResponseFraming::kChunks) queued_.append("0\r\n\r\n");
    write_queue();
}

void Connection::write_queue() {
    if (is_writing_) return;
    if (sending_.empty()) sending_.swap(queued_);
    is_writing_ = true;
    wrote_after_end_ = saw_end_;
    since_ = Clock::now();
    const std::array<asio::const_buffer, 2> parts = {asio::buffer(sending_),
                                                     asio::buffer(sending_body_)};
    asio::async_write(
        socket_, parts,
        [this](const error_code& error, std::size_t) -> std::size_t {
            since_ = Clock::now();  // each part that the client takes is progress
            return error ? 0 : kAtOnce;
        },
        [self = shared_from_this()](const error_code& error, std::size_t sent) {
            self->is_writing_ = false;
            self->worker_.service.counters().sent(sent);
            if (self->state_ == State::kClosed) return;
            error ? self->lose() : self->on_written();
        });
}

void Connection::on_written() {
    sending_.clear();
    sending_body_ = {};
    if (!queued_.empty()) {
        write_queue();
    } else if (is_complete_) {
        end_exchange();
    } else if (handler_) {
        handler_->progress();
    }
    advance();
}

void Connection::end_exchange() {
    const auto took = Clock::now() - context_.first_byte;
    Service& service = worker_.service;
    service.counters().answered(route_, status_, took);
    service.counters().request_ended();
    log_request(service.log(), context_, status_, took);
    handler_.reset();
    gunzip_.reset();
    is_in_progress_ = false;
    is_abandoned_ = false;
    status_ = 0;
    is_complete_ = false;
    if (closes_) return finish_connection();
    state_ = State::kHead;
    since_ = Clock::now();
    note_idle();
}

/// Closes a connection whose client is gone, or takes nothing.
void Connection::lose() {
    if (is_in_progress_ && state_ == State::kExchange) {
        log_request(worker_.service.log(), context_, status_ != 0 ? status_ : kClientClosed,
                    Clock::now() - context_.first_byte);
    }
    close();
}

/// Says that nothing follows, and reads on until the client has seen it.
void Connection::finish_connection() {
    parser_.reset();
    if (saw_end_) return close();
    error_code ignored;
    socket_.shutdown(Socket::shutdown_send, ignored);
    state_ = State::kLingering;
    note_idle();
    input_ = {};
    kept_ = {};
    since_ = Clock::now();
}

}  // namespace riptide::http
