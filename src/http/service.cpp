#include "http/service.h"

#include <algorithm>
#include <bit>
#include <utility>

namespace riptide::http {
namespace {

constexpr std::size_t kRecentErrors = 50;
/// Pages of the largest size that may be there at once, beside one for each instance.
constexpr std::uint64_t kSparePages = 24;
/// Of memory for pages, to be worth a look through all of the heap.
constexpr std::uint64_t kMuch = std::uint64_t{64} << 20;

Bytes page_memory_limit(const ExtractorConfig& config) {
    return {config.body_limit.count * (config.max_pool_size + kSparePages)};
}

}  // namespace

bool PageMemory::Share::grow_to(std::uint64_t size) {
    const std::uint64_t bytes = std::min(std::bit_ceil(size), memory_.limit_);
    if (bytes <= bytes_) return true;
    const std::uint64_t more = bytes - bytes_;
    const std::uint64_t used = memory_.used_.fetch_add(more) + more;
    if (used > memory_.limit_) {
        memory_.used_.fetch_sub(more);
        return false;
    }
    std::uint64_t most = memory_.most_;
    while (used > most && !memory_.most_.compare_exchange_weak(most, used)) {
    }
    bytes_ = bytes;
    return true;
}

bool PageMemory::has_ebbed() {
    const std::uint64_t used = used_;
    if (most_ < used + kMuch) return false;
    most_ = used;
    return true;
}

Service::Service(const InstancePool& pool, sys::Log& log, std::string version,
                 ServiceSettings settings)
    : pool_(pool),
      log_(log),
      version_(std::move(version)),
      page_memory_(page_memory_limit(settings.extractor)),
      settings_(std::make_shared<const ServiceSettings>(std::move(settings))) {}

std::shared_ptr<const ServiceSettings> Service::settings() const {
    const sys::MutexLock lock(mutex_);
    return settings_;
}

void Service::replace_settings(ServiceSettings settings) {
    auto fresh = std::make_shared<const ServiceSettings>(std::move(settings));
    const sys::MutexLock lock(mutex_);
    settings_ = std::move(fresh);
}

bool Service::is_ready() const {
    if (is_draining_) return false;
    if (settings()->extractor.enable_fallback) return true;
    return pool_.health().sandbox_error.empty() &&
           pool_.circuit_breaker().state != CircuitBreakerState::kOpen;
}

void Service::note_error(const Error& error, const std::string& request_id) {
    io::RecentError entry{std::chrono::steady_clock::now(), error.error_class, error.detail,
                          request_id};
    const sys::MutexLock lock(mutex_);
    recent_errors_.push_front(std::move(entry));
    if (recent_errors_.size() > kRecentErrors) recent_errors_.pop_back();
}

io::PoolFigures Service::pool_figures() const {
    return {pool_.metrics(), pool_.health(), pool_.circuit_breaker()};
}

io::ServiceFigures Service::figures() const {
    return {pool_figures(), counters_.figures(), sys::process_figures(), log_.figures(), version_};
}

io::AdminStatus Service::status() const {
    io::AdminStatus out;
    out.pool = pool_figures();
    out.instances = pool_.instances();
    out.configuration = settings()->shown;
    out.version = version_;
    out.now = std::chrono::steady_clock::now();
    out.wall_clock_now = std::chrono::system_clock::now();
    out.uptime = out.now - start_;
    out.http = counters_.figures();
    out.draining = is_draining_;
    const sys::MutexLock lock(mutex_);
    out.recent_errors.assign(recent_errors_.begin(), recent_errors_.end());
    return out;
}

}  // namespace riptide::http
