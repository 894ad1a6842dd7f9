#include "config/admin_token.h"

#include <sys/stat.h>

#include <algorithm>

#include "config/printable.h"
#include "sys/file.h"

namespace riptide::config {
namespace {

constexpr Bytes kMaxFile{4096};

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view kBlanks = " \t\r\n";
    const std::size_t first = text.find_first_not_of(kBlanks);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

/// `who`: bits of a file's mode.
bool may_read(const std::string& path, mode_t who) {
    struct stat status;
    return stat(path.c_str(), &status) == 0 && (status.st_mode & who) != 0;
}

}  // namespace

bool is_admin_token(std::string_view text) {
    return text.size() >= kShortestToken && text.size() <= kLongestToken &&
           std::ranges::all_of(text, [](char c) { return c > ' ' && c < '\x7F'; });
}

Result<void> load_admin_token(ServiceConfig& config) {
    if (config.admin_token_file.empty()) return {};
    const std::string name = printable_excerpt(config.admin_token_file);
    if (!config.admin_token.empty()) {
        return fail(
            ErrorClass::kConfig,
            "RIPTIDE_ADMIN_TOKEN and RIPTIDE_ADMIN_TOKEN_FILE are both given; one is enough");
    }
    const auto bytes = sys::read_file(config.admin_token_file, kMaxFile);
    if (!bytes) return tl::unexpected(bytes.error());
    if (may_read(config.admin_token_file, S_IROTH)) {
        return fail(ErrorClass::kConfig, name +
                                             ": every user of this machine may read the admin "
                                             "token; `chmod o-r` the file");
    }
    const std::string_view token =
        trimmed({reinterpret_cast<const char*>(bytes->data()), bytes->size()});
    if (!is_admin_token(token)) {
        return fail(ErrorClass::kConfig,
                    name + ": an admin token is " + std::to_string(kShortestToken) + " to " +
                        std::to_string(kLongestToken) + " visible ASCII characters");
    }
    config.admin_token = token;
    return {};
}

std::vector<std::string> warn_of_exposed_token(const Settings& settings) {
    std::vector<std::string> files;
    if (settings.of("admin_token").source == Source::kFile) {
        files.push_back(settings.of("config").value);
    }
    // One that every user may read is refused, which tells enough.
    const std::string& token_file = settings.service.admin_token_file;
    if (!may_read(token_file, S_IROTH)) files.push_back(token_file);
    std::vector<std::string> warnings;
    for (const std::string& path : files) {
        if (path.empty() || !may_read(path, S_IRGRP | S_IROTH)) continue;
        warnings.push_back(printable_excerpt(path) +
                           ": others than its owner may read the admin token; `chmod go-r` the "
                           "file");
    }
    return warnings;
}

}  // namespace riptide::config
