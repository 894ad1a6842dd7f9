/// The HTTP server: its listeners and I/O threads.
#pragma once

#include <riptide/error.h>

#include <memory>
#include <string>
#include <vector>

#include "config/address.h"
#include "http/service.h"

namespace riptide::http {

/// Accepts connections and deals them out to its I/O threads in turn. Thread-safe.
class Server {
public:
    /// Listens where the service's settings say, and begins to serve. Raises the process's limit of
    /// descriptors as far as it may; where that is too low, fewer connections are served than the
    /// settings say, which is a warning in the log. `service` must outlive it,
    /// and the service's pool must have been shut down when it goes. Error: `kIo`, with a sentence
    /// that says which address cannot be had, and why.
    static Result<std::unique_ptr<Server>> start(Service& service);
    /// As `stop`.
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    /// Where it listens: the real ports.
    [[nodiscard]] std::vector<config::Address> addresses() const;

    /// Takes the connections that wait to be taken, and none after that. Each is served the request
    /// that it sends, and closed.
    void drain();
    /// Whether all is served after `drain`.
    [[nodiscard]] bool is_drained() const;
    /// Closes all connections, cancels what runs for them, and ends the threads.
    void stop();

private:
    struct Impl;
    explicit Server(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace riptide::http
