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

bool others_may_read(const std::string& path) {
    struct stat status;
    return stat(path.c_str(), &status) == 0 && (status.st_mode & S_IROTH) != 0;
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
    if (others_may_read(config.admin_token_file)) {
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

}  // namespace riptide::config
