/// Why a request cannot be served as it is.
#pragma once

#include <riptide/error.h>

#include <cstdint>
#include <string>
#include <utility>

namespace riptide::http {

/// A status of RFC 9110 from 400 on, and a sentence for a human as in `Error`.
struct Refusal {
    std::uint16_t status;
    std::string detail;
};

template <typename T>
using Checked = tl::expected<T, Refusal>;

inline tl::unexpected<Refusal> refuse(std::uint16_t status, std::string detail) {
    return tl::unexpected<Refusal>(Refusal{status, std::move(detail)});
}

}  // namespace riptide::http
