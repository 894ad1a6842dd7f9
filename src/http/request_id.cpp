#include "http/request_id.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>

#include "http/characters.h"
#include "sys/entropy.h"

namespace riptide::http {
namespace {

constexpr std::size_t kLongestId = 128;

/// Different for different numbers. Source: Steele, Lea, Flood, "Fast splittable pseudorandom
/// number generators", 2014.
std::uint64_t mix(std::uint64_t number) {
    number = (number ^ (number >> 30)) * 0xbf58476d1ce4e5b9U;
    number = (number ^ (number >> 27)) * 0x94d049bb133111ebU;
    return number ^ (number >> 31);
}

std::uint64_t seed() {
    const Result<std::uint64_t> random = sys::random_bits();
    if (random) return *random;
    return static_cast<std::uint64_t>(std::chrono::system_clock::now().time_since_epoch().count());
}

/// Lower-case hexadecimal digits, not all of them zero.
bool is_hex_id(std::string_view text) {
    return std::ranges::all_of(text,
                               [](char c) { return is_digit(c) || (c >= 'a' && c <= 'f'); }) &&
           text.find_first_not_of('0') != std::string_view::npos;
}

}  // namespace

bool is_request_id(std::string_view text) {
    return !text.empty() && text.size() <= kLongestId && std::ranges::all_of(text, [](char c) {
        return is_ascii_alphanumeric(c) ||
               std::string_view("-_.:/+=").find(c) != std::string_view::npos;
    });
}

std::string make_request_id() {
    static std::atomic<std::uint64_t> next{seed()};
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::uint64_t number = mix(next.fetch_add(0x9e3779b97f4a7c15U, std::memory_order_relaxed));
    std::string id(16, '0');
    for (char& digit : id) {
        digit = kDigits[number & 15U];
        number >>= 4;
    }
    return id;
}

bool is_traceparent(std::string_view text) {
    constexpr std::size_t kSize = 55;
    if (text.size() != kSize || !text.starts_with("00-") || text[35] != '-' || text[52] != '-') {
        return false;
    }
    return is_hex_id(text.substr(3, 32)) && is_hex_id(text.substr(36, 16)) &&
           hex_value(text[53]) >= 0 && hex_value(text[54]) >= 0;
}

}  // namespace riptide::http
