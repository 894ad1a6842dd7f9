#include "http/problem.h"

#include <algorithm>
#include <utility>

#include "config/printable.h"
#include "http/characters.h"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

namespace riptide::http {
namespace {

constexpr std::uint16_t kUnavailable = 503;
constexpr std::uint16_t kTooManyRequests = 429;

std::string in_words(std::uint16_t status) {
    std::string words(reason_phrase(status));
    std::ranges::transform(words, words.begin(),
                           [](char c) { return c == ' ' ? '-' : to_lower(c); });
    return words;
}

Response make(std::uint16_t status, std::string_view error_class, std::string_view detail,
              std::string_view request_id) {
    Response response;
    response.status = status;
    response.content_type = "application/problem+json";
    response.body = boost::json::serialize(boost::json::object{
        {"type", "urn:riptide:problem:" + std::string(error_class)},
        {"title", reason_phrase(status)},
        {"status", status},
        // It may name what the client wrote, which need not be UTF-8.
        {"detail", config::printable(detail)},
        {"class", error_class},
        {"request_id", request_id},
    });
    return response;
}

Response with_retry(Response response) {
    response.fields.emplace_back("Retry-After", "1");
    return response;
}

}  // namespace

Response problem(const Error& error, std::string_view request_id) {
    const ErrorTraits& meaning = traits(error.error_class);
    Response response = make(meaning.http_status, meaning.name, error.detail, request_id);
    return meaning.retryable ? with_retry(std::move(response)) : response;
}

Response problem(const Refusal& refusal, std::string_view request_id) {
    Response response = make(refusal.status, in_words(refusal.status), refusal.detail, request_id);
    const bool may_pass = refusal.status == kUnavailable || refusal.status == kTooManyRequests;
    return may_pass ? with_retry(std::move(response)) : response;
}

}  // namespace riptide::http
