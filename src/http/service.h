/// What all requests are served from.
#pragma once

#include <riptide/instance_pool.h>

#include <atomic>
#include <chrono>
#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "config/service_config.h"
#include "http/http_counters.h"
#include "http/rate_limiter.h"
#include "io/status_json.h"
#include "sys/log.h"
#include "sys/mutex.h"

namespace riptide::http {

/// What is in force; replaced as a whole when the configuration is loaded anew.
struct ServiceSettings {
    config::ServiceConfig service;
    ExtractorConfig extractor;
    std::vector<io::SettingInForce> shown;  ///< To an operator.
};

/// Bounds the memory that pages of requests in progress take together. Thread-safe.
class PageMemory {
public:
    explicit PageMemory(Bytes limit) : limit_(limit.count) {}

    /// A share of it, given back when it goes.
    class Share {
    public:
        explicit Share(PageMemory& memory) : memory_(memory) {}
        Share(const Share&) = delete;
        Share& operator=(const Share&) = delete;
        ~Share() { memory_.used_.fetch_sub(bytes_); }
        /// For a text of so many bytes that grows, and so has room for the next power of two.
        /// False, and nothing changes, when there is not so much left.
        [[nodiscard]] bool grow_to(std::uint64_t size);

    private:
        PageMemory& memory_;
        std::uint64_t bytes_ = 0;
    };

    /// Whether much less is used than at some time since it last said so. For one thread.
    [[nodiscard]] bool has_ebbed();

private:
    const std::uint64_t limit_;
    std::atomic<std::uint64_t> used_{0};
    std::atomic<std::uint64_t> most_{0};
};

/// Thread-safe. What it is given must outlive it.
class Service {
public:
    Service(const InstancePool& pool, sys::Log& log, std::string version, ServiceSettings settings);

    [[nodiscard]] const InstancePool& pool() const { return pool_; }
    sys::Log& log() { return log_; }
    HttpCounters& counters() { return counters_; }
    PageMemory& page_memory() { return page_memory_; }
    RateLimiter& rate_limiter() { return rate_limiter_; }

    [[nodiscard]] std::shared_ptr<const ServiceSettings> settings() const;
    void replace_settings(ServiceSettings settings);

    /// From now on it is not ready, and connections are closed after their answer.
    void begin_drain() { is_draining_ = true; }
    [[nodiscard]] bool is_draining() const { return is_draining_; }
    /// Whether requests should be sent here: it is not stopping, and a page can be extracted.
    [[nodiscard]] bool is_ready() const;

    /// Remembers the error for the operator.
    void note_error(const Error& error, const std::string& request_id);
    [[nodiscard]] io::PoolFigures pool_figures() const;
    [[nodiscard]] io::ServiceFigures figures() const;
    [[nodiscard]] io::AdminStatus status() const;

private:
    const InstancePool& pool_;
    sys::Log& log_;
    const std::string version_;
    const std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
    HttpCounters counters_;
    PageMemory page_memory_;
    RateLimiter rate_limiter_;
    std::atomic<bool> is_draining_{false};
    mutable sys::Mutex mutex_;
    std::shared_ptr<const ServiceSettings> settings_ RIPTIDE_GUARDED_BY(mutex_);
    std::deque<io::RecentError> recent_errors_ RIPTIDE_GUARDED_BY(mutex_);
};

}  // namespace riptide::http
