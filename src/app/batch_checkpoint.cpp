#include "app/batch_checkpoint.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>

#include "app/messages.h"
#include "app/system_calls.h"
#include "sys/file.h"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

namespace riptide::app {
namespace {

namespace json = boost::json;

constexpr Bytes kMaxCheckpoint = Bytes::mib(16);

json::object to_json(const BatchCheckpoint& checkpoint) {
    const BatchPosition& position = checkpoint.position;
    json::array beyond;
    for (const auto& [record, digest] : position.beyond) {
        beyond.push_back(json::array{record, digest});
    }
    return {{"run", checkpoint.run},          {"records", position.records},
            {"beyond", std::move(beyond)},    {"digest", position.digest},
            {"ok", position.outcomes[0]},     {"empty", position.outcomes[1]},
            {"failed", position.outcomes[2]}, {"output_bytes", checkpoint.output_bytes},
            {"process", checkpoint.process}};
}

bool read_number(const json::value* value, std::uint64_t& into) {
    if (value == nullptr) return false;
    boost::system::error_code error;
    into = value->to_number<std::uint64_t>(error);
    return !error;
}

bool read_beyond(const json::value* value, BatchPosition& position) {
    if (value == nullptr || !value->is_array()) return false;
    for (const json::value& pair : value->get_array()) {
        std::uint64_t record = 0;
        std::uint64_t digest = 0;
        if (!pair.is_array() || pair.get_array().size() != 2 ||
            !read_number(&pair.get_array()[0], record) ||
            !read_number(&pair.get_array()[1], digest)) {
            return false;
        }
        position.beyond.emplace(record, digest);
    }
    return true;
}

std::optional<BatchCheckpoint> from_json(const json::value& value) {
    if (!value.is_object()) return std::nullopt;
    const json::object& object = value.get_object();
    const json::value* run = object.if_contains("run");
    BatchCheckpoint checkpoint;
    BatchPosition& position = checkpoint.position;
    const bool complete =
        run != nullptr && run->is_object() &&
        read_number(object.if_contains("records"), position.records) &&
        read_beyond(object.if_contains("beyond"), position) &&
        read_number(object.if_contains("digest"), position.digest) &&
        read_number(object.if_contains("ok"), position.outcomes[0]) &&
        read_number(object.if_contains("empty"), position.outcomes[1]) &&
        read_number(object.if_contains("failed"), position.outcomes[2]) &&
        read_number(object.if_contains("output_bytes"), checkpoint.output_bytes) &&
        read_number(object.if_contains("process"), checkpoint.process);
    if (!complete) return std::nullopt;
    checkpoint.run = run->get_object();
    return checkpoint;
}

tl::unexpected<Error> cannot_write(const std::string& path, int error_number) {
    return fail(ErrorClass::kIo, "cannot write to " + shown(path) + ": " + reason(error_number));
}

bool write_synchronised(sys::FileDescriptor& file, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t count = write(file.get(), bytes.data(), bytes.size());
        if (count < 0 && errno != EINTR) return false;
        bytes.remove_prefix(count < 0 ? 0 : static_cast<std::size_t>(count));
    }
    return fsync(file.get()) == 0;
}

/// A rename is safe only when its directory is.
bool synchronise_directory(const std::string& path) {
    const std::size_t slash = path.rfind('/');
    const std::string directory = slash == std::string::npos ? "." : path.substr(0, slash + 1);
    const sys::FileDescriptor opened(open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    return opened.is_open() && (fsync(opened.get()) == 0 || errno == EINVAL);
}

}  // namespace

std::string checkpoint_path(const std::string& output) { return output + ".checkpoint"; }

std::string checkpoint_scratch_path(const std::string& checkpoint) { return checkpoint + ".new"; }

Result<void> save_checkpoint(const std::string& path, const BatchCheckpoint& checkpoint) {
    // One name, so that a crash leaves one file at most, and the next checkpoint takes it.
    const std::string scratch = checkpoint_scratch_path(path);
    sys::FileDescriptor file(
        open(scratch.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0600));
    if (!file.is_open()) return cannot_write(path, errno);
    const std::string text = json::serialize(to_json(checkpoint)) + "\n";
    if (!write_synchronised(file, text) || rename(scratch.c_str(), path.c_str()) != 0 ||
        !synchronise_directory(path)) {
        const int error_number = errno;
        unlink(scratch.c_str());
        return cannot_write(path, error_number);
    }
    return {};
}

Result<std::optional<BatchCheckpoint>> load_checkpoint(const std::string& path) {
    if (access(path.c_str(), F_OK) != 0 && errno == ENOENT) return std::nullopt;
    const auto bytes = sys::read_file(path, kMaxCheckpoint);
    if (!bytes) return tl::unexpected(bytes.error());
    boost::system::error_code error;
    const json::value value = json::parse(
        std::string_view(reinterpret_cast<const char*>(bytes->data()), bytes->size()), error);
    std::optional<BatchCheckpoint> checkpoint = error ? std::nullopt : from_json(value);
    if (checkpoint) return checkpoint;
    return fail(ErrorClass::kUsage, shown(path) +
                                        " is not a checkpoint of riptide; remove it, and the run "
                                        "starts anew without --resume");
}

Result<void> check_same_run(const json::object& then, const json::object& now) {
    for (const auto& pair : now) {
        const json::value* before = then.if_contains(pair.key());
        if (before != nullptr && *before == pair.value()) continue;
        return fail(ErrorClass::kUsage,
                    "cannot resume: \"" + std::string(pair.key()) + "\" is not what it was: " +
                        (before == nullptr ? "nothing" : json::serialize(*before)) + " then, " +
                        json::serialize(pair.value()) +
                        " now; run the same command again, or start anew without --resume, after "
                        "removing the checkpoint");
    }
    return {};
}

}  // namespace riptide::app
