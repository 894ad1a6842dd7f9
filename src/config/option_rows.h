/// How the rows of the option table read their values. For the tables only.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "config/options.h"

namespace riptide::config {

inline std::uint32_t count(const OptionValue& value) {
    return static_cast<std::uint32_t>(std::get<std::int64_t>(value));
}

inline Bytes mebibytes(const OptionValue& value) {
    return Bytes::mib(static_cast<std::uint64_t>(std::get<std::int64_t>(value)));
}

inline std::chrono::seconds seconds(const OptionValue& value) {
    return std::chrono::seconds(std::get<std::int64_t>(value));
}

inline const std::string& text(const OptionValue& value) { return std::get<std::string>(value); }

}  // namespace riptide::config
