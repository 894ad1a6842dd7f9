#include "io/page_tree.h"

#include <dirent.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <string_view>
#include <system_error>
#include <vector>

#include "sys/file.h"

namespace riptide::io {
namespace {

constexpr std::array<std::string_view, 3> kPageSuffixes = {".html", ".htm", ".xhtml"};

bool take_suffix(std::string_view& name, std::string_view suffix) {
    if (name.size() < suffix.size()) return false;
    const std::string_view end = name.substr(name.size() - suffix.size());
    const auto alike = [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a + 32 : a) == b; };
    if (!std::ranges::equal(end, suffix, alike)) return false;
    name.remove_suffix(suffix.size());
    return true;
}

bool names_a_page(std::string_view name) {
    if (!take_suffix(name, ".gz")) take_suffix(name, ".zst");
    return std::ranges::any_of(kPageSuffixes,
                               [&](std::string_view suffix) { return take_suffix(name, suffix); });
}

enum class EntryKind : std::uint8_t { kDirectory, kPage };
struct Entry {
    std::string name;
    EntryKind kind;
};

bool is_directory(const std::string& directory, const dirent& entry) {
    if (entry.d_type != DT_UNKNOWN) return entry.d_type == DT_DIR;
    struct stat status{};
    return lstat((directory + "/" + entry.d_name).c_str(), &status) == 0 && S_ISDIR(status.st_mode);
}

/// None at the end, when `errno` is 0, and where the directory cannot be read.
const dirent* next_entry(DIR* directory) {
    errno = 0;
    return readdir(directory);
}

/// Nothing for what is not there or no regular file, which its reader says.
std::uint64_t file_size(const std::string& path) {
    struct stat status{};
    if (stat(path.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) return 0;
    return static_cast<std::uint64_t>(status.st_size);
}

/// In descending order, so that the next one is the last.
Result<std::vector<Entry>> entries_of(const std::string& directory) {
    const sys::Directory open(opendir(directory.c_str()));
    if (!open) {
        return fail(ErrorClass::kIo,
                    "the directory cannot be read: " + std::generic_category().message(errno));
    }
    std::vector<Entry> entries;
    while (const dirent* entry = next_entry(open.get())) {
        const std::string_view name = entry->d_name;
        if (name == "." || name == "..") continue;
        if (is_directory(directory, *entry)) {
            entries.push_back({std::string(name), EntryKind::kDirectory});
        } else if (names_a_page(name)) {
            entries.push_back({std::string(name), EntryKind::kPage});
        }
    }
    if (errno != 0) {
        return fail(ErrorClass::kIo, "the directory cannot be read to its end: " +
                                         std::generic_category().message(errno));
    }
    std::ranges::sort(entries, std::greater{}, &Entry::name);
    return entries;
}

class PageTree final : public RecordSource {
public:
    PageTree(const std::string& root, InputWatch& watch)
        : root_(std::make_shared<std::string>(root)), watch_(watch) {}

    std::optional<Record> next() override {
        if (!started_) {
            started_ = true;
            if (auto failed = enter("")) return failed;
        }
        while (!levels_.empty()) {
            Level& level = levels_.back();
            if (level.entries.empty()) {
                levels_.pop_back();
                continue;
            }
            const Entry entry = std::move(level.entries.back());
            level.entries.pop_back();
            std::string name = level.name.empty() ? entry.name : level.name + "/" + entry.name;
            if (entry.kind == EntryKind::kPage) {
                std::string path = path_of(name);
                if (watch_.is_own(path)) continue;
                watch_.bytes_read += file_size(path);
                return Record{Origin{root_, ++records_, 0},
                              PageFile{std::move(path), std::move(name)}};
            }
            if (auto failed = enter(std::move(name))) return failed;
        }
        return std::nullopt;
    }

private:
    struct Level {
        std::string name;  ///< Within the root; empty for the root itself.
        std::vector<Entry> entries;
    };

    [[nodiscard]] std::string path_of(const std::string& name) const {
        if (name.empty()) return *root_;
        return root_->ends_with('/') ? *root_ + name : *root_ + "/" + name;
    }

    /// A record when it fails.
    std::optional<Record> enter(std::string name) {
        const std::string path = path_of(name);
        Result<std::vector<Entry>> entries = entries_of(path);
        if (entries) {
            levels_.push_back({std::move(name), std::move(*entries)});
            return std::nullopt;
        }
        return Record{Origin{std::make_shared<std::string>(path), ++records_, 0},
                      std::move(entries.error())};
    }

    std::shared_ptr<const std::string> root_;
    InputWatch& watch_;
    std::vector<Level> levels_;
    std::uint64_t records_ = 0;
    bool started_ = false;
};

class SinglePage final : public RecordSource {
public:
    SinglePage(std::string path, InputWatch& watch) : path_(std::move(path)), watch_(watch) {}
    std::optional<Record> next() override {
        if (done_) return std::nullopt;
        done_ = true;
        watch_.bytes_read += file_size(path_);
        return Record{Origin{std::make_shared<std::string>(path_), 1, 0}, PageFile{path_, path_}};
    }

private:
    std::string path_;
    InputWatch& watch_;
    bool done_ = false;
};

}  // namespace

std::unique_ptr<RecordSource> read_page_tree(const std::string& path, InputWatch& watch) {
    return std::make_unique<PageTree>(path, watch);
}

std::unique_ptr<RecordSource> read_page_file(const std::string& path, InputWatch& watch) {
    return std::make_unique<SinglePage>(path, watch);
}

}  // namespace riptide::io
