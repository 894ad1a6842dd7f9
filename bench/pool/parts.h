/// The parts of pool_bench, each of which prints its lines, and what they share.
#pragma once

#include <riptide/instance_pool.h>

#include <chrono>
#include <cstdint>
#include <memory>
#include <string_view>

namespace riptide::bench {

/// A pool whose fallback is native and in this process; ends the program when it cannot start.
std::unique_ptr<InstancePool> make_pool(ExtractorConfig config);

/// With the faulty guest of the tests, which does as its page says.
ExtractorConfig faulty_config();

Result<Document> call(const Extractor& extractor, std::string_view bytes,
                      std::chrono::milliseconds timeout = std::chrono::seconds(30));

/// How far two processors are from each other: a word of memory to the other and one back. A warm
/// store was made by another thread, so it is worth the less the longer that takes; and in a
/// virtual machine it changes while it runs.
void processors();

/// What is served, and what is refused how fast, when ten times as much is asked for.
void overload();

/// The calls of one client while half the instances are held by an endless guest.
void neighbours();

/// Small pages with faults among them; true when nothing went wrong.
bool long_run(std::uint64_t calls);

}  // namespace riptide::bench
