#include "pool/guard.h"

#include <algorithm>
#include <random>

#include "pool/prepare.h"

namespace riptide {
namespace {

using Clock = Deadline::Clock;

CircuitBreakerSettings breaker_settings(const ExtractorConfig& config) {
    return {config.circuit_breaker_failure_threshold, config.circuit_breaker_timeout};
}

}  // namespace

std::optional<FallbackReason> fallback_reason(ErrorClass error_class) {
    if (!traits(error_class).falls_back) return std::nullopt;
    switch (error_class) {
        case ErrorClass::kTrap:
            return FallbackReason::kTrap;
        case ErrorClass::kTimeout:
            return FallbackReason::kTimeout;
        case ErrorClass::kMemoryLimit:
            return FallbackReason::kMemoryLimit;
        case ErrorClass::kInstantiation:
            return FallbackReason::kInstantiation;
        case ErrorClass::kEngineStart:
            return FallbackReason::kComponentUnavailable;
        default:
            return FallbackReason::kHostError;
    }
}

Guard::Guard(const ExtractorConfig& config, const Guarded& guarded, const GuardSecrets& secrets)
    : config_(config),
      guarded_(guarded),
      breaker_(breaker_settings(config), std::mt19937_64(secrets.jitter_seed), Clock::now()),
      faulty_pages_(secrets.page_key) {}

Result<Document> Guard::extract(const Request& request, Deadline deadline,
                                const sys::StopTokens& stop, Admission::Permit permit) {
    std::optional<Admission::Permit> held(std::move(permit));
    const Clock::time_point start = Clock::now();
    const Result<text::DecodedPage> page = prepare(request, config_.body_limit);
    if (!page) return tl::unexpected(page.error());
    const Clock::time_point decoded = Clock::now();
    Attempt attempt = try_sandbox(page->utf8(), request, deadline, stop);
    held.reset();
    Result<Document> result = std::move(attempt.result);
    if (result) {
        result->encoding = page->encoding();
    } else if (attempt.fall_back && guarded_.fallback != nullptr) {
        result = fall_back(*attempt.fall_back, result.error(), request, deadline, stop);
    }
    if (request.timings != nullptr) {
        request.timings->decode = decoded - start;
        request.timings->guest = Clock::now() - decoded;
    }
    return result;
}

Guard::Attempt Guard::try_sandbox(std::string_view html, const Request& request, Deadline deadline,
                                  const sys::StopTokens& stop) {
    if (guarded_.runtime == nullptr) {
        return {fail(ErrorClass::kEngineStart, "the sandbox could not start"),
                FallbackReason::kComponentUnavailable};
    }
    if (guarded_.fallback != nullptr && faulty_pages_.contains(request.bytes)) {
        return {fail(ErrorClass::kTrap, "the page brought the guest down before"),
                FallbackReason::kFaultyPage};
    }
    std::optional<SharedCircuitBreaker::Permit> permit = breaker_.admit(Clock::now());
    if (!permit) {
        return {fail(ErrorClass::kInstantiation, "the circuit breaker is open: no guest runs"),
                FallbackReason::kBreakerOpen};
    }
    const std::uint64_t generation = faulty_pages_.generation();
    Result<WarmPool::Lease> lease = guarded_.runtime->slots().lease();
    if (!lease) {
        permit->report(CallOutcome::kEngineFailure, Clock::now(), lease.error().detail);
        return {tl::unexpected(std::move(lease.error())), FallbackReason::kInstantiation};
    }
    const Deadline own =
        config_.enable_epoch_timeouts ? Deadline::after(config_.epoch_timeout) : Deadline::never();
    Result<Document> document = lease->call(html, request.options, std::min(deadline, own), stop);
    guarded_.recorder.called(lease->memory_use());
    {
        // The store goes before the canary needs one.
        const WarmPool::Lease done(std::move(*lease));
    }
    if (document) {
        permit->report(CallOutcome::kSuccess, Clock::now());
        return {std::move(document), std::nullopt};
    }
    const Error& error = document.error();
    if (error.error_class == ErrorClass::kTimeout) {
        guarded_.recorder.timed_out();
        // A request that left the guest less than its due says nothing of page or engine.
        if (deadline < own) return {std::move(document), std::nullopt};
    }
    const std::optional<FallbackReason> reason = fallback_reason(error.error_class);
    attribute(error, request.bytes, generation, std::move(*permit));
    return {std::move(document), reason};
}

void Guard::attribute(const Error& error, std::string_view page, std::uint64_t generation,
                      SharedCircuitBreaker::Permit permit) {
    const ErrorTraits& meaning = traits(error.error_class);
    if (meaning.breaker_counts) {
        permit.report(CallOutcome::kEngineFailure, Clock::now(), error.detail);
    } else if (meaning.attribute_first) {
        const Result<void> canary = guarded_.runtime->try_canary();
        if (canary) {
            faulty_pages_.remember(page, generation);
            permit.report(CallOutcome::kNeutral, Clock::now());
        } else {
            permit.report(CallOutcome::kEngineFailure, Clock::now(), canary.error().detail);
        }
    }
    // Any other error is the page's own, or nobody's: the permit goes without a result.
}

Result<Document> Guard::fall_back(FallbackReason reason, const Error& cause, const Request& request,
                                  Deadline deadline, const sys::StopTokens& stop) const {
    // Not all that leads here asked, and not every fallback does.
    if (stop.requested()) return fail(ErrorClass::kCancelled, "the caller gave up");
    guarded_.recorder.fell_back(reason);
    Result<Document> document = guarded_.fallback->extract(request, deadline, stop);
    if (document) {
        document->fallback_reason = to_string(reason);
    } else {
        document.error().detail += " (the sandbox had failed first: " + cause.detail + ")";
    }
    return document;
}

void Guard::probe() {
    if (guarded_.runtime == nullptr) return;
    while (auto permit = breaker_.admit_canary(Clock::now())) {
        const Result<void> canary = guarded_.runtime->try_canary();
        permit->report(canary ? CallOutcome::kSuccess : CallOutcome::kEngineFailure, Clock::now(),
                       canary ? std::string() : canary.error().detail);
    }
}

}  // namespace riptide
