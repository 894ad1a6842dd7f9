#include "app/batch_output.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "app/messages.h"
#include "app/system_calls.h"
#include "sys/file_identity.h"

namespace riptide::app {
namespace {

tl::unexpected<Error> cannot_write(const std::string& path, int error_number) {
    return fail(ErrorClass::kIo, "cannot write to " + shown(path) + ": " + reason(error_number));
}

tl::unexpected<Error> cannot_lock(const std::string& path, int error_number) {
    if (error_number != EAGAIN && error_number != EACCES) {
        return fail(ErrorClass::kIo, "cannot lock " + shown(path) + ": " + reason(error_number));
    }
    // A lock of an open file belongs to no process; who holds it has signed the checkpoint.
    const auto checkpoint = load_checkpoint(checkpoint_path(path));
    const std::string holder = checkpoint && *checkpoint
                                   ? "process " + std::to_string((*checkpoint)->process)
                                   : "another process";
    return fail(ErrorClass::kUsage,
                holder + " writes to " + shown(path) + "; wait for it, or name another --output");
}

}  // namespace

CheckpointedFile::CheckpointedFile(std::string path, sys::FileDescriptor file)
    : path_(std::move(path)),
      checkpoint_path_(checkpoint_path(path_)),
      file_(std::move(file)),
      encoder_(io::make_encoder(path_)) {}

Result<std::unique_ptr<CheckpointedFile>> CheckpointedFile::open(const std::string& path,
                                                                 RunStart start,
                                                                 boost::json::object run) {
    constexpr mode_t kNewFileMode = 0666;  // less the umask
    sys::FileDescriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, kNewFileMode));
    if (!file.is_open()) {
        if (errno != ENOENT) return cannot_write(path, errno);
        return fail(ErrorClass::kIo,
                    "cannot write to " + shown(path) + ": its directory does not exist");
    }
    struct flock lock{};
    lock.l_type = F_WRLCK;
    if (fcntl(file.get(), F_OFD_SETLK, &lock) != 0) return cannot_lock(path, errno);
    std::unique_ptr<CheckpointedFile> output(new CheckpointedFile(path, std::move(file)));
    if (auto prepared = output->prepare(start, std::move(run)); !prepared) {
        return tl::unexpected(std::move(prepared.error()));
    }
    return output;
}

Result<void> CheckpointedFile::prepare(RunStart start, boost::json::object run) {
    auto found = load_checkpoint(checkpoint_path_);
    if (!found) return tl::unexpected(std::move(found.error()));
    std::optional<BatchCheckpoint>& checkpoint = *found;
    if (checkpoint && start == RunStart::kAnew) {
        return fail(ErrorClass::kUsage,
                    "a run that wrote to " + shown(path_) + " was interrupted; --resume goes on " +
                        "with it, or remove " + shown(checkpoint_path_) + " to start anew");
    }
    if (!checkpoint && start == RunStart::kResume && lseek(file_.get(), 0, SEEK_END) > 0) {
        return fail(ErrorClass::kUsage, "there is nothing to resume: " + shown(checkpoint_path_) +
                                            " does not exist, so the run that wrote " +
                                            shown(path_) +
                                            " is done; without --resume it is written anew");
    }
    if (checkpoint) {
        checkpoint_ = std::move(*checkpoint);
        if (auto resumable = check_resumable(run); !resumable) return resumable;
    } else {
        checkpoint_.run = std::move(run);
    }
    checkpoint_.process = static_cast<std::uint64_t>(getpid());
    // First, so that a file that is shorter than it was is never taken for one that is whole.
    return save_checkpoint(checkpoint_path_, checkpoint_).and_then([&] {
        return cut(checkpoint_.output_bytes);
    });
}

Result<void> CheckpointedFile::check_resumable(const boost::json::object& run) const {
    if (auto same = check_same_run(checkpoint_.run, run); !same) return same;
    struct stat status{};
    if (fstat(file_.get(), &status) != 0) return cannot_write(path_, errno);
    if (static_cast<std::uint64_t>(status.st_size) < checkpoint_.output_bytes) {
        return fail(ErrorClass::kUsage,
                    "cannot resume: " + shown(path_) + " is shorter than when its checkpoint " +
                        "was made; start anew, after removing " + shown(checkpoint_path_));
    }
    return {};
}

Result<void> CheckpointedFile::cut(std::uint64_t size) {
    const auto offset = static_cast<off_t>(size);
    if (ftruncate(file_.get(), offset) != 0 || lseek(file_.get(), offset, SEEK_SET) != offset) {
        return cannot_write(path_, errno);
    }
    written_ = size;
    return {};
}

Result<void> CheckpointedFile::write(std::string_view lines) {
    constexpr std::size_t kWorthWriting = std::size_t{256} << 10;
    encoder_->encode(lines, encoded_);
    return encoded_.size() < kWorthWriting ? Result<void>() : write_encoded();
}

Result<void> CheckpointedFile::write_encoded() {
    std::string_view rest = encoded_;
    while (!rest.empty()) {
        const ssize_t count = ::write(file_.get(), rest.data(), rest.size());
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return cannot_write(path_, errno);
        rest.remove_prefix(static_cast<std::size_t>(count));
        written_ += static_cast<std::uint64_t>(count);
    }
    encoded_.clear();
    return {};
}

Result<void> CheckpointedFile::commit(const BatchPosition& position) {
    if (position == checkpoint_.position) return {};
    encoder_->finish_member(encoded_);
    if (auto written = write_encoded(); !written) return written;
    if (fdatasync(file_.get()) != 0) return cannot_write(path_, errno);
    if (sys::file_identity(path_) != sys::file_identity(file_.get())) {
        return fail(ErrorClass::kIo,
                    "the output " + shown(path_) + " was removed or replaced while it was written");
    }
    checkpoint_.position = position;
    checkpoint_.output_bytes = written_;
    return save_checkpoint(checkpoint_path_, checkpoint_);
}

Result<void> CheckpointedFile::finish() {
    if (unlink(checkpoint_path_.c_str()) != 0) return cannot_write(checkpoint_path_, errno);
    return {};
}

}  // namespace riptide::app
