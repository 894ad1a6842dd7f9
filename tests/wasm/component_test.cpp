#include "wasm/component.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/wasm/components.h"
#include "wasm/builtin.h"

namespace riptide::wasm {
namespace {

using testing::AllOf;
using testing::HasSubstr;

/// Why the component of this name is refused.
std::string refusal(const std::vector<std::uint8_t>& bytes) {
    const Engine engine = Engine::create(engine_settings(small_config())).value();
    const Result<Component> component = Component::load(engine, bytes, nullptr);
    if (component) return "it was not refused";
    EXPECT_EQ(component.error().error_class, ErrorClass::kEngineStart);
    return component.error().detail;
}

TEST(Component, accepts_both_builtin_builds) {
    for (const GuestBuild build : {GuestBuild::kSimd, GuestBuild::kScalar}) {
        const auto bytes = builtin_component(build);
        ASSERT_GT(bytes.size(), 100'000U);
        const Sandbox sandbox = Sandbox::with_bytes({bytes.begin(), bytes.end()});
        EXPECT_TRUE(sandbox.call("<p>Hello"));
    }
}

TEST(Component, the_builtin_builds_import_nothing) {
    const Engine engine = Engine::create(engine_settings(small_config())).value();
    for (const GuestBuild build : {GuestBuild::kSimd, GuestBuild::kScalar}) {
        const auto bytes = builtin_component(build);
        const Component component = Component::load(engine, bytes, nullptr).value();
        const Handle<wasmtime_component_type_t, wasmtime_component_type_delete> type(
            wasmtime_component_type(&component.get()));
        EXPECT_EQ(wasmtime_component_type_import_count(type.get(), &engine.get()), 0U);
    }
}

TEST(Component, refuses_another_export_and_names_the_one_it_wants) {
    EXPECT_THAT(refusal(read_component("other_export")),
                AllOf(HasSubstr("does not export"), HasSubstr("riptide:extractor/extraction")));
}

TEST(Component, refuses_other_types_and_says_which) {
    EXPECT_THAT(refusal(read_component("other_types")),
                AllOf(HasSubstr("\"options\""), HasSubstr("u32"), HasSubstr("variant")));
}

TEST(Component, refuses_imports_and_names_the_first) {
    EXPECT_THAT(refusal(read_component("importing")),
                AllOf(HasSubstr("imports"), HasSubstr("\"clock\"")));
}

TEST(Component, refuses_what_is_no_component) {
    EXPECT_THAT(refusal({'n', 'o', 't', ' ', 'w', 'a', 's', 'm'}), HasSubstr("cannot be compiled"));
    std::vector<std::uint8_t> cut = read_component("trap");
    cut.resize(cut.size() / 2);
    EXPECT_THAT(refusal(cut), HasSubstr("cannot be compiled"));
    const Sandbox sandbox = Sandbox::with("trap");
    const std::span<const std::uint8_t> compiled = sandbox.component.artifact();
    EXPECT_THAT(refusal({compiled.begin(), compiled.end()}), HasSubstr("cannot be compiled"));
}

TEST(Component, refuses_inner_components_between_which_a_guest_could_not_be_stopped) {
    EXPECT_THAT(refusal(read_component("inner_functions")),
                HasSubstr("a component inside it has functions of its own"));
}

TEST(Component, refuses_a_second_memory_in_which_a_guest_could_not_be_stopped) {
    EXPECT_THAT(refusal(read_component("two_memories")), HasSubstr("cannot be compiled"));
}

TEST(Component, says_why_its_file_cannot_be_read) {
    ExtractorConfig config = small_config();
    config.component_path = "/does/not/exist.wasm";
    EXPECT_THAT(component_bytes(config).error().detail,
                AllOf(HasSubstr("/does/not/exist.wasm"), HasSubstr("No such file")));
    config.component_path = "/";
    EXPECT_THAT(component_bytes(config).error().detail, HasSubstr("directory"));
    config.component_path = "/proc/self/status";
    EXPECT_THAT(component_bytes(config).error().detail,
                HasSubstr("/proc/self/status is no WebAssembly component"));
    config.component_path = "/dev/null";
    EXPECT_THAT(component_bytes(config).error().detail, HasSubstr("empty"));
}

}  // namespace
}  // namespace riptide::wasm
