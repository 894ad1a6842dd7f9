/// The test components, and what it takes to run one.
#pragma once

#include <riptide/config.h>

#include <gtest/gtest.h>

#include <chrono>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "wasm/component.h"
#include "wasm/slot.h"

namespace riptide::wasm {

inline std::string component_file(const std::string& name) {
    return std::string(RIPTIDE_TEST_COMPONENTS) + "/" + name + ".wasm";
}

inline std::vector<std::uint8_t> read_component(const std::string& name) {
    std::ifstream file(component_file(name), std::ios::binary);
    EXPECT_TRUE(file.is_open()) << "the test component " << name << " was not built";
    return {std::istreambuf_iterator<char>(file), {}};
}

/// Two slots of 64 MiB, no cache.
inline ExtractorConfig small_config() {
    ExtractorConfig config;
    config.max_pool_size = 2;
    config.memory_limit = Bytes::mib(64);
    config.enable_aot_cache = false;
    return config;
}

/// An engine with one component of the given name in it.
struct Sandbox {
    static Sandbox with(const std::string& name) { return with_bytes(read_component(name)); }
    static Sandbox builtin() { return with_bytes(component_bytes(small_config()).value().view()); }
    static Sandbox with_bytes(std::span<const std::uint8_t> bytes) {
        Engine engine = Engine::create(engine_settings(small_config())).value();
        Component component = Component::load(engine, bytes, nullptr).value();
        return Sandbox{std::move(engine), std::move(component)};
    }

    /// One call in a slot of its own.
    Result<Document> call(std::string_view html,
                          std::chrono::milliseconds timeout = std::chrono::seconds(20)) const {
        Result<Slot> slot = Slot::create(engine, component);
        if (!slot) return tl::unexpected(slot.error());
        return std::move(*slot).call(html, ExtractOptions{}, Deadline::after(timeout));
    }

    Engine engine;
    Component component;
};

}  // namespace riptide::wasm
