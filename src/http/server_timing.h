/// The Server-Timing field. Source: W3C Server Timing.
#pragma once

#include <riptide/extractor.h>

#include <chrono>
#include <string>

namespace riptide::http {

/// "queue;dur=0.012, decode;dur=0.003, guest;dur=1.500, render;dur=0.040", in milliseconds.
std::string server_timing(const Timings& timings, std::chrono::nanoseconds render);

}  // namespace riptide::http
