// Readers of records: whatever pieces a stream comes in, its records are the same.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/eventfd.h>
#include <sys/stat.h>

#include <array>
#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <thread>

#include "io/decoder.h"
#include "io/decompressed_source.h"
#include "io/encoder.h"
#include "io/jsonl_source.h"
#include "io/page_tree.h"
#include "io/record_inputs.h"
#include "io/warc_source.h"

namespace riptide::io {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr Bytes kLimit{1000};

/// Gives at most `piece` bytes at once.
class Pieces final : public ByteSource {
public:
    Pieces(std::string bytes, std::size_t piece) : bytes_(std::move(bytes)), piece_(piece) {}
    Result<std::size_t> read(std::span<char> into) override {
        const std::size_t count = bytes_.copy(into.data(), std::min(piece_, into.size()), used_);
        used_ += count;
        return count;
    }

private:
    std::string bytes_;
    std::size_t piece_;
    std::size_t used_ = 0;
};

std::string shown(const Record& record) {
    std::string text =
        std::to_string(record.origin.record) + "@" + std::to_string(record.origin.offset) + " ";
    if (const Error* error = std::get_if<Error>(&record.content))
        return text + "! " + error->detail;
    if (const auto* line = std::get_if<JsonLine>(&record.content)) return text + line->text;
    if (const auto* file = std::get_if<PageFile>(&record.content)) return text + file->name;
    const auto& page = std::get<ArchivedPage>(record.content);
    return text + page.url + " " + page.content_type + " " + page.body;
}

std::vector<std::string> all(RecordSource& source) {
    std::vector<std::string> records;
    while (const std::optional<Record> record = source.next()) {
        records.push_back(shown(*record));
        if (records.size() > 1000) ADD_FAILURE() << "endless";
        if (records.size() > 1000) break;
    }
    return records;
}

enum class Kind { kJsonl, kWarc };

std::vector<std::string> records_of(Kind kind, const std::string& bytes, std::size_t piece) {
    static InputWatch watch;
    auto source = decompressed(std::make_unique<Pieces>(bytes, piece));
    const auto name = std::make_shared<const std::string>("in");
    const auto records = kind == Kind::kJsonl ? read_jsonl(std::move(source), name, kLimit)
                                              : read_warc(std::move(source), name, kLimit, watch);
    return all(*records);
}

/// The records of a stream, which must be the same however it is cut.
std::vector<std::string> records_of(Kind kind, const std::string& bytes) {
    auto records = records_of(kind, bytes, bytes.size() + 1);
    for (const std::size_t piece : {1, 2, 3, 7, 64, 1000}) {
        EXPECT_EQ(records_of(kind, bytes, piece), records) << "in pieces of " << piece;
    }
    return records;
}

std::string compressed(const std::string& suffix, const std::vector<std::string>& members) {
    const auto encoder = make_encoder(suffix);
    std::string out;
    for (const std::string& member : members) {
        encoder->encode(member, out);
        encoder->finish_member(out);
    }
    return out;
}

std::string warc(const std::string& type, const std::string& content_type,
                 const std::string& block) {
    return "WARC/1.0\r\nWARC-Type: " + type + "\r\nWARC-Target-URI: <https://a.example/>\r\n" +
           "Content-Type: " + content_type + "\r\nContent-Length: " + std::to_string(block.size()) +
           "\r\n\r\n" + block + "\r\n\r\n";
}

std::string response(const std::string& type, const std::string& body) {
    return warc("response", "application/http;msgtype=response",
                "HTTP/1.1 200 OK\r\nContent-Type: " + type + "\r\n\r\n" + body);
}

TEST(Jsonl, has_a_record_for_each_line_that_is_not_blank) {
    EXPECT_THAT(records_of(Kind::kJsonl, "\xEF\xBB\xBF{\"a\":1}\n\n \r\n{}\r\nlast"),
                ElementsAre("1@0 {\"a\":1}", "4@15 {}\r", "5@19 last"));
    EXPECT_THAT(records_of(Kind::kJsonl, ""), ElementsAre());
}

TEST(Jsonl, a_line_that_is_too_long_is_one_record_and_the_next_is_read) {
    const std::string bytes = std::string(2 * 1000 + (64 << 10) + 1, 'x') + "\n{}\n";
    EXPECT_THAT(records_of(Kind::kJsonl, bytes),
                ElementsAre(HasSubstr("1@0 ! the line is longer than"), "2@67538 {}"));
}

TEST(Compressed, members_and_frames_follow_one_another) {
    for (const std::string suffix : {".gz", ".zst"}) {
        const std::string bytes = compressed(suffix, {"{1}\n{2", "}\n", "{3}\n"});
        EXPECT_THAT(records_of(Kind::kJsonl, bytes), ElementsAre("1@0 {1}", "2@4 {2}", "3@8 {3}"));
    }
}

TEST(Compressed, what_is_given_at_once_may_be_long) {
    // Not of one kind, so that a part that is lost or comes twice is noticed.
    std::string bytes;
    for (int i = 0; bytes.size() < std::size_t{3} << 20; ++i) bytes += std::to_string(i);
    EXPECT_TRUE(decompress(compressed(".gz", {bytes}), Compression::kGzip, Bytes::mib(4)) == bytes);
    EXPECT_TRUE(decompress(compressed(".zst", {bytes}), Compression::kZstd, Bytes::mib(4)) ==
                bytes);
}

TEST(Compressed, members_may_be_empty_and_zeros_may_stand_between_them) {
    const std::string bytes = compressed(".gz", {"{1}\n", "", ""}) + std::string(3, '\0') +
                              compressed(".gz", {"", "{2}\n"});
    EXPECT_THAT(records_of(Kind::kJsonl, bytes), ElementsAre("1@0 {1}", "2@4 {2}"));
}

/// Bytes that nothing compresses.
std::string noise(std::size_t size) {
    std::minstd_rand random;
    std::string bytes(size, '\0');
    for (char& byte : bytes) byte = static_cast<char>(random() >> 16);
    return bytes;
}

TEST(Compressed, members_of_any_size_are_read_whatever_is_there_of_them_at_once) {
    std::vector<std::string> members(30, noise(100'000));
    members[10] = noise(3 << 20);
    std::string all_of_them;
    for (const std::string& member : members) all_of_them += member;
    const std::string bytes = compressed(".gz", members);
    for (const std::size_t piece : {std::size_t{60'000}, bytes.size()}) {
        for (const std::size_t room : {std::size_t{50'000}, std::size_t{2} << 20}) {
            const auto source = decompressed(std::make_unique<Pieces>(bytes, piece));
            std::string read;
            std::string into(room, '\0');
            for (Result<std::size_t> size = 1; *size > 0; read.append(into, 0, *size)) {
                size = source->read(into);
                ASSERT_TRUE(size) << size.error().detail;
            }
            EXPECT_TRUE(read == all_of_them) << piece << " " << room;
        }
    }
}

TEST(Compressed, a_member_whose_checksum_is_wrong_is_an_error_behind_its_content) {
    std::string bytes = compressed(".gz", {"{1}\n"});
    bytes[bytes.size() - 8] ^= 1;
    EXPECT_THAT(records_of(Kind::kJsonl, bytes + compressed(".gz", {"{2}\n"})),
                ElementsAre("1@0 {1}", HasSubstr("! the gzip data is damaged")));
}

TEST(Compressed, much_comes_of_little) {
    const std::string big(5'000'000, 'x');
    for (const std::string suffix : {".gz", ".zst"}) {
        const auto records = records_of(Kind::kJsonl, compressed(suffix, {big + "\n{}"}));
        ASSERT_EQ(records.size(), 2U);
        EXPECT_EQ(records[1], "2@5000001 {}");
    }
}

TEST(Compressed, a_stream_that_is_cut_off_or_damaged_is_one_last_record) {
    for (const std::string suffix : {".gz", ".zst"}) {
        const std::string whole = compressed(suffix, {"{1}\n", "{2}\n{3"});
        const auto cut = records_of(Kind::kJsonl, whole.substr(0, whole.size() - 2));
        ASSERT_GE(cut.size(), 2U);
        EXPECT_EQ(cut.front(), "1@0 {1}");
        EXPECT_THAT(cut.back(), HasSubstr("! the compressed data is cut off"));
    }
    const std::string gzip = compressed(".gz", {"{1}\n"});
    EXPECT_THAT(records_of(Kind::kJsonl, gzip + std::string(600, '\0')), ElementsAre("1@0 {1}"));
    EXPECT_THAT(records_of(Kind::kJsonl, gzip + "garbage"),
                ElementsAre("1@0 {1}", HasSubstr("other bytes follow its last member")));
}

TEST(Warc, has_pages_and_passes_over_the_rest) {
    const std::string bytes = warc("warcinfo", "application/warc-fields", "a: b\r\n") +
                              response("text/html; charset=utf-8", "<p>1") +
                              response("image/png", "PNG") + warc("revisit", "text/html", "") +
                              warc("resource", "application/xhtml+xml", "<p>2") +
                              warc("resource", "text/plain", "3");
    const auto expected = ElementsAre(HasSubstr("https://a.example/ text/html; charset=utf-8 <p>1"),
                                      HasSubstr("https://a.example/ application/xhtml+xml <p>2"));
    EXPECT_THAT(records_of(Kind::kWarc, bytes), expected);
    EXPECT_THAT(
        records_of(Kind::kWarc, compressed(".gz", {bytes.substr(0, 300), bytes.substr(300)})),
        expected);
}

TEST(Warc, counts_what_it_passes_over) {
    InputWatch watch;
    const std::string bytes =
        response("image/png", "PNG") + warc("request", "application/http", "");
    const auto source = read_warc(std::make_unique<Pieces>(bytes, 10),
                                  std::make_shared<const std::string>("in"), kLimit, watch);
    EXPECT_THAT(all(*source), ElementsAre());
    EXPECT_EQ(watch.skipped_records, 2U);
}

TEST(Warc, goes_on_behind_a_broken_record) {
    std::string no_length = response("text/html", "<p>1");
    no_length.replace(no_length.find("Content-Length: "), 16, "Content-Length: x");
    const std::string good = response("text/html", "<p>2");
    EXPECT_THAT(records_of(Kind::kWarc, no_length + good),
                ElementsAre(HasSubstr("1@0 ! the WARC record is broken: its Content-Length"),
                            HasSubstr("<p>2")));
    EXPECT_THAT(records_of(Kind::kWarc, "garbage\n" + good),
                ElementsAre(HasSubstr("does not begin with WARC/"), HasSubstr("<p>2")));
    const std::string long_header = "WARC/1.0\r\nA: " + std::string(70'000, 'a') + "\r\n\r\n";
    EXPECT_THAT(records_of(Kind::kWarc, long_header + good),
                ElementsAre(HasSubstr("longer than 64 KiB"), HasSubstr("<p>2")));
}

TEST(Warc, a_record_that_is_too_large_is_skipped_by_its_length) {
    const std::string bytes =
        response("text/html", std::string(70'000, 'x')) + response("text/html", "<p>2");
    EXPECT_THAT(records_of(Kind::kWarc, bytes),
                ElementsAre(HasSubstr("--body-limit"), HasSubstr("<p>2")));
}

TEST(Warc, a_header_of_http_may_be_long_and_one_that_is_none_is_an_error_of_its_page) {
    const std::string head = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nX: ";
    const std::string type = "application/http;msgtype=response";
    const std::string bytes =
        warc("response", type, head + std::string(20'000, 'x') + "\r\n\r\n<p>1") +
        warc("response", type, "<p>no header\r\n\r\n") + warc("response", type, head + "\r\n") +
        warc("response", type, head + "\r\n\r\n");
    InputWatch watch;
    const auto source = read_warc(std::make_unique<Pieces>(bytes, 1000),
                                  std::make_shared<const std::string>("in"), Bytes{50'000}, watch);
    std::vector<std::string> pages;
    while (std::optional<Record> record = source->next()) {
        const RecordRequest asked = request_of(std::move(*record), {}, kLimit, watch);
        pages.push_back(asked.request ? asked.request->bytes : "! " + asked.request.error().detail);
    }
    const auto no_header = HasSubstr("! the HTTP response is broken: it does not begin with");
    EXPECT_THAT(pages, ElementsAre("<p>1", no_header, no_header, ""));
}

TEST(Warc, an_input_that_ends_within_a_record_is_told) {
    const std::string whole = response("text/html", "<p>1");
    EXPECT_THAT(records_of(Kind::kWarc, whole.substr(0, whole.size() - 6)),
                ElementsAre(HasSubstr("ends after")));
    EXPECT_THAT(records_of(Kind::kWarc, whole.substr(0, 30)),
                ElementsAre(HasSubstr("ends within its header")));
}

class PageTreeTest : public testing::Test {
protected:
    PageTreeTest() : root_(testing::TempDir() + "/page-tree-XXXXXX") {
        EXPECT_NE(mkdtemp(root_.data()), nullptr);
    }
    ~PageTreeTest() override { std::filesystem::remove_all(root_); }
    void write(const std::string& name, const std::string& bytes) const {
        std::filesystem::create_directories(
            std::filesystem::path(root_ + "/" + name).parent_path());
        std::ofstream(root_ + "/" + name) << bytes;
    }
    std::string root_;
    InputWatch watch_;
};

TEST_F(PageTreeTest, is_read_in_the_order_of_names) {
    for (const char* name : {"b.html", "a/z.HTM", "a/b/c.xhtml.gz", "a.html.zst", "x.txt", "c"}) {
        write(name, "x");
    }
    std::filesystem::create_directory_symlink(root_, root_ + "/a/loop");
    std::filesystem::create_symlink("b.html", root_ + "/link.html");
    EXPECT_THAT(all(*read_page_tree(root_, watch_)),
                ElementsAre("1@0 a/b/c.xhtml.gz", "2@0 a/z.HTM", "3@0 a.html.zst", "4@0 b.html",
                            "5@0 link.html"));
}

TEST_F(PageTreeTest, what_the_run_writes_itself_is_no_page) {
    write("a.html", "x");
    write("out.html", "lines");
    std::filesystem::create_symlink("out.html", root_ + "/link.html");
    const auto later = sys::file_identity(root_ + "/stats.html");
    watch_.own_files = {*sys::file_identity(root_ + "/out.html"), *later};
    EXPECT_THAT(all(*read_page_tree(root_, watch_)), ElementsAre("1@0 a.html"));
    const std::atomic<bool> stop{false};
    EXPECT_EQ(size_of_inputs({root_}, watch_.own_files, stop), 1U);
    EXPECT_EQ(size_of_inputs({root_}, {}, stop), 1U + 5U + 5U);
    EXPECT_EQ(later, sys::file_identity(root_ + "/./stats.html"));
    write("stats.html", "there now");
    EXPECT_NE(later, sys::file_identity(root_ + "/stats.html"));
}

TEST_F(PageTreeTest, a_directory_that_vanished_is_a_record) {
    write("a/1.html", "x");
    write("b/1.html", "x");
    const auto source = read_page_tree(root_, watch_);
    EXPECT_EQ(shown(*source->next()), "1@0 a/1.html");
    std::filesystem::remove_all(root_ + "/b");
    EXPECT_THAT(shown(*source->next()), HasSubstr("2@0 ! the directory cannot be read: No such"));
    EXPECT_FALSE(source->next());
}

TEST_F(PageTreeTest, pages_that_cannot_be_read_are_errors) {
    std::filesystem::create_symlink("loop.html", root_ + "/loop.html");
    ASSERT_EQ(mkfifo((root_ + "/fifo.html").c_str(), 0600), 0);
    write("big.html", std::string(1002, 'x'));
    const auto detail = [&](const std::string& name) {
        Record record{Origin{}, PageFile{root_ + "/" + name, name}};
        const RecordRequest asked = request_of(std::move(record), {}, kLimit, watch_);
        EXPECT_EQ(asked.id, boost::json::value(name));
        return asked.request ? std::to_string(asked.request->bytes.size())
                             : asked.request.error().detail;
    };
    EXPECT_EQ(detail("gone.html"), "cannot be read: No such file or directory");
    EXPECT_THAT(detail("loop.html"), HasSubstr("Too many levels of symbolic links"));
    EXPECT_EQ(detail("fifo.html"), "is not a regular file");
    EXPECT_EQ(detail("big.html"), "1001");  // for the extractor to refuse
}

TEST_F(PageTreeTest, inputs_are_told_apart_by_name_and_first_bytes) {
    const std::string json = R"({"html": "x"})";
    write("a", json);
    write("b", response("text/html", "<p>w"));
    write("c", "  <!doctype html>");
    write("d.jsonl.zst", compressed(".zst", {"<not json>"}));
    InputWatch watch;
    const auto source = read_inputs(
        {root_ + "/a", root_ + "/b", root_ + "/none", root_ + "/c", root_ + "/d.jsonl.zst"},
        InputFormat::kAuto, kLimit, watch);
    EXPECT_THAT(all(*source),
                ElementsAre("1@0 " + json, HasSubstr("<p>w"), HasSubstr("0@0 ! cannot be read"),
                            "1@0  text/html   <!doctype html>", "1@0 <not json>"));
    EXPECT_GT(watch.bytes_read, 100U);
}

TEST_F(PageTreeTest, the_size_of_inputs_is_what_reading_them_comes_to) {
    write("in/a.html", "<p>1");
    write("in/b/c.html.gz", compressed(".gz", {std::string(5000, 'x')}));
    write("in/b/other.txt", "no page");
    std::filesystem::create_symlink("a.html", root_ + "/in/link.html");
    write("page.html", "<p>22");
    write("lines.jsonl.gz", compressed(".gz", {"{}\n{}\n"}));
    const std::vector<std::string> inputs = {root_ + "/in", root_ + "/page.html",
                                             root_ + "/lines.jsonl.gz"};
    EXPECT_EQ(all(*read_inputs(inputs, InputFormat::kAuto, kLimit, watch_)).size(), 6U);
    std::atomic<bool> stop{false};
    EXPECT_EQ(size_of_inputs(inputs, {}, stop), watch_.bytes_read.load());
    EXPECT_GT(watch_.bytes_read, 4U + 5U + 4U);
    EXPECT_EQ(size_of_inputs({root_ + "/page.html", "-"}, {}, stop), std::nullopt);
    EXPECT_EQ(size_of_inputs({root_ + "/gone"}, {}, stop), std::nullopt);
    stop = true;
    EXPECT_EQ(size_of_inputs(inputs, {}, stop), std::nullopt);
}

TEST_F(PageTreeTest, a_pipe_is_opened_without_its_writer_and_read_when_it_comes) {
    const std::string path = root_ + "/fifo";
    ASSERT_EQ(mkfifo(path.c_str(), 0600), 0);
    InputWatch watch;
    const auto source = FileSource::open(path, watch);
    ASSERT_TRUE(source);
    std::thread writer([&] { std::ofstream(path) << "late"; });
    std::string read;
    std::array<char, 3> piece{};
    for (;;) {
        const auto count = (*source)->read(piece);
        ASSERT_TRUE(count);
        if (*count == 0) break;
        read.append(piece.data(), *count);
    }
    writer.join();
    EXPECT_EQ(read, "late");
}

TEST_F(PageTreeTest, files_and_pipes_are_read_no_more_after_a_stop) {
    const sys::FileDescriptor stop(eventfd(1, EFD_CLOEXEC));
    InputWatch watch;
    watch.stop_descriptor = stop.get();
    ASSERT_EQ(mkfifo((root_ + "/fifo").c_str(), 0600), 0);
    write("file.jsonl", "{}\n");
    for (const char* name : {"/fifo", "/file.jsonl"}) {
        const auto source = read_inputs({root_ + name}, InputFormat::kAuto, kLimit, watch);
        const std::optional<Record> record = source->next();
        ASSERT_TRUE(record);
        const auto* error = std::get_if<Error>(&record->content);
        ASSERT_NE(error, nullptr) << name;
        EXPECT_EQ(error->error_class, ErrorClass::kCancelled);
    }
    EXPECT_EQ(watch.bytes_read, 0U);
}

}  // namespace
}  // namespace riptide::io
