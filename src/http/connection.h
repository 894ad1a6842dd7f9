/// One client's connection: requests in, answers out, one after the other.
#pragma once

#include <chrono>
#include <cstdint>
#include <list>
#include <memory>
#include <optional>
#include <string>

#include "http/exchange.h"
#include "http/gzip.h"
#include "http/places.h"
#include "http/request_parser.h"
#include "http/worker.h"

#include <boost/asio/basic_waitable_timer.hpp>

namespace riptide::http {

/// By which listener a connection came.
struct Arrival {
    ListenerRole listener = ListenerRole::kOnly;
    bool is_loopback = false;
    ClientKey client = 0;
};

/// Reads a request, has it served, writes the answer, and goes on with the next, which may have
/// come meanwhile: answers keep the order of requests. Every wait has a time limit and every buffer
/// a size limit. A request that cannot be framed beyond doubt is refused and the connection closed:
/// after the answer, and after what the client still sends has been read for a moment, since a
/// reset would destroy the answer on its way.
///
/// A client that closes its sending side is answered all it asked for. It may as well be gone: it
/// is taken for that when its connection is reset, or when the answer has not begun a second later.
///
/// All of it runs on the worker's thread, but for `wake`.
class Connection final : public Channel, public std::enable_shared_from_this<Connection> {
public:
    /// Counted among the open connections until it closes.
    Connection(Worker& worker, Socket socket, Arrival arrival, Places::Place place);
    /// By whichever thread lets go of it last; it is closed by then.
    ~Connection() override = default;
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    /// Begins to serve. Where its place is an extra one, the connection of its listener that has
    /// been idle the longest gives way; where none has been for a second, this one is answered 503
    /// without reading a request.
    void start();
    /// Finishes the request that is in progress; waits only a moment for another.
    void drain();
    /// Closes at once.
    void close();

    void respond(Response response) override;
    void start(Response head) override;
    void send(std::string_view piece) override;
    void finish() override;
    [[nodiscard]] std::size_t unsent() const override { return queued_.size() + sending_.size(); }
    void wake() override;

private:
    using Clock = std::chrono::steady_clock;
    enum class State : std::uint8_t { kHead, kExchange, kLingering, kClosed };
    enum class Turn : std::uint8_t { kGoOn, kWait };

    bool have_idle_give_way();
    void refuse_to_serve();
    void note_idle();

    // Reading: connection.cpp
    void wait_for_reset();
    void wait_readable();
    void on_readable();
    void on_end_of_input();
    /// Whether more of a body must come before the request is complete.
    [[nodiscard]] bool is_reading_body() const;
    [[nodiscard]] bool wants_input() const;
    /// Bytes to read at once: more than may be kept only of a body that nothing holds up.
    [[nodiscard]] std::size_t read_size() const;
    /// Whether no request can follow the one in progress.
    [[nodiscard]] bool is_last() const { return saw_end_ && input_.empty(); }
    void advance();
    Turn read_head();
    void begin_exchange();
    Checked<void> accept_body();
    Turn read_body();
    Checked<void> take_body(std::string_view piece);
    Checked<void> finish_body();
    void reject(const Refusal& refusal);
    void abandon();
    void lose();

    // Writing: connection_output.cpp
    ResponseFrame frame(ResponseFraming framing);
    void write_queue();
    void on_written();
    void end_exchange();
    void finish_connection();

    // Time: connection_time.cpp
    [[nodiscard]] Clock::time_point next_deadline() const;
    void arm();
    void on_timer();
    void on_deadline();

    Worker& worker_;
    Socket socket_;
    const Arrival arrival_;
    Places::Place place_;
    State state_ = State::kHead;
    std::optional<std::list<Connection*>::iterator> idle_;  // of the worker's
    bool is_waiting_ = false;                               // for input
    bool saw_end_ = false;                                  // of input
    bool wrote_after_end_ = false;
    bool closes_ = false;  // after this exchange
    bool is_draining_ = false;
    std::uint32_t requests_ = 0;
    std::uint64_t lingered_ = 0;  // bytes

    std::string_view input_;  // not taken yet: the end of kept_, or of what is just being read
    std::string kept_;

    // The exchange.
    std::optional<RequestParser> parser_;  // while the head or the body is read
    RequestContext context_;
    io::HttpRoute route_ = io::HttpRoute::kOther;
    bool is_in_progress_ = false;
    bool is_abandoned_ = false;  // by the client; what runs for it is cancelled
    std::unique_ptr<Handler> handler_;
    std::unique_ptr<Gunzip> gunzip_;  // of a body that is compressed
    std::string unpacked_;
    std::uint64_t body_size_ = 0;  // so far, decompressed

    // The answer.
    std::uint16_t status_ = 0;  // 0: not begun
    ResponseFraming framing_ = ResponseFraming::kLength;
    bool is_complete_ = false;
    bool is_writing_ = false;
    std::string sending_;
    std::string sending_body_;
    std::string queued_;

    // Time.
    boost::asio::basic_waitable_timer<Clock, boost::asio::wait_traits<Clock>, Executor> timer_;
    Clock::time_point timer_at_ = Clock::time_point::max();
    Clock::time_point since_;  // what `state_`, body or answer last moved at
};

}  // namespace riptide::http
