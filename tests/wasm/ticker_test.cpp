#include "wasm/ticker.h"

#include <gtest/gtest.h>

#include <thread>

namespace riptide::wasm {
namespace {

TEST(Ticker, ticks_until_it_goes) {
    const std::unique_ptr<Ticker> running = Ticker::start().value();
    const Ticker& ticker = *running;
    const auto first = ticker.last_tick();
    // Long enough for a machine that is busy with something else.
    const auto patience = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    while (ticker.last_tick() < first + 5 * Ticker::kPeriod) {
        ASSERT_LT(std::chrono::steady_clock::now(), patience);
        std::this_thread::sleep_for(Ticker::kPeriod);
    }
}

}  // namespace
}  // namespace riptide::wasm
