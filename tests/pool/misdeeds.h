// What a page that took a helper over could try, as work for helpers: a page of one word is a
// misdeed, any other is extracted.
#pragma once

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/extract.h"
#include "pool/helper_process.h"

namespace riptide {

constexpr int kHelperSocket = 0;

/// Answers with a document that is made by hand; `claimed` bytes are announced.
inline void answer(std::uint64_t claimed, std::string_view bytes) {
    const ResultHeader header{claimed};
    static_cast<void>(!::write(kHelperSocket, &header, sizeof header));
    static_cast<void>(!::write(kHelperSocket, bytes.data(), bytes.size()));
}

inline void drip() {
    answer(std::uint64_t{64} << 20, "");
    while (::write(kHelperSocket, "x", 1) == 1) {
    }
}

inline void hoard() {
    // Blocks above malloc's threshold for mappings, which no allocator takes from what it has.
    std::vector<std::unique_ptr<char[]>> blocks;
    for (;;) blocks.push_back(std::make_unique_for_overwrite<char[]>(std::size_t{64} << 20));
}

// Without instrumentation, which makes system calls of its own before a function does not return.
__attribute__((no_sanitize("address"))) inline Result<Document> misbehave(
    std::string_view html, const ExtractOptions& options) {
    volatile bool endless = true;
    if (html == "crash") __builtin_trap();
    if (html == "abort") std::abort();
    if (html == "loop") {
        while (endless) {
        }
    }
    if (html == "hoard") hoard();
    if (html == "file") ::open("/etc/passwd", O_RDONLY | O_CLOEXEC);
    if (html == "network") ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (html == "fork") ::fork();
    if (html == "kill") ::kill(::getppid(), SIGKILL);
    if (html == "code") {
        ::mmap(nullptr, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    }
    if (html == "garbage") answer(5, "\x7fjunk");
    if (html == "boast") answer(~std::uint64_t{0}, "");
    if (html == "cut") answer(1000, "too short");
    if (html == "exit" || html == "cut") ::_exit(0);
    if (html == "pose") ::_exit(70);  // as a helper that could not be sandboxed
    if (html == "drip") drip();
    return core::extract(html, options);
}

}  // namespace riptide
