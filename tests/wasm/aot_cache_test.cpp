#include "wasm/aot_cache.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>

#include "tests/wasm/components.h"
#include "wasm/builtin.h"

namespace riptide::wasm {
namespace {

using testing::HasSubstr;
namespace fs = std::filesystem;

class AotCacheTest : public testing::Test {
protected:
    AotCacheTest() {
        std::string pattern = testing::TempDir() + "riptide-aot-XXXXXX";
        directory_ = ::mkdtemp(pattern.data());
        cache_.emplace(AotCache::open(directory_).value());
    }
    ~AotCacheTest() override {
        std::error_code ignored;
        fs::remove_all(directory_, ignored);
    }

    /// Loads the component through the cache and tells how that went.
    AotResult load() {
        const Component component = Component::load(engine_, bytes_, &*cache_).value();
        detail_ = component.aot_detail();
        return component.aot_result();
    }
    fs::path entry() const {
        return cache_->path_of(artifact_key(bytes_, engine_.settings().code_settings()));
    }
    void damage(std::streamoff at, char with) const {
        std::fstream file(entry(), std::ios::binary | std::ios::in | std::ios::out);
        file.seekp(at);
        file.put(with);
    }

    std::string directory_;
    std::optional<AotCache> cache_;
    Engine engine_ = Engine::create(engine_settings(small_config())).value();
    std::vector<std::uint8_t> bytes_ = read_component("trap");
    std::string detail_;
};

TEST_F(AotCacheTest, compiles_once_and_loads_from_then_on) {
    EXPECT_EQ(load(), AotResult::kMiss);
    EXPECT_EQ(load(), AotResult::kHit);
    EXPECT_EQ(load(), AotResult::kHit);
}

TEST_F(AotCacheTest, keeps_entries_for_the_owner_only) {
    load();
    struct stat status{};
    ASSERT_EQ(::stat(entry().c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777, 0600U);
}

TEST_F(AotCacheTest, tells_apart_components_and_settings) {
    const std::vector<std::uint8_t> other = read_component("endless");
    EXPECT_NE(artifact_key(bytes_, "a"), artifact_key(other, "a"));
    EXPECT_NE(artifact_key(bytes_, "a"), artifact_key(bytes_, "b"));
    EXPECT_EQ(artifact_key(bytes_, "a"), artifact_key(bytes_, "a"));
}

TEST_F(AotCacheTest, knows_built_in_components_by_the_digest_of_their_bytes) {
    for (const GuestBuild build : {GuestBuild::kSimd, GuestBuild::kScalar}) {
        const std::string file = directory_ + "/component";
        const auto bytes = builtin_component(build);
        std::ofstream(file, std::ios::binary)
            .write(reinterpret_cast<const char*>(bytes.data()),
                   static_cast<std::streamsize>(bytes.size()));
        const std::unique_ptr<FILE, int (*)(FILE*)> sum(::popen(("sha256sum " + file).c_str(), "r"),
                                                        ::pclose);
        std::array<char, 64> digest{};
        ASSERT_EQ(std::fread(digest.data(), 1, digest.size(), sum.get()), digest.size());
        EXPECT_EQ(builtin_digest(build), std::string_view(digest.data(), digest.size()));
    }
    EXPECT_NE(artifact_key(builtin_component(GuestBuild::kSimd), "a"),
              artifact_key(builtin_component(GuestBuild::kScalar), "a"));
}

TEST_F(AotCacheTest, runs_what_it_loaded_when_the_entry_is_gone) {
    bytes_ = read_component("faulty");
    load();
    const Component component = Component::load(engine_, bytes_, &*cache_).value();
    ASSERT_EQ(component.aot_result(), AotResult::kHit);
    // Whoever has read an entry does not depend on the file any more.
    fs::resize_file(entry(), 0);
    fs::remove(entry());
    Slot slot = Slot::create(engine_, component).value();
    const auto document =
        std::move(slot).call("words", ExtractOptions{}, Deadline::after(std::chrono::seconds(20)));
    ASSERT_TRUE(document) << document.error().detail;
    EXPECT_EQ(document->text, "words");
}

TEST_F(AotCacheTest, recompiles_what_is_truncated) {
    load();
    fs::resize_file(entry(), fs::file_size(entry()) - 1);
    EXPECT_EQ(load(), AotResult::kRejected);
    EXPECT_THAT(detail_, HasSubstr("truncated"));
    EXPECT_EQ(load(), AotResult::kHit) << "the damaged entry was not replaced";
    fs::resize_file(entry(), 10);
    EXPECT_EQ(load(), AotResult::kRejected);
}

TEST_F(AotCacheTest, recompiles_what_has_a_flipped_bit_anywhere) {
    load();
    const auto size = static_cast<std::streamoff>(fs::file_size(entry()));
    // The last 40 bytes are the trailer: format, key and checksum.
    for (const std::streamoff at : {std::streamoff{0}, std::streamoff{40}, size / 2, size - 41,
                                    size - 40, size - 32, size - 16, size - 1}) {
        std::ifstream file(entry(), std::ios::binary);
        file.seekg(at);
        const auto byte = static_cast<char>(file.get());
        damage(at, static_cast<char>(byte ^ 1));
        EXPECT_EQ(load(), AotResult::kRejected) << "byte " << at;
        EXPECT_EQ(load(), AotResult::kHit);
    }
}

TEST_F(AotCacheTest, recompiles_what_another_wasmtime_compiled) {
    // An artifact in good order whose inside Wasmtime does not accept.
    const std::vector<std::uint8_t> foreign(1000, 0x7F);
    const ArtifactKey key = artifact_key(bytes_, engine_.settings().code_settings());
    ASSERT_TRUE(cache_->store(key, foreign));
    EXPECT_EQ(load(), AotResult::kRejected);
    EXPECT_EQ(load(), AotResult::kHit);
}

TEST_F(AotCacheTest, does_not_load_what_others_could_have_written) {
    load();
    ASSERT_EQ(::chmod(entry().c_str(), 0622), 0);
    EXPECT_EQ(load(), AotResult::kRejected);
    EXPECT_THAT(detail_, HasSubstr("others may write"));
    ASSERT_EQ(::chmod(directory_.c_str(), 0777), 0);
    EXPECT_THAT(AotCache::open(directory_).error().detail, HasSubstr("others may write"));
}

TEST_F(AotCacheTest, does_not_follow_a_link) {
    load();
    const fs::path elsewhere = fs::path(directory_) / "elsewhere";
    fs::rename(entry(), elsewhere);
    fs::create_symlink(elsewhere, entry());
    EXPECT_EQ(load(), AotResult::kRejected);
}

TEST_F(AotCacheTest, does_not_wait_for_who_writes_to_a_pipe) {
    load();
    fs::remove(entry());
    ASSERT_EQ(::mkfifo(entry().c_str(), 0600), 0);
    EXPECT_EQ(load(), AotResult::kRejected);
}

TEST_F(AotCacheTest, keeps_so_many_entries_the_longest_unused_go) {
    const std::vector<std::uint8_t> artifact(100, 1);
    const auto key = [](std::uint64_t i) { return ArtifactKey{i, ~i}; };
    const auto use = [&](std::uint64_t i, std::int64_t at) {
        const std::array<timespec, 2> times = {timespec{at, 0}, timespec{at, 0}};
        ASSERT_EQ(::utimensat(AT_FDCWD, cache_->path_of(key(i)).c_str(), times.data(), 0), 0);
    };
    std::ofstream(directory_ + "/notes.cwasm") << "the user's own";
    for (std::uint64_t i = 0; i < AotCache::kMaxEntries; ++i) {
        ASSERT_TRUE(cache_->store(key(i), artifact));
        use(i, static_cast<std::int64_t>(1000 + i));
    }
    ASSERT_TRUE(cache_->load(key(0)));  // used just now
    ASSERT_TRUE(cache_->store(key(1000), artifact));
    EXPECT_TRUE(cache_->load(key(0)));
    EXPECT_FALSE(cache_->load(key(1)));
    EXPECT_TRUE(cache_->load(key(2)));
    EXPECT_TRUE(cache_->load(key(1000)));
    EXPECT_TRUE(fs::exists(directory_ + "/notes.cwasm"));
}

TEST_F(AotCacheTest, what_killed_processes_left_half_written_goes_after_an_hour) {
    const std::string left = entry().string() + ".aB3dEf";
    const std::string at_hand = entry().string() + ".aB3dEg";
    const std::string foreign = directory_ + "/notes.cwasm.aB3dEf";
    const auto age = [](const std::string& path, std::chrono::minutes old) {
        std::ofstream(path) << "half";
        fs::last_write_time(path, fs::file_time_type::clock::now() - old);
    };
    age(left, std::chrono::minutes(61));
    age(at_hand, std::chrono::minutes(30));
    age(foreign, std::chrono::minutes(61));
    load();
    EXPECT_FALSE(fs::exists(left));
    EXPECT_TRUE(fs::exists(at_hand));
    EXPECT_TRUE(fs::exists(foreign));
    EXPECT_EQ(load(), AotResult::kHit);
}

TEST_F(AotCacheTest, goes_on_without_a_cache_that_cannot_be_written) {
    // The entry's name is taken by a directory that is not empty, so the rename fails.
    fs::create_directories(entry() / "in the way");
    EXPECT_EQ(load(), AotResult::kDisabled);
    EXPECT_THAT(detail_, HasSubstr("cannot write"));
    for (const auto& left : fs::directory_iterator(directory_)) {
        EXPECT_EQ(left.path(), entry()) << "a scratch file was left behind";
    }
}

TEST(AotCache, says_what_is_wrong_with_its_directory) {
    EXPECT_THAT(AotCache::open("/dev/null/cache").error().detail, HasSubstr("/dev/null/cache"));
    EXPECT_THAT(AotCache::open("/proc/riptide").error().detail, HasSubstr("/proc/riptide"));
}

}  // namespace
}  // namespace riptide::wasm
