#include "app/batch_files.h"

#include <unistd.h>

#include <algorithm>
#include <optional>
#include <string>

#include "app/batch_checkpoint.h"
#include "app/messages.h"

namespace riptide::app {
namespace {

struct WrittenFile {
    std::string name;    ///< In a sentence.
    std::string remedy;  ///< What would be right when it is in the way.
    sys::FileIdentity identity;
};

std::vector<WrittenFile> written(const BatchPlan& plan) {
    std::vector<WrittenFile> files;
    const auto add = [&](std::string name, std::string remedy,
                         std::optional<sys::FileIdentity> identity) {
        if (identity) files.push_back({std::move(name), std::move(remedy), std::move(*identity)});
    };
    const std::string& output = plan.output_path;
    if (output.empty()) {
        add("standard output", "send it to another file", sys::file_identity(STDOUT_FILENO));
    } else {
        const std::string checkpoint = checkpoint_path(output);
        const std::string scratch = checkpoint_scratch_path(checkpoint);
        const std::string remedy = "name another --output";
        add("the output " + shown(output), remedy, sys::file_identity(output));
        add("the output's checkpoint " + shown(checkpoint), remedy, sys::file_identity(checkpoint));
        add("the checkpoint's scratch file " + shown(scratch), remedy, sys::file_identity(scratch));
    }
    if (!plan.statistics_path.empty()) {
        add("the statistics file " + shown(plan.statistics_path), "name another --stats",
            sys::file_identity(plan.statistics_path));
    }
    return files;
}

std::optional<sys::FileIdentity> identity_of_input(const std::string& input) {
    return input == "-" ? sys::file_identity(STDIN_FILENO) : sys::file_identity(input);
}

tl::unexpected<Error> in_the_way(const WrittenFile& file, const std::string& of_what) {
    return fail(ErrorClass::kUsage, file.name + " is " + of_what + "; " + file.remedy);
}

}  // namespace

std::vector<sys::FileIdentity> written_files(const BatchPlan& plan) {
    std::vector<sys::FileIdentity> identities;
    for (WrittenFile& file : written(plan)) identities.push_back(std::move(file.identity));
    return identities;
}

Result<void> check_files(const BatchPlan& plan) {
    const std::vector<WrittenFile> files = written(plan);
    for (const std::string& input : plan.inputs) {
        const std::optional<sys::FileIdentity> read = identity_of_input(input);
        const auto same = std::ranges::find(files, read, &WrittenFile::identity);
        if (same != files.end()) return in_the_way(*same, "one of the inputs");
    }
    for (auto file = files.begin(); file != files.end(); ++file) {
        const auto same = std::find_if(files.begin(), file, [&](const WrittenFile& earlier) {
            return earlier.identity == file->identity;
        });
        if (same != file) return in_the_way(*file, same->name + " as well");
    }
    return {};
}

}  // namespace riptide::app
