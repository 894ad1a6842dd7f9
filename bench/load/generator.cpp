#include "load/generator.h"

#include <sys/epoll.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>

#include "load/connection.h"
#include "load/processor_time.h"
#include "load/schedule.h"
#include "sys/file.h"

namespace riptide::load {
namespace {

constexpr Bytes kLargestPage = Bytes::mib(64);
/// How long a slot waits before it connects again after a failure.
constexpr std::chrono::milliseconds kReconnect{20};
/// How often the time is looked at when nothing happens.
constexpr std::chrono::milliseconds kTick{5};

std::string head(const Options& options, std::string_view method) {
    return std::string(method) + " " + options.path +
           " HTTP/1.1\r\nHost: " + to_string(options.server) + "\r\nAccept: " + options.accept +
           "\r\n";
}

Result<std::vector<std::string>> make_requests(const Options& options) {
    std::vector<std::string> requests;
    for (const std::string& file : options.page_files) {
        const auto page = sys::read_file(file, kLargestPage);
        if (!page) return tl::unexpected(page.error());
        std::string request =
            head(options, "POST") +
            "Content-Type: text/html\r\nContent-Length: " + std::to_string(page->size()) +
            "\r\n\r\n";
        request.append(page->begin(), page->end());
        requests.push_back(std::move(request));
    }
    if (requests.empty()) requests.push_back(head(options, "GET") + "\r\n");
    return requests;
}

class Generator {
public:
    Generator(const Options& options, std::vector<std::string> requests)
        : options_(options),
          requests_(std::move(requests)),
          slots_(options.connections),
          start_(Clock::now()),
          measured_from_(start_ + options.warm_up),
          end_(measured_from_ + options.duration) {
        if (options.rate > 0) schedule_.emplace(start_, options.rate);
        const auto expected =
            static_cast<std::size_t>(options.rate * static_cast<double>(options.duration.count()));
        measured_.latencies.reserve(std::min<std::size_t>(expected, kMostRequests));
    }

    Measured run();

private:
    struct Slot {
        std::unique_ptr<Connection> connection;
        Clock::time_point connect_at;
        std::uint32_t watched = 0;  // events
    };

    [[nodiscard]] bool may_send(Clock::time_point now) const {
        return now < end_ && sent_ < options_.requests;
    }
    [[nodiscard]] bool is_busy() const {
        return std::ranges::any_of(slots_, [](const Slot& slot) {
            return slot.connection != nullptr && !slot.connection->is_idle();
        });
    }
    void connect(Slot& slot, Clock::time_point now);
    void watch(Slot& slot);
    void send_what_is_due(Clock::time_point now);
    void send(Slot& slot, Clock::time_point due);
    void wait(Clock::time_point now);
    void handle(Slot& slot, Progress progress);
    void drop(Slot& slot);
    void expire(Clock::time_point now);

    const Options& options_;
    const std::vector<std::string> requests_;
    std::vector<Slot> slots_;
    sys::FileDescriptor epoll_{epoll_create1(EPOLL_CLOEXEC)};
    sys::FileDescriptor timer_{timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK)};
    const Clock::time_point start_;
    const Clock::time_point measured_from_;
    const Clock::time_point end_;
    std::optional<Schedule> schedule_;
    std::vector<Slot*> idle_;
    std::uint64_t sent_ = 0;
    Measured measured_;
};

void Generator::connect(Slot& slot, Clock::time_point now) {
    slot.connection = Connection::open(options_.server);
    if (slot.connection == nullptr) {
        ++measured_.failed_connections;
        slot.connect_at = now + kReconnect;
        return;
    }
    slot.watched = 0;
    watch(slot);
    idle_.push_back(&slot);
}

void Generator::watch(Slot& slot) {
    epoll_event event{};
    event.events = EPOLLIN;
    if (slot.connection->wants_to_write()) event.events |= EPOLLOUT;
    if (event.events == slot.watched) return;
    event.data.ptr = &slot;
    const int operation = slot.watched == 0 ? EPOLL_CTL_ADD : EPOLL_CTL_MOD;
    epoll_ctl(epoll_.get(), operation, slot.connection->socket(), &event);
    slot.watched = event.events;
}

void Generator::drop(Slot& slot) {
    std::erase(idle_, &slot);
    slot.connection.reset();
    slot.connect_at = Clock::now();
}

void Generator::send(Slot& slot, Clock::time_point due) {
    const std::string& request = requests_[sent_++ % requests_.size()];
    handle(slot, slot.connection->send(request, due));
}

void Generator::send_what_is_due(Clock::time_point now) {
    while (!idle_.empty() && may_send(now)) {
        if (schedule_ && schedule_->next() > now) return;
        Slot& slot = *idle_.back();
        idle_.pop_back();
        send(slot, schedule_ ? schedule_->take() : now);
    }
}

void Generator::handle(Slot& slot, Progress progress) {
    if (progress == Progress::kWaiting) {
        watch(slot);
        return;
    }
    Connection& connection = *slot.connection;
    const auto now = Clock::now();
    if (progress == Progress::kFailed) {
        // An idle connection that the server closes is no answer that is missing.
        if (!connection.is_idle()) {
            ++measured_.failed_connections;
            slot.connect_at = now + kReconnect;
        }
        drop(slot);
        return;
    }
    if (connection.due() >= measured_from_) {
        measured_.latencies.push_back(now - connection.due());
        ++measured_.statuses[connection.status()];
    }
    if (connection.stays_open()) {
        idle_.push_back(&slot);
    } else {
        drop(slot);
    }
}

void Generator::wait(Clock::time_point now) {
    Clock::time_point until = now + kTick;
    if (schedule_ && !idle_.empty() && may_send(now)) until = std::min(until, schedule_->next());
    const auto left = std::max<std::chrono::nanoseconds>(until - now, std::chrono::nanoseconds(1));
    const itimerspec timer{{}, {0, left.count()}};
    timerfd_settime(timer_.get(), 0, &timer, nullptr);
    std::array<epoll_event, 256> events;
    const int count = epoll_wait(epoll_.get(), events.data(), static_cast<int>(events.size()), -1);
    for (int i = 0; i < count; ++i) {
        auto* slot = static_cast<Slot*>(events[static_cast<std::size_t>(i)].data.ptr);
        if (slot == nullptr) {
            std::uint64_t expirations = 0;
            (void)!read(timer_.get(), &expirations, sizeof(expirations));
        } else if (slot->connection != nullptr) {
            handle(*slot, slot->connection->advance());
        }
    }
}

void Generator::expire(Clock::time_point now) {
    for (Slot& slot : slots_) {
        if (slot.connection == nullptr || slot.connection->is_idle()) continue;
        if (now - slot.connection->sent_at() < options_.timeout) continue;
        ++measured_.timeouts;
        drop(slot);
    }
}

Measured Generator::run() {
    epoll_event event{};
    event.events = EPOLLIN;
    epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, timer_.get(), &event);
    auto looked_at = start_;
    struct ProcessorTimes {
        std::optional<std::chrono::nanoseconds> server;
        std::chrono::nanoseconds generator;
    };
    const auto times = [this] {
        const int server = options_.server_process;
        return ProcessorTimes{server == 0 ? std::nullopt : processor_time(server),
                              own_processor_time()};
    };
    std::optional<ProcessorTimes> before;
    for (auto now = Clock::now(); may_send(now) || is_busy(); now = Clock::now()) {
        for (Slot& slot : slots_) {
            if (slot.connection == nullptr && now >= slot.connect_at && may_send(now)) {
                connect(slot, now);
            }
        }
        if (!before && now >= measured_from_) before = times();
        send_what_is_due(now);
        wait(now);
        if (now - looked_at > kTick) {
            expire(now);
            looked_at = now;
        }
    }
    if (schedule_ && sent_ < options_.requests) measured_.unsent = schedule_->behind(end_);
    if (before) {
        const ProcessorTimes after = times();
        if (before->server && after.server) measured_.server_cpu = *after.server - *before->server;
        measured_.generator_cpu = after.generator - before->generator;
    }
    measured_.elapsed = std::min(Clock::now(), end_) - measured_from_;
    return std::move(measured_);
}

}  // namespace

Result<Measured> run(const Options& options) {
    Result<std::vector<std::string>> requests = make_requests(options);
    if (!requests) return tl::unexpected(std::move(requests.error()));
    Measured measured = Generator(options, std::move(*requests)).run();
    if (measured.latencies.empty() && measured.failed_connections > 0) {
        return fail(ErrorClass::kIo,
                    "no answer from " + to_string(options.server) + ": connections failed");
    }
    return measured;
}

}  // namespace riptide::load
