/// Where to listen, or whom to connect to.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace riptide::config {

/// An IP address and a port; port 0 is any free one. Without a host: nowhere.
struct Address {
    std::string host;  ///< Numeric, IPv6 without brackets.
    std::uint16_t port = 0;

    bool operator==(const Address&) const = default;
};

/// Reads "127.0.0.1:8080" or "[::1]:8080"; names are not resolved, but "localhost" is 127.0.0.1.
std::optional<Address> parse_address(std::string_view text);

/// As `parse_address` reads it; empty without a host.
std::string to_string(const Address& address);

/// Whether only this machine can connect to it. Of a host that is a name: no.
bool is_loopback(const Address& address);

}  // namespace riptide::config
