/// Where the lines of a batch go.
#pragma once

#include <memory>
#include <string>

#include "app/batch_checkpoint.h"
#include "app/batch_pipeline.h"
#include "app/batch_plan.h"
#include "app/output.h"
#include "io/encoder.h"
#include "sys/file.h"

namespace riptide::app {

/// A stream: standard output, a pipe or a device. There are no checkpoints.
class StreamedLines final : public LineOutput {
public:
    /// `output` must outlive it.
    explicit StreamedLines(Output& output) : output_(output) {}
    Result<void> write(std::string_view lines) override { return output_.write(lines); }
    Result<void> commit(const BatchPosition& /*position*/) override { return {}; }

private:
    Output& output_;
};

/// A file that grows, with the checkpoint beside it: `commit` ends the compressed member, makes the
/// file durable, then the checkpoint that says how long it is. So after any crash the file holds at
/// least what the checkpoint tells, and what is more is cut off when the run goes on.
class CheckpointedFile final : public LineOutput {
public:
    /// Opens or makes the file and locks it. `run` is what must be the same for the run to go on
    /// (`check_same_run`). Errors: `kIo`, also for a file that cannot be locked; `kUsage` when a
    /// run cannot be resumed, when a new one would destroy what an interrupted one left, or when
    /// another process writes to the file.
    static Result<std::unique_ptr<CheckpointedFile>> open(const std::string& path, RunStart start,
                                                          boost::json::object run);

    /// Where the run goes on.
    [[nodiscard]] const BatchPosition& start() const { return checkpoint_.position; }

    Result<void> write(std::string_view lines) override;
    Result<void> commit(const BatchPosition& position) override;
    /// The run is done: there is nothing to go on with.
    Result<void> finish();

private:
    CheckpointedFile(std::string path, sys::FileDescriptor file);
    Result<void> prepare(RunStart start, boost::json::object run);
    [[nodiscard]] Result<void> check_resumable(const boost::json::object& run) const;
    Result<void> cut(std::uint64_t size);
    Result<void> write_encoded();

    std::string path_;
    std::string checkpoint_path_;
    sys::FileDescriptor file_;
    std::unique_ptr<io::Encoder> encoder_;
    std::string encoded_;  ///< Not written yet.
    BatchCheckpoint checkpoint_;
    std::uint64_t written_ = 0;
};

}  // namespace riptide::app
