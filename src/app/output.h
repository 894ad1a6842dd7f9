/// Where data goes: standard output, or a file that appears whole or not at all.
#pragma once

#include <riptide/error.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "app/interrupt.h"
#include "app/system_calls.h"
#include "sys/file.h"

namespace riptide::app {

/// Unbuffered. Not thread-safe.
class Output {
public:
    static Output standard();
    /// A regular file is written under another name beside it and takes its place in `finish`; its
    /// mode is kept, and a symbolic link stays one. A device or pipe is written to directly.
    /// Error: `kIo`.
    static Result<Output> file(const std::string& path);

    Output(Output&&) = default;
    Output& operator=(Output&&) = delete;
    /// Without `finish` a file is left as it was.
    ~Output();

    /// Error: `kIo`; see also `reader_left`.
    Result<void> write(std::string_view data);
    /// To be called once, after the last write. Error: `kIo`.
    Result<void> finish();

    /// An error was that the reader of a pipe closed it, which is his right: nothing need be said.
    [[nodiscard]] bool reader_left() const { return reader_left_; }
    [[nodiscard]] bool is_terminal() const;

private:
    Output(sys::FileDescriptor descriptor, std::string name);
    [[nodiscard]] tl::unexpected<Error> failed(int error_number);

    sys::FileDescriptor descriptor_;
    std::string name_;            ///< For messages.
    std::string path_;            ///< Of the file to be; empty when written to directly.
    std::string temporary_path_;  ///< Empty when there is no temporary file.
    std::unique_ptr<RemovedOnSignal> removal_;
    bool reader_left_ = false;
};

}  // namespace riptide::app
