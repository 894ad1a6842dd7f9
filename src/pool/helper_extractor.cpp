#include "pool/helper_extractor.h"

#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <span>
#include <stop_token>
#include <string>
#include <utility>

#include "pool/canary.h"
#include "pool/document_wire.h"
#include "pool/prepare.h"
#include "sys/stream.h"

namespace riptide {
namespace {

/// For the first helper to come up and read a page; a loaded machine is slow.
constexpr std::chrono::seconds kProofTime{10};

/// A helper that closed its socket is reaped within moments, and on a machine that has no processor
/// to spare later. The second bounds the wait where the deadline comes first.
constexpr std::chrono::milliseconds kReapTime{1000};
constexpr std::chrono::milliseconds kReapTimePastDeadline{3};

template <typename T>
std::span<std::byte> bytes_of(T& value) {
    return std::as_writable_bytes(std::span(&value, 1));
}

iovec part(const void* bytes, std::size_t size) { return {const_cast<void*>(bytes), size}; }

/// How the exchange with a helper ended: with an answer, or with what became of the helper.
struct Exchange {
    std::optional<Result<Document>> answer;
    std::optional<HelperDeath> death;  // empty without an answer: only the zygote knows
    SetupReport report;
    bool was_up = false;  // it reported that its sandbox stands
};

/// Reads an answer of any size a helper may send, and allocates only for what really came.
sys::Transfer receive_answer(int socket, std::uint64_t size, std::string& answer,
                             Deadline deadline) {
    constexpr std::size_t kPiece = std::size_t{1} << 20;
    while (answer.size() < size) {
        const std::size_t had = answer.size();
        const std::size_t piece = std::min<std::size_t>(std::max(kPiece, had), size - had);
        answer.resize(had + piece);
        const auto room = std::as_writable_bytes(std::span(answer).subspan(had));
        const sys::Transfer got = sys::receive_all(socket, room, deadline);
        if (got != sys::Transfer::kDone) return got;
    }
    return sys::Transfer::kDone;
}

Exchange ended_by(std::optional<HelperDeath> death, SetupReport report = {}) {
    Exchange exchange;
    exchange.death = death;
    exchange.report = report;
    return exchange;
}

Exchange ended(sys::Transfer transfer) {
    if (transfer == sys::Transfer::kTimedOut) return ended_by(HelperDeath::kDeadline);
    return ended_by(std::nullopt);
}

Exchange await_answer(int socket, Deadline deadline) {
    ResultHeader size{};
    if (const auto got = sys::receive_all(socket, bytes_of(size), deadline);
        got != sys::Transfer::kDone) {
        return ended(got);
    }
    if (size.size > kMaxResultBytes) return ended_by(HelperDeath::kMisbehaved);
    std::string answer;
    if (const auto got = receive_answer(socket, size.size, answer, deadline);
        got != sys::Transfer::kDone) {
        return ended(got);
    }
    Exchange exchange;
    exchange.answer = decode_result(answer);
    if (!exchange.answer) exchange.death = HelperDeath::kMisbehaved;
    return exchange;
}

/// Ends what is said on a socket, which outlives it, once a stop is requested.
class HangsUp {
public:
    HangsUp(int socket, const sys::StopTokens& stop)
        : on_caller_(token(stop.caller), HangUp{socket}),
          on_pool_(token(stop.pool), HangUp{socket}) {}

private:
    struct HangUp {
        int socket;
        void operator()() const { ::shutdown(socket, SHUT_RDWR); }
    };
    static std::stop_token token(const std::stop_token* given) {
        return given != nullptr ? *given : std::stop_token();
    }
    const std::stop_callback<HangUp> on_caller_;
    const std::stop_callback<HangUp> on_pool_;
};

Exchange exchange_with(int socket, std::string_view html, const ExtractOptions& options,
                       Deadline deadline, const sys::StopTokens& stop) {
    const HangsUp hangs_up(socket, stop);
    const std::string encoded = encode_options(options);
    const PageHeader header{encoded.size(), html.size()};
    std::array<iovec, 3> parts = {part(&header, sizeof header),
                                  part(encoded.data(), encoded.size()),
                                  part(html.data(), html.size())};
    const sys::Transfer sent = sys::send_all(socket, parts, deadline);
    if (sent == sys::Transfer::kTimedOut) return ended(sent);
    // A helper that closed its socket may have said why.
    SetupReport report;
    if (const auto got = sys::receive_all(socket, bytes_of(report), deadline);
        got != sys::Transfer::kDone) {
        return ended(got);
    }
    if (report.failed_step != sys::SandboxStep::kNone) {
        return ended_by(HelperDeath::kSetup, report);
    }
    Exchange exchange = await_answer(socket, deadline);
    exchange.was_up = true;
    return exchange;
}

/// How the helper ended, for which the zygote may have been asked. Once its sandbox stands, a
/// helper is the page's: that ends it with whatever code it likes, but can no longer fail to start
/// it.
HelperDeath death_of(const Exchange& exchange) {
    const HelperDeath told = exchange.death.value_or(HelperDeath::kMisbehaved);
    return exchange.was_up && told == HelperDeath::kSetup ? HelperDeath::kMisbehaved : told;
}

Error error_of(HelperDeath death, const SetupReport& report, const HelperSettings& settings) {
    switch (death) {
        case HelperDeath::kCrash:
            return {ErrorClass::kTrap, "the native fallback crashed on the page"};
        case HelperDeath::kForbiddenCall:
            return {ErrorClass::kTrap,
                    "the native fallback aborted, or made a system call that it may not make"};
        case HelperDeath::kMemory:
            return {ErrorClass::kMemoryLimit,
                    "the native fallback needed more than its " +
                        std::to_string(settings.memory_limit.count >> 20) + " MiB of memory"};
        case HelperDeath::kCpuTime:
        case HelperDeath::kDeadline:
            return {ErrorClass::kTimeout, "the native fallback was not done by the deadline"};
        case HelperDeath::kMisbehaved:
            return {ErrorClass::kInternalError,
                    "the native fallback ended without a document or an error"};
        case HelperDeath::kSetup:
            return {ErrorClass::kHost,
                    "the native fallback cannot be isolated: " +
                        sys::describe({report.failed_step, report.error_number})};
        case HelperDeath::kKilled:
            break;
    }
    return {ErrorClass::kHost,
            "the native fallback was killed from outside, maybe for want of memory"};
}

HelperPoolSettings pool_settings(const HelperSettings& settings, HelperWork work) {
    // A second more than any request has, so that the deadline is what a request hits.
    const auto cpu_time = std::chrono::ceil<std::chrono::seconds>(settings.extraction_timeout) +
                          std::chrono::seconds(1);
    return {settings.helpers,
            settings.max_waiting,
            {settings.memory_limit, cpu_time},
            {work, settings.program}};
}

}  // namespace

HelperSettings helper_settings(const ExtractorConfig& config) {
    HelperSettings settings;
    settings.helpers = std::clamp(config.max_pool_size, 1U, kMaxHelpers);
    settings.extraction_timeout = config.extraction_timeout;
    settings.memory_limit = Bytes{config.memory_limit.count * 2};
    settings.body_limit = config.body_limit;
    settings.program = config.helper_program;
    return settings;
}

Result<std::unique_ptr<HelperExtractor>> HelperExtractor::create(const HelperSettings& settings,
                                                                 HelperWork work) {
    const auto cannot_start = [](const Error& error) {
        return fail(ErrorClass::kEngineStart, error.detail);
    };
    if (settings.helpers < 1 || settings.helpers > kMaxHelpers) {
        return fail(ErrorClass::kEngineStart, "the native fallback has 1 to " +
                                                  std::to_string(kMaxHelpers) + " helpers, not " +
                                                  std::to_string(settings.helpers));
    }
    Result<std::unique_ptr<HelperPool>> pool = HelperPool::create(pool_settings(settings, work));
    if (!pool) return cannot_start(pool.error());
    std::unique_ptr<HelperExtractor> extractor(new HelperExtractor(settings, std::move(*pool)));
    const Result<Document> proof =
        extractor->run(kCanaryPage, ExtractOptions{}, Deadline::after(kProofTime), {});
    if (!proof) return cannot_start(proof.error());
    return extractor;
}

Result<Document> HelperExtractor::extract(const Request& request, Deadline deadline,
                                          const sys::StopTokens& stop) const {
    if (deadline.passed(Deadline::Clock::now())) {
        return fail(ErrorClass::kDeadlineExceeded, "the deadline passed before the page was read");
    }
    const Deadline bound = std::min(deadline, Deadline::after(settings_.extraction_timeout));
    // Here and not in the helper, as for the guest: one decoder, one set of errors, and a helper
    // that needs neither the detector's tables nor its allocations.
    const Result<text::DecodedPage> page = prepare(request, settings_.body_limit);
    if (!page) return tl::unexpected(page.error());
    Result<Document> document = run(page->utf8(), request.options, bound, stop);
    if (document) {
        document->engine = Engine::kNative;
        document->encoding = page->encoding();
    }
    return document;
}

Result<Document> HelperExtractor::run(std::string_view html, const ExtractOptions& options,
                                      Deadline deadline, const sys::StopTokens& stop) const {
    Result<Helper> helper = pool_->take(deadline, stop);
    if (!helper) return tl::unexpected(std::move(helper.error()));
    Exchange exchange = exchange_with(helper->socket.get(), html, options, deadline, stop);
    if (exchange.answer) {
        pool_->hand_back(std::move(*helper));
        return std::move(*exchange.answer);
    }
    if (stop.requested()) {
        pool_->give_up(std::move(*helper), HelperDeath::kDeadline);
        return fail(ErrorClass::kCancelled, "the caller gave up");
    }
    if (!exchange.death) {
        const Deadline::Duration left = std::max<Deadline::Duration>(
            deadline.left(Deadline::Clock::now()), kReapTimePastDeadline);
        exchange.death = pool_->await_death(
            *helper, Deadline::after(std::min<Deadline::Duration>(left, kReapTime)));
    }
    const HelperDeath death = death_of(exchange);
    pool_->give_up(std::move(*helper), death);
    return tl::unexpected(error_of(death, exchange.report, settings_));
}

}  // namespace riptide
