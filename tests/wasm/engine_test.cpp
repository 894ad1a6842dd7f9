#include "wasm/engine.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sys/memory.h"
#include "tests/wasm/components.h"

namespace riptide::wasm {
namespace {

using testing::AllOf;
using testing::HasSubstr;

TEST(EngineSettings, follow_the_configuration) {
    ExtractorConfig config;
    config.max_pool_size = 3;
    config.memory_limit = Bytes{(std::uint64_t{64} << 20) + 1};
    config.enable_reuse = false;
    const EngineSettings settings = engine_settings(config);
    EXPECT_EQ(settings.instances, 3U + kSpareInstances);
    EXPECT_EQ(settings.memory_limit_bytes, std::uint64_t{64} << 20);
    EXPECT_EQ(settings.keep_resident_bytes, 0U);
    config.enable_reuse = true;
    EXPECT_GT(engine_settings(config).keep_resident_bytes, 0U);
}

TEST(Engine, refuses_a_memory_limit_beyond_what_there_is) {
    EngineSettings settings = engine_settings(ExtractorConfig{});
    settings.memory_limit_bytes = sys::usable_memory().count / 65536 * 65536 + 65536;
    const Result<Engine> engine = Engine::create(settings);
    ASSERT_FALSE(engine);
    EXPECT_EQ(engine.error().error_class, ErrorClass::kEngineStart);
    EXPECT_THAT(engine.error().detail, HasSubstr("RIPTIDE_WASM_MEMORY_LIMIT_MB"));
}

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define RIPTIDE_SHADOW_MEMORY
#endif
#endif
#ifndef RIPTIDE_SHADOW_MEMORY
/// What `create` says in a child process whose address space is limited. (Sanitizers map terabytes
/// of shadow memory, so they cannot run under such a limit.)
std::string start_with_address_space(rlim_t bytes) {
    int ends[2];
    EXPECT_EQ(::pipe(ends), 0);
    const pid_t child = ::fork();
    if (child == 0) {
        const rlimit limit{bytes, bytes};
        ::setrlimit(RLIMIT_AS, &limit);
        const Result<Engine> engine = Engine::create(engine_settings(ExtractorConfig{}));
        const std::string said = engine ? "it started" : engine.error().detail;
        [[maybe_unused]] const auto written = ::write(ends[1], said.data(), said.size());
        ::_exit(0);
    }
    ::close(ends[1]);
    std::string said(4096, '\0');
    const ssize_t size = ::read(ends[0], said.data(), said.size());
    said.resize(size > 0 ? static_cast<std::size_t>(size) : 0);
    ::close(ends[0]);
    int status = 0;
    ::waitpid(child, &status, 0);
    EXPECT_TRUE(WIFEXITED(status)) << "it died instead of saying why";
    return said;
}

TEST(Engine, says_how_much_address_space_it_was_refused) {
    EXPECT_THAT(start_with_address_space(rlim_t{1} << 30),
                AllOf(HasSubstr("44 GiB"), HasSubstr("1024 MiB"), HasSubstr("ulimit -v"),
                      HasSubstr("of a batch, --jobs")));
    // Enough for the slots, not for what is around them: Wasmtime itself has to notice.
    EXPECT_THAT(start_with_address_space(rlim_t{44} << 30),
                AllOf(HasSubstr("cannot start"), HasSubstr("4 GiB of address space")));
}
#endif
#endif

}  // namespace
}  // namespace riptide::wasm
