#include "config/address.h"

#include <arpa/inet.h>

#include <array>
#include <charconv>

namespace riptide::config {
namespace {

bool is_address(int family, const std::string& host) {
    std::array<unsigned char, sizeof(in6_addr)> binary;
    return inet_pton(family, host.c_str(), binary.data()) == 1;
}

std::optional<std::uint16_t> parse_port(std::string_view text) {
    std::uint16_t port = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return port;
}

bool is_v6(const Address& address) { return address.host.find(':') != std::string::npos; }

}  // namespace

std::optional<Address> parse_address(std::string_view text) {
    const std::size_t colon = text.rfind(':');
    if (colon == std::string_view::npos) return std::nullopt;
    const auto port = parse_port(text.substr(colon + 1));
    if (!port) return std::nullopt;
    std::string_view host = text.substr(0, colon);
    const bool bracketed = host.starts_with('[') && host.ends_with(']');
    if (bracketed) host = host.substr(1, host.size() - 2);
    Address address{host == "localhost" ? "127.0.0.1" : std::string(host), *port};
    if (!is_address(bracketed ? AF_INET6 : AF_INET, address.host)) return std::nullopt;
    return address;
}

std::string to_string(const Address& address) {
    if (address.host.empty()) return {};
    const std::string host = is_v6(address) ? "[" + address.host + "]" : address.host;
    return host + ":" + std::to_string(address.port);
}

bool is_loopback(const Address& address) {
    if (is_v6(address)) {
        in6_addr binary;
        return inet_pton(AF_INET6, address.host.c_str(), &binary) == 1 &&
               IN6_IS_ADDR_LOOPBACK(&binary);
    }
    return is_address(AF_INET, address.host) && address.host.starts_with("127.");
}

}  // namespace riptide::config
