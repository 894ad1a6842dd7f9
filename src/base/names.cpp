#include "base/names.h"

#include <riptide/circuit_breaker.h>
#include <riptide/document.h>
#include <riptide/error.h>
#include <riptide/health.h>
#include <riptide/metrics.h>
#include <riptide/options.h>
#include <riptide/pooled_instance.h>

#include <array>

namespace riptide {
namespace {

// In the order of `ErrorClass`.
//                          name                http exit  counts attribute retry  falls back
constexpr std::array<ErrorTraits, kErrorClasses> kTraits = {{
    {"invalid-html", 422, 1, false, false, false, false},
    {"parse-error", 422, 1, false, false, false, false},
    {"resource-limit", 422, 6, false, false, false, false},
    {"unsupported-mode", 422, 2, false, false, false, false},
    {"too-large", 413, 6, false, false, false, false},
    {"internal-error", 500, 1, false, false, false, false},
    {"trap", 500, 1, false, true, false, true},
    {"timeout", 504, 6, false, true, true, true},
    {"memory-limit", 422, 6, false, true, false, true},
    {"engine-start", 503, 5, true, false, true, true},
    {"instantiation", 503, 5, true, false, true, true},
    {"host", 500, 5, true, false, true, true},
    {"overloaded", 503, 6, false, false, true, false},
    {"deadline-exceeded", 504, 6, false, false, true, false},
    {"cancelled", 499, 130, false, false, true, false},
    {"config", 500, 2, false, false, false, false},
    {"usage", 400, 2, false, false, false, false},
    {"io", 500, 4, false, false, true, false},
}};
static_assert(kTraits.size() == static_cast<std::size_t>(ErrorClass::kIo) + 1);

constexpr std::array<std::string_view, 4> kMediaKinds = {"image", "video", "audio", "embed"};
constexpr std::array<std::string_view, 6> kPageTypes = {"article", "listing",       "product",
                                                        "forum",   "documentation", "other"};
constexpr std::array<std::string_view, 7> kReasons = {
    "likely", "caption", "selected", "unlikely", "later-article", "no-prose", "not-selected"};
constexpr std::array<std::string_view, 4> kRulings = {"outside", "removed", "cleaned", "kept"};
constexpr std::array<std::string_view, 10> kMetadataFields = {
    "title",     "byline",      "published",     "modified",   "language",
    "site_name", "description", "canonical_url", "categories", "tags"};
constexpr std::array<std::string_view, 7> kOrigins = {"json-ld", "meta", "title-element", "heading",
                                                      "markup",  "text", "address"};
constexpr std::array<std::string_view, 2> kStatuses = {"ok", "empty"};
constexpr std::array<std::string_view, 6> kTruncations = {"depth",      "attributes", "nodes",
                                                          "formatting", "options",    "output"};
constexpr std::array<std::string_view, 2> kEngines = {"wasm", "native"};
constexpr std::array<std::string_view, 4> kModes = {"article", "full", "metadata", "custom"};
constexpr std::array<std::string_view, 3> kBreakerStates = {"closed", "open", "half-open"};
constexpr std::array<std::string_view, 4> kHealthLevels = {"healthy", "degraded", "unhealthy",
                                                           "critical"};
constexpr std::array<std::string_view, 3> kHealthTrends = {"improving", "stable", "degrading"};
constexpr std::array<std::string_view, 4> kMemoryPressures = {"low", "medium", "high", "critical"};
constexpr std::array<std::string_view, 3> kCanaryResults = {"not-run", "passed", "failed"};

constexpr std::array<std::string_view, kFallbackReasons> kFallbackReasonNames = {
    "breaker-open", "component-unavailable", "instantiation", "host", "trap",
    "timeout",      "memory-limit",          "faulty-page"};
constexpr std::array<std::string_view, kInstanceStates> kInstanceStateNames = {"free", "ready",
                                                                               "busy", "spent"};
constexpr std::array<std::string_view, kAotResults> kAotResultNames = {"hit", "miss", "rejected",
                                                                       "disabled"};

}  // namespace

const ErrorTraits& traits(ErrorClass error_class) noexcept {
    return kTraits[static_cast<std::size_t>(error_class)];
}
std::string_view to_string(Reason reason) noexcept {
    return kReasons[static_cast<std::size_t>(reason)];
}
std::string_view to_string(Ruling ruling) noexcept {
    return kRulings[static_cast<std::size_t>(ruling)];
}
std::string_view to_string(MetadataField field) noexcept {
    return kMetadataFields[static_cast<std::size_t>(field)];
}
std::string_view to_string(Origin origin) noexcept {
    return kOrigins[static_cast<std::size_t>(origin)];
}
std::string_view to_string(MediaKind kind) noexcept {
    return kMediaKinds[static_cast<std::size_t>(kind)];
}
std::string_view to_string(PageType type) noexcept {
    return kPageTypes[static_cast<std::size_t>(type)];
}
std::string_view to_string(Status status) noexcept {
    return kStatuses[static_cast<std::size_t>(status)];
}
std::string_view to_string(Truncation truncation) noexcept {
    return kTruncations[static_cast<std::size_t>(truncation)];
}
std::string_view to_string(Engine engine) noexcept {
    return kEngines[static_cast<std::size_t>(engine)];
}
std::string_view to_string(ExtractionMode mode) noexcept {
    return kModes[static_cast<std::size_t>(mode)];
}
std::optional<ExtractionMode> mode_named(std::string_view name) noexcept {
    for (std::size_t i = 0; i < kModes.size(); ++i) {
        if (kModes[i] == name) return static_cast<ExtractionMode>(i);
    }
    return std::nullopt;
}
std::string_view to_string(CircuitBreakerState state) noexcept {
    return kBreakerStates[static_cast<std::size_t>(state)];
}
std::string_view to_string(HealthLevel level) noexcept {
    return kHealthLevels[static_cast<std::size_t>(level)];
}
std::string_view to_string(HealthTrend trend) noexcept {
    return kHealthTrends[static_cast<std::size_t>(trend)];
}
std::string_view to_string(MemoryPressure pressure) noexcept {
    return kMemoryPressures[static_cast<std::size_t>(pressure)];
}
std::string_view to_string(CanaryResult result) noexcept {
    return kCanaryResults[static_cast<std::size_t>(result)];
}

std::string_view to_string(FallbackReason reason) noexcept {
    return kFallbackReasonNames[static_cast<std::size_t>(reason)];
}
std::string_view to_string(InstanceState state) noexcept {
    return kInstanceStateNames[static_cast<std::size_t>(state)];
}

std::string_view to_string(AotResult result) noexcept {
    return kAotResultNames[static_cast<std::size_t>(result)];
}

}  // namespace riptide
