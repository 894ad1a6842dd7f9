#include "wasm/slot.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <thread>

#include "tests/wasm/components.h"

namespace riptide::wasm {
namespace {

using std::chrono::duration;
using std::chrono::milliseconds;
using std::chrono::steady_clock;
using testing::HasSubstr;

constexpr std::string_view kPage =
    "<html><head><title>A title</title></head><body><article><p>A paragraph of text that is long "
    "enough to count as content, with commas, and more.</p></article></body></html>";

ErrorClass class_of(const Result<Document>& result) {
    EXPECT_FALSE(result.has_value());
    return result ? ErrorClass::kUsage : result.error().error_class;
}

std::size_t resident_bytes() {
    std::ifstream statm("/proc/self/statm");
    std::size_t total = 0;
    std::size_t resident = 0;
    statm >> total >> resident;
    return resident * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
}

TEST(Slot, extracts_a_page_with_the_builtin_component) {
    const Sandbox sandbox = Sandbox::builtin();
    const Result<Document> document = sandbox.call(kPage);
    ASSERT_TRUE(document) << document.error().detail;
    EXPECT_EQ(document->engine, riptide::Engine::kWasm);
    EXPECT_THAT(document->text, HasSubstr("A paragraph of text"));
}

TEST(Slot, stops_an_endless_guest_at_its_deadline) {
    const Sandbox sandbox = Sandbox::with("endless");
    for (const int timeout_ms : {5, 50, 200}) {
        const auto start = steady_clock::now();
        const Result<Document> result = sandbox.call(kPage, milliseconds(timeout_ms));
        const auto took = steady_clock::now() - start;
        EXPECT_EQ(class_of(result), ErrorClass::kTimeout);
        EXPECT_GE(took, milliseconds(timeout_ms));
        // Generous: how close it gets is measured in the bench, on an idle machine.
        EXPECT_LT(took, milliseconds(timeout_ms + 3000));
    }
}

TEST(Slot, stops_an_allocation_bomb_at_the_memory_limit_and_gives_the_memory_back) {
    const Sandbox sandbox = Sandbox::with("bomb");
    const std::size_t before = resident_bytes();
    Result<Slot> slot = Slot::create(sandbox.engine, sandbox.component);
    ASSERT_TRUE(slot) << slot.error().detail;
    const Result<Document> result =
        std::move(*slot).call(kPage, ExtractOptions{}, Deadline::never());
    EXPECT_EQ(class_of(result), ErrorClass::kMemoryLimit);
    EXPECT_THAT(result.error().detail, HasSubstr("64 MiB"));
    EXPECT_LE(slot->memory_use().peak_bytes, Bytes::mib(64).count);
    EXPECT_GT(slot->memory_use().peak_bytes, Bytes::mib(60).count);
    EXPECT_EQ(slot->memory_use().denied_growths, 1U);
    slot = Slot::create(sandbox.engine, sandbox.component);  // destroys the bomb's store
    ASSERT_TRUE(slot) << slot.error().detail;
    EXPECT_LT(resident_bytes(), before + Bytes::mib(40).count);
}

TEST(Slot, names_the_trap) {
    EXPECT_THAT(Sandbox::with("trap").call(kPage).error().detail, HasSubstr("unreachable"));
    const Result<Document> deep = Sandbox::with("deep_recursion").call(kPage);
    EXPECT_EQ(class_of(deep), ErrorClass::kTrap);
    EXPECT_THAT(deep.error().detail, HasSubstr("stack overflow"));
}

TEST(Slot, refuses_results_that_lie) {
    for (const char* name : {"lying_length", "invalid_utf8"}) {
        const Result<Document> result = Sandbox::with(name).call(kPage);
        const ErrorClass error_class = class_of(result);
        EXPECT_TRUE(error_class == ErrorClass::kHost || error_class == ErrorClass::kTrap)
            << name << ": " << traits(error_class).name;
    }
}

TEST(Slot, hands_the_guests_typed_error_through) {
    const Result<Document> result = Sandbox::with("typed_error").call(kPage);
    EXPECT_EQ(class_of(result), ErrorClass::kInvalidHtml);
    EXPECT_EQ(result.error().detail, "not a page");
}

TEST(Slot, a_call_by_address_reaches_its_function_or_traps) {
    const Sandbox sandbox = Sandbox::with("calls_by_address");
    const auto call = [&](std::size_t place) { return sandbox.call(std::string(place, 'x')); };
    EXPECT_EQ(call(1).error().detail, "one");
    EXPECT_EQ(call(2).error().detail, "two");
    for (const std::size_t place : {0, 3, 4, 5, 1000}) {
        EXPECT_EQ(class_of(call(place)), ErrorClass::kTrap) << place;
    }
}

TEST(Slot, gives_up_on_a_guest_that_never_starts) {
    const Sandbox sandbox = Sandbox::with("slow_start");
    const Result<Slot> slot = Slot::create(sandbox.engine, sandbox.component);
    ASSERT_FALSE(slot);
    EXPECT_EQ(slot.error().error_class, ErrorClass::kInstantiation);
}

TEST(Slot, may_move_between_threads) {
    const Sandbox sandbox = Sandbox::builtin();
    Result<Slot> slot = Slot::create(sandbox.engine, sandbox.component);
    ASSERT_TRUE(slot);
    Result<Document> document = tl::unexpected(Error{ErrorClass::kHost, "not called"});
    std::thread([&] {
        document = std::move(*slot).call(kPage, ExtractOptions{}, Deadline::never());
    }).join();
    EXPECT_TRUE(document) << document.error().detail;
}

TEST(Slot, says_so_when_all_slots_are_taken) {
    const Sandbox sandbox = Sandbox::builtin();
    std::vector<Slot> slots;
    for (std::uint32_t i = 0; i < sandbox.engine.settings().instances; ++i) {
        slots.push_back(Slot::create(sandbox.engine, sandbox.component).value());
    }
    const Result<Slot> one_more = Slot::create(sandbox.engine, sandbox.component);
    ASSERT_FALSE(one_more);
    EXPECT_EQ(one_more.error().error_class, ErrorClass::kInstantiation);
}

}  // namespace
}  // namespace riptide::wasm
