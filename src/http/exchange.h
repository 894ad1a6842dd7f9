/// One request and its answer, as those see it who serve it: nothing of sockets.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "http/refusal.h"
#include "http/request_head.h"
#include "http/response.h"
#include "http/service.h"

namespace riptide::http {

/// Which listener a request came in by.
enum class ListenerRole : std::uint8_t {
    kOnly,    ///< The one that serves all there is.
    kPublic,  ///< Everything but what the admin listener has.
    kAdmin,   ///< Health, metrics and the admin routes.
};

/// What is known of a request before its body comes. Lives until the answer is complete.
struct RequestContext {
    RequestHead head;
    std::string request_id;
    std::string traceparent;  ///< Empty where the client sent none that is valid.
    std::chrono::steady_clock::time_point first_byte;
    ListenerRole listener = ListenerRole::kOnly;
    bool is_loopback = false;  ///< Of the listener.
    ClientKey client = 0;
    std::shared_ptr<const ServiceSettings> settings;
};

/// The way back to the client. All but `wake` for the connection's own thread.
class Channel {
public:
    virtual ~Channel() = default;

    /// The whole answer. Once, and nothing else then.
    virtual void respond(Response response) = 0;
    /// The head of an answer that comes in pieces: any number of `send`, then `finish`.
    virtual void start(Response head) = 0;
    virtual void send(std::string_view piece) = 0;
    virtual void finish() = 0;
    /// Bytes of pieces that the client has not taken.
    [[nodiscard]] virtual std::size_t unsent() const = 0;

    /// Has the connection's thread call `Handler::progress` soon. Thread-safe.
    virtual void wake() = 0;
};

/// Serves one request that has a body, on the connection's thread.
class Handler {
public:
    virtual ~Handler() = default;

    /// Whether more of the body can be taken now; asked again after each `progress`.
    [[nodiscard]] virtual bool wants_body() const = 0;
    /// Largest body that is taken, decompressed.
    [[nodiscard]] virtual std::uint64_t body_limit() const = 0;
    /// Whether the body may take as long as it keeps coming.
    [[nodiscard]] virtual bool is_streaming() const = 0;

    /// The next piece of the body. A refusal ends the exchange.
    virtual Checked<void> on_body(std::string_view piece) = 0;
    /// The body is complete.
    virtual void on_body_end() = 0;
    /// After `Channel::wake`, and after pieces were sent. May be called without need.
    virtual void progress() = 0;
    /// The client is gone, or the server stops: what runs should end soon. The answer is still
    /// given.
    virtual void cancel() = 0;
};

}  // namespace riptide::http
