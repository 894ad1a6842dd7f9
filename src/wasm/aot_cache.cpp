#include "wasm/aot_cache.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <wasmtime.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <vector>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "sys/file.h"
#include "wasm/builtin.h"

#if defined(__x86_64__)
#include <cpuid.h>
#elif defined(__aarch64__)
#include <sys/auxv.h>
#endif

namespace riptide::wasm {
namespace {

constexpr std::string_view kFormat = "RIPTAOT2";
/// Larger than any artifact of a component that is worth running; bounds what is read.
constexpr Bytes kMaxArtifact = Bytes::mib(512);
constexpr std::string_view kDigits = "0123456789abcdef";
constexpr std::string_view kSuffix = ".cwasm";

/// Follows the artifact, which therefore begins where a page of memory does.
struct Trailer {
    std::array<char, kFormat.size()> format;
    ArtifactKey key;
    ArtifactKey checksum;
};
static_assert(sizeof(Trailer) == 40);

ArtifactKey hash(std::span<const std::uint8_t> bytes) {
    const XXH128_hash_t value = XXH3_128bits(bytes.data(), bytes.size());
    return {value.high64, value.low64};
}

/// Tells components apart.
std::string digest(std::span<const std::uint8_t> component) {
    for (const GuestBuild build : {GuestBuild::kSimd, GuestBuild::kScalar}) {
        if (component.data() == builtin_component(build).data()) {
            return std::string(builtin_digest(build));
        }
    }
    return hash(component).hex();
}

/// Identifies the CPU's instruction set extensions: Cranelift compiles for what it finds.
std::string cpu_features() {
    std::string out;
#if defined(__x86_64__)
    out = "x86_64";
    for (const unsigned leaf : {1U, 7U, 0x80000001U}) {
        unsigned a = 0;
        unsigned b = 0;
        unsigned c = 0;
        unsigned d = 0;
        __get_cpuid_count(leaf, 0, &a, &b, &c, &d);
        // Leaf 1's EBX holds the number of the core that asks.
        out += ' ' + std::to_string(leaf == 1 ? 0 : b) + ' ' + std::to_string(c) + ' ' +
               std::to_string(d);
    }
#elif defined(__aarch64__)
    out = "aarch64 " + std::to_string(getauxval(AT_HWCAP)) + ' ' +
          std::to_string(getauxval(AT_HWCAP2));
#endif
    return out;
}

/// The reason not to trust a file or directory with this status, or empty.
std::string distrust(const struct stat& status) {
    if (status.st_uid != ::geteuid()) return "it belongs to another user";
    if ((status.st_mode & (S_IWGRP | S_IWOTH)) != 0) return "others may write to it";
    return {};
}

std::string default_directory() {
    if (const char* base = std::getenv("XDG_CACHE_HOME"); base != nullptr && *base == '/') {
        return std::string(base) + "/riptide";
    }
    if (const char* home = std::getenv("HOME"); home != nullptr && *home == '/') {
        return std::string(home) + "/.cache/riptide";
    }
    return {};
}

Result<void> make_directories(const std::string& path) {
    for (std::size_t at = 1; at != std::string::npos;) {
        at = path.find('/', at + 1);
        if (::mkdir(path.substr(0, at).c_str(), 0700) != 0 && errno != EEXIST) {
            return sys::system_failure("make the cache directory", path);
        }
    }
    return {};
}

constexpr std::size_t kHexDigits = 2 * sizeof(ArtifactKey);
constexpr std::size_t kEntryNameSize = kHexDigits + kSuffix.size();

/// The directory may hold files that are not the cache's.
bool is_entry_name(std::string_view name) {
    return name.size() == kEntryNameSize && name.ends_with(kSuffix) &&
           name.find_first_not_of(kDigits) == kHexDigits;
}

/// What `sys::replace_file` writes an entry to before it renames it.
bool is_scratch_name(std::string_view name) {
    constexpr std::string_view kUnique = ".XXXXXX";
    return name.size() == kEntryNameSize + kUnique.size() && name[kEntryNameSize] == '.' &&
           is_entry_name(name.substr(0, kEntryNameSize));
}

/// Nobody writes for so long.
bool is_left_behind(const struct stat& scratch) {
    using Clock = std::chrono::system_clock;
    return Clock::now() - Clock::from_time_t(scratch.st_mtim.tv_sec) > std::chrono::hours(1);
}

std::string entry_name(const ArtifactKey& key) { return key.hex() + std::string(kSuffix); }

}  // namespace

std::string ArtifactKey::hex() const {
    std::string out;
    for (const std::uint64_t half : {high, low}) {
        for (int shift = 60; shift >= 0; shift -= 4) out += kDigits[(half >> shift) & 15];
    }
    return out;
}

ArtifactKey artifact_key(std::span<const std::uint8_t> component, const std::string& settings) {
    const std::string context = std::string(kFormat) + " " + digest(component) +
                                " wasmtime " WASMTIME_VERSION " " + cpu_features() + " " + settings;
    return hash(std::span(reinterpret_cast<const std::uint8_t*>(context.data()), context.size()));
}

Result<AotCache> AotCache::open(const std::string& directory) {
    std::string path = directory.empty() ? default_directory() : directory;
    if (path.empty()) {
        return fail(ErrorClass::kIo,
                    "no cache directory: neither XDG_CACHE_HOME nor HOME is an absolute path; set "
                    "RIPTIDE_AOT_CACHE_DIR");
    }
    if (const Result<void> made = make_directories(path); !made) {
        return tl::unexpected(made.error());
    }
    struct stat status{};
    if (::stat(path.c_str(), &status) != 0) return sys::system_failure("read", path);
    if (!S_ISDIR(status.st_mode)) {
        return fail(ErrorClass::kIo, "the cache directory " + path + " is not a directory");
    }
    if (const std::string why = distrust(status); !why.empty()) {
        return fail(ErrorClass::kIo, "the cache directory " + path + " is not used: " + why);
    }
    return AotCache(std::move(path));
}

std::string AotCache::path_of(const ArtifactKey& key) const {
    return directory_ + "/" + entry_name(key);
}

Result<Artifact> AotCache::load(const ArtifactKey& key) const {
    const std::string path = path_of(key);
    const sys::FileDescriptor file(
        ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
    if (!file.is_open()) {
        if (errno == ENOENT) return fail(ErrorClass::kIo, "");
        return sys::system_failure("read", path);
    }
    struct stat status{};
    if (::fstat(file.get(), &status) != 0) return sys::system_failure("read", path);
    const auto refuse = [&path](const std::string& why) {
        return fail(ErrorClass::kIo, "the compiled component " + path + " is not used: " + why);
    };
    if (!S_ISREG(status.st_mode)) return refuse("it is not a regular file");
    if (const std::string why = distrust(status); !why.empty()) return refuse(why);
    const auto size = static_cast<std::uint64_t>(status.st_size);
    Trailer trailer{};
    if (size < sizeof trailer) return refuse("it is truncated");
    if (size > kMaxArtifact.count) return refuse("it is too large");
    Result<sys::Pages> contents = sys::Pages::map(size);
    if (!contents) return tl::unexpected(std::move(contents.error()));
    const Result<std::size_t> read = sys::read_into(file.get(), path, contents->bytes());
    if (!read) return tl::unexpected(read.error());
    if (*read < size) return refuse("it is truncated");
    const std::size_t artifact_size = size - sizeof trailer;
    std::memcpy(&trailer, contents->bytes().data() + artifact_size, sizeof trailer);
    const std::string_view format(trailer.format.data(), trailer.format.size());
    if (format != kFormat || trailer.key != key) {
        return refuse("it is truncated, or something else");
    }
    // From here on nothing writes to what is verified.
    if (!contents->make_read_only()) return refuse("its memory cannot be protected");
    Artifact artifact(std::move(*contents), artifact_size);
    if (hash(artifact.bytes()) != trailer.checksum) return refuse("its checksum is wrong");
    // Used now; where that cannot be noted, nothing is ever removed either.
    (void)::futimens(file.get(), nullptr);
    return artifact;
}

Result<void> AotCache::store(const ArtifactKey& key, std::span<const std::uint8_t> artifact) const {
    Result<void> written = write_artifact(path_of(key), key, artifact);
    if (written) remove_unused(entry_name(key));
    return written;
}

void AotCache::remove_unused(const std::string& kept) const {
    const sys::Directory open(::opendir(directory_.c_str()));
    if (open == nullptr) return;
    const int directory = ::dirfd(open.get());
    struct Entry {
        std::int64_t used_s;
        std::int64_t used_ns;
        std::string name;
        auto operator<=>(const Entry&) const = default;
    };
    std::vector<Entry> others;
    while (const dirent* found = ::readdir(open.get())) {
        std::string name = found->d_name;
        struct stat status{};
        if (name == kept || ::fstatat(directory, name.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0) {
            continue;
        }
        if (is_scratch_name(name) && is_left_behind(status)) {
            (void)::unlinkat(directory, name.c_str(), 0);
        } else if (is_entry_name(name)) {
            others.push_back({status.st_mtim.tv_sec, status.st_mtim.tv_nsec, std::move(name)});
        }
    }
    if (others.size() < kMaxEntries) return;
    std::sort(others.begin(), others.end());
    others.resize(others.size() + 1 - kMaxEntries);
    for (const Entry& entry : others) (void)::unlinkat(directory, entry.name.c_str(), 0);
}

Result<void> write_artifact(const std::string& path, const ArtifactKey& key,
                            std::span<const std::uint8_t> artifact) {
    Trailer trailer{{}, key, hash(artifact)};
    std::ranges::copy(kFormat, trailer.format.begin());
    const std::array<std::span<const std::uint8_t>, 2> parts = {
        artifact, std::span(reinterpret_cast<const std::uint8_t*>(&trailer), sizeof trailer)};
    return sys::replace_file(path, parts);
}

}  // namespace riptide::wasm
