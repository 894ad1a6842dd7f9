/// A thread that can run the sandbox, whatever the stack limit of the process is.
#pragma once

#include <pthread.h>

#include <functional>

namespace riptide::sys {

/// Joined when it goes. Has 4 MiB of stack (Wasmtime aborts the process when a thread has less than
/// wasm code may use), and blocks the signals that others send, which belong to the program's own
/// threads.
class Thread {
public:
    /// `name` is what debuggers show: 15 characters at most. Aborts when the system has no thread
    /// left, which is no state to go on in while starting.
    Thread(const char* name, std::function<void()> body);
    ~Thread();
    Thread(const Thread&) = delete;
    Thread& operator=(const Thread&) = delete;

private:
    std::function<void()> body_;
    pthread_t thread_;
};

}  // namespace riptide::sys
