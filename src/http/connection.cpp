#include "http/connection.h"

#include <algorithm>

#include "http/characters.h"
#include "http/problem.h"
#include "http/request_id.h"
#include "http/router.h"

#include <boost/asio/buffer.hpp>
#include <boost/asio/post.hpp>

namespace riptide::http {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;

/// Of input that is not taken yet: requests that come while another is served, or a body in gzip
/// that unpacks slower than it comes.
constexpr std::size_t kMaxAhead = std::size_t{64} << 10;
/// Of compressed input at a time, and of unpacked output before others get their turn.
constexpr std::size_t kPackedPiece = 256;
constexpr std::size_t kPlainPiece = std::size_t{64} << 10;
constexpr std::size_t kUnpackedPerTurn = std::size_t{256} << 10;
/// Read and dropped at most, of what a client sends after its answer.
constexpr std::uint64_t kMostLingered = std::uint64_t{64} << 20;
/// A connection that is younger may have a request on its way.
constexpr std::chrono::seconds kIdleEnough{1};
constexpr std::size_t kMostKept = std::size_t{16} << 10;

void count(std::uint16_t refused_with, HttpCounters& counters) {
    if (refused_with == 400) counters.refused(io::HttpRefusal::kMalformed);
    if (refused_with == 413) counters.refused(io::HttpRefusal::kBodyLimit);
    if (refused_with == 431) counters.refused(io::HttpRefusal::kHeaderLimit);
}

/// How many times a body is packed with gzip; nothing where another coding is among them.
std::optional<std::size_t> gzip_layers(std::string_view codings) {
    std::optional<std::size_t> layers = 0;
    for_each_member(codings, [&layers](std::string_view coding) {
        if (ascii_iequals(coding, "identity")) return;
        const bool is_gzip = ascii_iequals(coding, "gzip") || ascii_iequals(coding, "x-gzip");
        layers = is_gzip && layers ? std::optional(*layers + 1) : std::nullopt;
    });
    return layers;
}

}  // namespace

Connection::Connection(Worker& worker, Socket socket, Arrival arrival, Places::Place place)
    : worker_(worker),
      socket_(std::move(socket)),
      arrival_(arrival),
      place_(std::move(place)),
      timer_(socket_.get_executor()),
      since_(Clock::now()) {
    context_.listener = arrival_.listener;
    context_.is_loopback = arrival_.is_loopback;
    context_.client = arrival_.client;
    context_.settings = worker_.service.settings();
    worker_.connections.insert(this);
}

void Connection::start() {
    error_code ignored;
    socket_.non_blocking(true, ignored);
    if (place_.is_extra() && !have_idle_give_way()) return refuse_to_serve();
    note_idle();
    socket_.set_option(asio::ip::tcp::no_delay(true), ignored);
    is_draining_ = worker_.service.is_draining();
    wait_for_reset();
    wait_readable();
    arm();
}

bool Connection::have_idle_give_way() {
    const auto& idle = worker_.idle.at(static_cast<std::size_t>(arrival_.listener));
    if (idle.empty() || Clock::now() - idle.front()->since_ < kIdleEnough) return false;
    worker_.service.counters().timed_out(io::HttpTimeout::kIdle);
    idle.front()->close();
    place_.promote();
    return true;
}

void Connection::note_idle() {
    auto& all = worker_.idle.at(static_cast<std::size_t>(arrival_.listener));
    const bool is_idle = state_ == State::kHead && !is_in_progress_;
    if (is_idle && !idle_) idle_ = all.insert(all.end(), this);
    if (!is_idle && idle_) {
        all.erase(*idle_);
        idle_.reset();
    }
}

void Connection::refuse_to_serve() {
    worker_.service.counters().refused(io::HttpRefusal::kConnectionLimit);
    worker_.service.counters().request_began();
    is_in_progress_ = true;
    context_.first_byte = Clock::now();
    reject({503, "as many connections are open as there may be"});
    arm();
}

void Connection::drain() {
    is_draining_ = true;
    since_ = Clock::now();
    arm();
}

void Connection::close() {
    if (state_ == State::kClosed) return;
    const auto self = shared_from_this();
    state_ = State::kClosed;
    worker_.connections.erase(this);
    note_idle();
    if (is_in_progress_) {
        abandon();
        worker_.service.counters().request_ended();
    }
    // It holds this connection.
    handler_.reset();
    error_code ignored;
    socket_.close(ignored);
    timer_.cancel();
    place_.give_back();
    worker_.service.counters().connection_closed();
}

void Connection::wake() {
    asio::post(socket_.get_executor(), [self = shared_from_this()] {
        if (!self->handler_) return;
        self->handler_->progress();
        self->advance();
    });
}

bool Connection::is_reading_body() const {
    return state_ == State::kExchange && parser_ && !is_complete_;
}

std::size_t Connection::read_size() const {
    const bool is_taken_at_once = is_reading_body() && !gunzip_ && !handler_->is_streaming();
    const std::uint64_t left =
        is_taken_at_once ? context_.head.content_length.value_or(body_size_) - body_size_ : 0;
    // What else comes may have to be kept.
    return std::clamp<std::uint64_t>(left, kMaxAhead, worker_.scratch.size());
}

bool Connection::wants_input() const {
    switch (state_) {
        case State::kExchange:
            if (is_reading_body() && !handler_->wants_body()) return false;
            return input_.size() < kMaxAhead;
        case State::kHead:
        case State::kLingering:
            return true;
        case State::kClosed:
            break;
    }
    return false;
}

/// Sees what reading does not: it waits while a request is served, and ends with the input.
void Connection::wait_for_reset() {
    socket_.async_wait(Socket::wait_error, [self = shared_from_this()](error_code) {
        if (self->state_ == State::kClosed) return;
        // Urgent data wakes it too. Nothing is wrong then, and it would wake it for ever.
        error_code gone;
        self->socket_.remote_endpoint(gone);
        if (gone) self->lose();
    });
}

void Connection::wait_readable() {
    if (is_waiting_ || saw_end_ || !wants_input()) return;
    is_waiting_ = true;
    // No read is started, so no buffer is needed before there is something to read.
    socket_.async_wait(Socket::wait_read, [self = shared_from_this()](error_code) {
        self->is_waiting_ = false;
        if (self->state_ != State::kClosed) self->on_readable();
    });
}

void Connection::on_readable() {
    error_code error;
    const std::size_t size = socket_.read_some(asio::buffer(worker_.scratch, read_size()), error);
    if (error == asio::error::would_block) return wait_readable();
    if (error == asio::error::eof) return on_end_of_input();
    if (error) return lose();
    worker_.service.counters().received(size);
    if (state_ == State::kLingering) {
        lingered_ += size;
        return lingered_ > kMostLingered ? close() : wait_readable();
    }
    const std::string_view fresh(worker_.scratch.data(), size);
    const bool is_all = input_.empty();
    if (is_all) {
        input_ = fresh;
    } else {
        kept_.erase(0, kept_.size() - input_.size()).append(fresh);
        input_ = kept_;
    }
    if (state_ == State::kExchange && parser_ && handler_->is_streaming()) since_ = Clock::now();
    advance();
    // What was taken at once is never copied; the rest is, before others read into the buffer.
    if (is_all && !input_.empty()) input_ = kept_.assign(input_);
}

void Connection::on_end_of_input() {
    saw_end_ = true;
    if (state_ == State::kLingering) return close();
    since_ = Clock::now();
    advance();
}

void Connection::advance() {
    while (state_ == State::kHead || is_reading_body()) {
        const Turn turn = state_ == State::kHead ? read_head() : read_body();
        if (turn == Turn::kWait) break;
    }
    if (state_ == State::kClosed) return;
    if (input_.empty()) {
        input_ = {};
        kept_.clear();
        if (kept_.capacity() > kMostKept) kept_.shrink_to_fit();
    }
    wait_readable();
    arm();
}

Connection::Turn Connection::read_head() {
    if (input_.empty()) {
        if (saw_end_) close();
        return Turn::kWait;
    }
    if (!is_in_progress_) {
        is_in_progress_ = true;
        note_idle();
        worker_.service.counters().request_began();
        since_ = context_.first_byte = Clock::now();
        context_.settings = worker_.service.settings();
        parser_.emplace(std::size_t{context_.settings->service.header_limit_kib} << 10);
    }
    // NOLINTNEXTLINE(bugprone-unchecked-optional-access): while a request is in progress
    const Checked<RequestParser::State> read = parser_->read_head(input_);
    if (!read) {
        reject(read.error());
    } else if (*read == RequestParser::State::kDone) {
        begin_exchange();
        return Turn::kGoOn;
    } else if (saw_end_) {
        reject({400, "the header is incomplete"});
    }
    return Turn::kWait;
}

void Connection::begin_exchange() {
    ++requests_;
    state_ = State::kExchange;
    context_.head = parser_->take_head();  // NOLINT(bugprone-unchecked-optional-access): read
    const std::string_view id = context_.head.value("X-Request-Id");
    context_.request_id = is_request_id(id) ? std::string(id) : make_request_id();
    const std::string_view trace = context_.head.value("traceparent");
    context_.traceparent = is_traceparent(trace) ? trace : std::string_view();
    if (!context_.head.keeps_alive || is_draining_ ||
        requests_ >= context_.settings->service.requests_per_connection) {
        closes_ = true;
    }
    Routed routed = route(context_, worker_.service, shared_from_this());
    route_ = routed.route;
    if (routed.response) {
        // A body that nobody reads would be taken for the next request.
        if (context_.head.has_body()) closes_ = true;
        parser_.reset();
        return respond(std::move(*routed.response));
    }
    handler_ = std::move(routed.handler);
    if (Checked<void> accepted = accept_body(); !accepted) reject(accepted.error());
}

Checked<void> Connection::accept_body() {
    const RequestHead& head = context_.head;
    if (!head.is_chunked && !head.content_length) {
        return refuse(411, "the request needs a body, with a Content-Length or chunked");
    }
    if (head.content_length.value_or(0) > handler_->body_limit()) {
        return refuse(413, "the body has " + std::to_string(head.content_length.value_or(0)) +
                               " bytes, more than the limit of " +
                               std::to_string(handler_->body_limit()) + " (RIPTIDE_BODY_LIMIT_MB)");
    }
    const std::optional<std::size_t> layers = gzip_layers(head.value("Content-Encoding"));
    if (!layers || *layers > 1) return refuse(415, "the only content coding is gzip, once");
    if (*layers == 1) gunzip_ = std::make_unique<Gunzip>();
    if (head.expects_continue && input_.empty()) {
        constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
        // Nothing else is on its way, so there is room for it.
        error_code error;
        const std::size_t sent = socket_.write_some(asio::buffer(kContinue), error);
        if (error || sent != kContinue.size()) saw_end_ = true;
    }
    body_size_ = 0;
    since_ = Clock::now();
    return {};
}

Connection::Turn Connection::read_body() {
    std::size_t unpacked = 0;
    while (parser_ && !is_complete_ && handler_->wants_body()) {
        const Checked<RequestParser::Piece> piece =
            parser_->read_body(input_, gunzip_ ? kPackedPiece : kPlainPiece);
        Checked<void> taken;
        if (!piece) {
            taken = tl::unexpected(piece.error());
        } else {
            taken = take_body(piece->data);
            unpacked += unpacked_.size();
        }
        if (taken && piece->state == RequestParser::State::kDone) taken = finish_body();
        if (!taken) {
            reject(taken.error());
            return Turn::kGoOn;
        }
        if (piece->state == RequestParser::State::kStarved) {
            if (!saw_end_) return Turn::kWait;
            reject({400, "the body is incomplete"});
            return Turn::kGoOn;
        }
        if (unpacked > kUnpackedPerTurn) {
            asio::post(socket_.get_executor(), [self = shared_from_this()] { self->advance(); });
            return Turn::kWait;
        }
    }
    return Turn::kWait;
}

Checked<void> Connection::take_body(std::string_view piece) {
    if (piece.empty()) return {};
    const std::uint64_t limit = handler_->body_limit();
    if (gunzip_) {
        unpacked_.clear();
        const std::uint64_t left =
            std::min<std::uint64_t>(limit - body_size_, kUnpackedPerTurn * 2);
        if (Checked<void> added = gunzip_->add(piece, unpacked_, left); !added) return added;
        piece = unpacked_;
    }
    body_size_ += piece.size();
    if (body_size_ > limit) {
        return refuse(413, "the body is larger than the limit of " + std::to_string(limit) +
                               " bytes (RIPTIDE_BODY_LIMIT_MB)");
    }
    return handler_->on_body(piece);
}

Checked<void> Connection::finish_body() {
    parser_.reset();
    if (gunzip_) {
        const Checked<void> finished = gunzip_->finish();
        gunzip_.reset();
        unpacked_ = {};
        if (!finished) return finished;
    }
    since_ = Clock::now();
    handler_->on_body_end();
    return {};
}

void Connection::reject(const Refusal& refusal) {
    closes_ = true;
    parser_.reset();
    count(refusal.status, worker_.service.counters());
    if (state_ == State::kHead) {
        state_ = State::kExchange;
        context_.request_id = make_request_id();
        context_.traceparent.clear();
        context_.head = {};
        route_ = io::HttpRoute::kOther;
    }
    if (status_ != 0) return close();  // in the middle of an answer: that it ends tells enough
    if (handler_) handler_->cancel();
    respond(problem(refusal, context_.request_id));
}

/// The client no longer waits for its answer.
void Connection::abandon() {
    if (std::exchange(is_abandoned_, true)) return;
    worker_.service.counters().disconnected();
    if (handler_) handler_->cancel();
}

}  // namespace riptide::http
