/// A thread that can run the sandbox, whatever the stack limit of the process is.
#pragma once

#include <riptide/error.h>

#include <pthread.h>

#include <cstdint>
#include <functional>
#include <memory>

namespace riptide::sys {

/// Joined when it goes. Has 4 MiB of stack (Wasmtime aborts the process when a thread has less than
/// wasm code may use), and blocks the signals that others send, which belong to the program's own
/// threads.
class Thread {
public:
    /// `name` is what debuggers show: 15 characters at most. Error: `kEngineStart`, when the system
    /// has no thread left.
    static Result<std::unique_ptr<Thread>> start(const char* name, std::function<void()> body);
    ~Thread();
    Thread(const Thread&) = delete;
    Thread& operator=(const Thread&) = delete;

private:
    explicit Thread(std::function<void()> body) : body_(std::move(body)) {}

    std::function<void()> body_;
    pthread_t thread_ = 0;  // 0 until it was started
};

/// Whether so many threads could be started now. Starts and ends them: some 30 us for each.
bool can_start_threads(std::uint32_t count);

}  // namespace riptide::sys
