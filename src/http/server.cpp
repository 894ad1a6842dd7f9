#include "http/server.h"

#include <algorithm>
#include <atomic>
#include <optional>
#include <thread>

#include "http/connection.h"
#include "http/listener.h"
#include "http/places.h"
#include "http/worker.h"
#include "sys/descriptors.h"
#include "sys/thread.h"

#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/system/system_error.hpp>

namespace riptide::http {
namespace {

namespace asio = boost::asio;

/// For connections that are being opened when a drain begins.
constexpr std::chrono::milliseconds kHandshakes{20};

ClientKey client_of(const Socket& socket) {
    boost::system::error_code gone;
    asio::ip::address address = socket.remote_endpoint(gone).address();
    // So a listener for both versions tells IPv4 clients.
    if (address.is_v6() && address.to_v6().is_v4_mapped()) {
        address = asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6());
    }
    if (address.is_v4()) return address.to_v4().to_uint();
    ClientKey key = 0;
    const asio::ip::address_v6::bytes_type bytes = address.to_v6().to_bytes();
    for (std::size_t i = 0; i < sizeof key; ++i) key = key << 8 | bytes.at(i);
    return key;
}

}  // namespace

struct Server::Impl {
    explicit Impl(Service& the_service) : service(the_service) {}

    Result<void> listen(const config::Address& address, ListenerRole role);
    void take(Socket socket, Arrival arrival);
    template <typename Do>
    void for_each_connection(const Do& act);
    void close_listeners();

    Service& service;
    const Allowance allowed = allowance(sys::raise_descriptor_limit());
    Places places;        // of the first listener
    Places admin_places;  // of the admin listener
    std::vector<std::unique_ptr<Worker>> workers;
    std::vector<asio::executor_work_guard<Executor>> guards;
    std::vector<std::unique_ptr<Listener>> listeners;  // on the first worker's thread
    std::vector<config::Address> addresses;
    std::size_t turn = 0;  // likewise
    std::optional<asio::basic_waitable_timer<
        std::chrono::steady_clock, asio::wait_traits<std::chrono::steady_clock>, Executor>>
        handshakes;  // likewise
    std::atomic<bool> is_closed{false};
    std::vector<std::unique_ptr<sys::Thread>> threads;  // last: work on all of the above
};

Result<void> Server::Impl::listen(const config::Address& address, ListenerRole role) {
    const Arrival arrival{role, config::is_loopback(address)};
    auto listener = std::make_unique<Listener>(
        workers.front()->context,
        [this] { return workers[turn++ % workers.size()]->context.get_executor(); },
        [this, arrival](Socket socket) { take(std::move(socket), arrival); });
    if (Result<void> opened = listener->open(address); !opened) return opened;
    addresses.push_back(listener->address());
    listeners.push_back(std::move(listener));
    return {};
}

void Server::Impl::take(Socket socket, Arrival arrival) {
    HttpCounters& counters = service.counters();
    const bool is_admin = arrival.listener == ListenerRole::kAdmin;
    const std::uint32_t limit =
        is_admin ? allowed.admin
                 : std::min(allowed.clients, service.settings()->service.max_connections);
    auto place = (is_admin ? admin_places : places).take(limit, allowed.extra);
    if (!place) {
        counters.refused(io::HttpRefusal::kConnectionLimit);
        return;
    }
    counters.connection_accepted();
    const auto owner = std::ranges::find_if(workers, [&socket](const auto& worker) {
        return worker->context.get_executor() == socket.get_executor();
    });
    Worker& worker = **owner;
    arrival.client = client_of(socket);
    asio::post(worker.context, [socket = std::move(socket), arrival, &worker,
                                place = std::move(*place)]() mutable {
        std::make_shared<Connection>(worker, std::move(socket), arrival, std::move(place))->start();
    });
}

template <typename Do>
void Server::Impl::for_each_connection(const Do& act) {
    for (const std::unique_ptr<Worker>& worker : workers) {
        asio::post(worker->context, [&all = worker->connections, act] {
            // Some of them may go meanwhile.
            std::vector<std::shared_ptr<Connection>> held;
            for (Connection* connection : all) {
                if (auto alive = connection->weak_from_this().lock()) held.push_back(alive);
            }
            for (const auto& connection : held) act(*connection);
        });
    }
}

void Server::Impl::close_listeners() {
    for (const auto& listener : listeners) listener->finish();
    // After what the listeners accepted last has been taken.
    asio::post(workers.front()->context, [this] {
        for_each_connection([](Connection& connection) { connection.drain(); });
        is_closed = true;
    });
}

Server::Server(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Result<std::unique_ptr<Server>> Server::start(Service& service) {
    auto impl = std::make_unique<Impl>(service);
    const config::ServiceConfig config = service.settings()->service;
    if (impl->allowed.clients < config.max_connections) {
        service.log().write(sys::LogLevel::kWarning,
                            "fewer connections than RIPTIDE_MAX_CONNECTIONS",
                            {{"connections", std::int64_t{impl->allowed.clients}},
                             {"because", "too few file descriptors (ulimit -n, LimitNOFILE)"}});
    }
    try {
        for (std::uint32_t i = 0; i < config.io_threads; ++i) {
            Worker& worker = *impl->workers.emplace_back(std::make_unique<Worker>(service));
            impl->guards.emplace_back(worker.context.get_executor());
        }
    } catch (const boost::system::system_error& error) {
        return fail(ErrorClass::kIo,
                    "cannot watch connections: " + error.code().message() + " (ulimit -n)");
    }
    impl->handshakes.emplace(impl->workers.front()->context.get_executor());
    const bool has_admin = !config.admin_listen.host.empty();
    Result<void> listening =
        impl->listen(config.listen, has_admin ? ListenerRole::kPublic : ListenerRole::kOnly);
    if (listening && has_admin) {
        listening = impl->listen(config.admin_listen, ListenerRole::kAdmin);
    }
    if (!listening) return tl::unexpected(std::move(listening.error()));
    for (const auto& listener : impl->listeners) listener->start();
    std::unique_ptr<Server> server(new Server(std::move(impl)));
    for (const std::unique_ptr<Worker>& worker : server->impl_->workers) {
        auto thread =
            sys::Thread::start("riptide-io", [&context = worker->context] { context.run(); });
        if (!thread) return tl::unexpected(std::move(thread.error()));
        server->impl_->threads.push_back(std::move(*thread));
    }
    return server;
}

Server::~Server() { stop(); }

std::vector<config::Address> Server::addresses() const { return impl_->addresses; }

void Server::drain() {
    impl_->service.begin_drain();
    asio::post(impl_->workers.front()->context, [impl = impl_.get()] {
        for (const auto& listener : impl->listeners) listener->hold_off();
        impl->handshakes->expires_after(kHandshakes);
        impl->handshakes->async_wait([impl](const boost::system::error_code& stopped) {
            if (!stopped) impl->close_listeners();
        });
    });
}

bool Server::is_drained() const {
    return impl_->is_closed && impl_->service.counters().open_connections() == 0;
}

void Server::stop() {
    if (impl_->threads.empty()) return;
    asio::post(impl_->workers.front()->context, [impl = impl_.get()] {
        for (const auto& listener : impl->listeners) listener->finish();
        impl->for_each_connection([](Connection& connection) { connection.close(); });
        impl->handshakes->cancel();
        impl->guards.clear();
    });
    impl_->threads.clear();
}

}  // namespace riptide::http
