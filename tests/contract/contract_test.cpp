// One suite over every engine: what an `Extractor` promises, whichever it is. The native core and
// both builds of the guest must make the same document of every fixture, byte for byte.
#include <riptide/extractor.h>
#include <riptide/instance_pool.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "core/chars.h"
#include "pool/helper_extractor.h"
#include "pool/native_extractor.h"

#include <boost/json.hpp>

namespace riptide {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;
using namespace std::chrono_literals;
using testing::HasSubstr;

struct EngineUnderTest {
    const char* name;
    Engine engine;
    const Extractor* extractor;
};

void PrintTo(const EngineUnderTest& engine, std::ostream* out) { *out << engine.name; }

const Extractor& sandbox(bool simd) {
    const auto start = [](bool enable_simd) {
        ExtractorConfig config;
        config.max_pool_size = 2;
        config.enable_aot_cache = false;
        config.enable_simd = enable_simd;
        return InstancePool::create(config).value();
    };
    static const std::unique_ptr<InstancePool> kSimd = start(true);
    static const std::unique_ptr<InstancePool> kScalar = start(false);
    return simd ? *kSimd : *kScalar;
}

const NativeExtractor& native() {
    static const NativeExtractor kNative;
    return kNative;
}

const HelperExtractor& helpers() {
    static const std::unique_ptr<HelperExtractor> kHelpers =
        HelperExtractor::create(HelperSettings{}).value();
    return *kHelpers;
}

std::string read(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    EXPECT_TRUE(file.is_open()) << path;
    return {std::istreambuf_iterator<char>(file), {}};
}

struct Fixture {
    std::string name;
    std::string bytes;
    json::object facts;
};

const std::vector<Fixture>& fixtures() {
    static const std::vector<Fixture> kFixtures = [] {
        std::vector<Fixture> all;
        for (const char* folder : {"", "encodings"}) {
            for (const auto& entry : fs::directory_iterator(fs::path(RIPTIDE_FIXTURES) / folder)) {
                if (entry.path().extension() != ".html") continue;
                fs::path facts = entry.path();
                facts.replace_extension(".json");
                all.push_back({entry.path().stem().string(), read(entry.path()),
                               json::parse(read(facts)).as_object()});
            }
        }
        std::ranges::sort(all, {}, &Fixture::name);
        return all;
    }();
    return kFixtures;
}

std::string text_of(const json::object& object, const char* key) {
    const json::value* value = object.if_contains(key);
    return value == nullptr ? std::string() : std::string(value->as_string());
}

Request request_for(const Fixture& fixture) {
    Request request;
    request.bytes = fixture.bytes;
    request.content_type = text_of(fixture.facts, "content_type");
    request.options.url = text_of(fixture.facts, "url");
    return request;
}

Request request_for(std::string_view page) {
    Request request;
    request.bytes = page;
    return request;
}

Deadline soon() { return Deadline::after(60s); }

class Contract : public testing::TestWithParam<EngineUnderTest> {
protected:
    static Result<Document> extract(const Request& request) {
        return GetParam().extractor->extract(request, soon());
    }
};

TEST_P(Contract, there_are_fixtures_in_many_shapes) { EXPECT_GE(fixtures().size(), 40U); }

TEST_P(Contract, every_fixture_becomes_the_document_that_the_native_core_makes) {
    for (const Fixture& fixture : fixtures()) {
        for (const ExtractionMode mode :
             {ExtractionMode::kArticle, ExtractionMode::kFull, ExtractionMode::kMetadata}) {
            Request request = request_for(fixture);
            request.options.mode = mode;
            request.options.outputs = Outputs::usual() | Outputs::kTei | Outputs::kExplanation;
            const Result<Document> wanted = native().extract(request, soon());
            Result<Document> found = extract(request);
            ASSERT_TRUE(wanted) << fixture.name << ": " << wanted.error().detail;
            ASSERT_TRUE(found) << fixture.name << ": " << found.error().detail;
            EXPECT_EQ(found->engine, GetParam().engine);
            found->engine = wanted->engine;
            EXPECT_TRUE(*found == *wanted) << fixture.name << " in mode " << to_string(mode);
        }
    }
}

TEST_P(Contract, a_selector_means_the_same_everywhere) {
    for (const Fixture& fixture : fixtures()) {
        Request request = request_for(fixture);
        request.options.mode = ExtractionMode::kCustom;
        request.options.selectors = {"p", "h1, h2", "table td"};
        const Result<Document> wanted = native().extract(request, soon());
        Result<Document> found = extract(request);
        ASSERT_TRUE(wanted && found) << fixture.name;
        found->engine = wanted->engine;
        EXPECT_TRUE(*found == *wanted) << fixture.name;
    }
}

TEST_P(Contract, renders_only_what_is_asked_for) {
    const std::string page =
        "<article><h1>Head</h1><p>Some <a href='http://a.example/'>text</a> that goes on for a "
        "while, so that it counts.</p></article>";
    Request request = request_for(page);
    request.options.outputs = Outputs::kMarkdown;
    const Result<Document> document = extract(request);
    ASSERT_TRUE(document);
    EXPECT_THAT(document->markdown, HasSubstr("[text]"));
    EXPECT_EQ(document->text + document->html + document->tei, "");
    EXPECT_FALSE(document->explanation);
    EXPECT_TRUE(document->links.empty());
    EXPECT_GT(document->word_count, 5U);
}

TEST_P(Contract, a_page_without_content_is_empty_and_no_error) {
    for (const char* page : {"", " \n ", "<html><head><title>T</title></head><body></body></html>",
                             "<!-- nothing -->"}) {
        const Result<Document> document = extract(request_for(page));
        ASSERT_TRUE(document) << page << ": " << document.error().detail;
        EXPECT_EQ(document->status, Status::kEmpty) << page;
        EXPECT_EQ(document->text, "");
    }
}

TEST_P(Contract, an_invalid_selector_is_named) {
    Request request = request_for("<p>x</p>");
    request.options.mode = ExtractionMode::kCustom;
    for (const char* selector : {"p[", ">>", "p:not(", ""}) {
        request.options.selectors = {selector};
        const Result<Document> document = extract(request);
        ASSERT_FALSE(document) << selector;
        EXPECT_EQ(document.error().error_class, ErrorClass::kUnsupportedMode);
        EXPECT_THAT(document.error().detail, HasSubstr(selector));
    }
    request.options.selectors = {};
    EXPECT_EQ(extract(request).error().error_class, ErrorClass::kUnsupportedMode);
}

TEST_P(Contract, an_unknown_encoding_is_named) {
    Request request = request_for("<p>x</p>");
    request.encoding = "klingon-8";
    const Result<Document> document = extract(request);
    ASSERT_FALSE(document);
    EXPECT_THAT(document.error().detail, HasSubstr("klingon-8"));
}

TEST_P(Contract, strings_that_are_not_utf8_are_replaced_or_refused) {
    Request request = request_for("<p>\xff\xfe</p><a href='\xc3\x28'>\xed\xa0\x80</a>");
    request.encoding = "utf-8";
    EXPECT_TRUE(extract(request));
    request.options.url = "http://\xff/";
    EXPECT_FALSE(extract(request));
    request.options.url = "";
    request.options.mode = ExtractionMode::kCustom;
    request.options.selectors = {"p\xff"};
    EXPECT_FALSE(extract(request));
}

TEST_P(Contract, a_deadline_that_has_passed_is_an_error) {
    const Result<Document> document = GetParam().extractor->extract(
        request_for("<p>x</p>"), Deadline::at(Deadline::Clock::now() - 1s));
    ASSERT_FALSE(document);
    EXPECT_EQ(document.error().error_class, ErrorClass::kDeadlineExceeded);
}

TEST_P(Contract, nothing_of_one_page_is_seen_by_the_next) {
    const std::string secret = "xyzzy-canary-7261";
    std::string page = "<article>";
    for (int i = 0; i < 200; ++i) page += "<p>The secret is " + secret + ", and it goes on.</p>";
    ASSERT_THAT(extract(request_for(page))->text, HasSubstr(secret));
    const Result<Document> next = extract(request_for("<article><p>Another page</p></article>"));
    ASSERT_TRUE(next);
    EXPECT_THAT(next->text + next->markdown + next->html, testing::Not(HasSubstr("xyzzy")));
}

TEST_P(Contract, many_threads_may_call_at_once) {
    constexpr int kThreads = 6;  // more than there are instances
    std::vector<std::thread> threads;
    std::vector<int> good(kThreads);
    for (int t = 0; t < kThreads; ++t) {
        threads.emplace_back([t, &good] {
            for (int i = 0; i < 20; ++i) {
                const std::string mark = "mark-" + std::to_string(t) + "-" + std::to_string(i);
                const std::string page = "<article><p>This page says " + mark + "</p></article>";
                const Result<Document> document = extract(request_for(page));
                good[static_cast<std::size_t>(t)] +=
                    document && document->text.find(mark) != std::string::npos ? 1 : 0;
            }
        });
    }
    for (std::thread& thread : threads) thread.join();
    EXPECT_THAT(good, testing::Each(20));
}

TEST_P(Contract, hostile_nesting_is_cut_and_said_so) {
    std::string page;
    for (int i = 0; i < 100'000; ++i) page += "<div>";
    page += "the innermost text of them all</div>";
    Request request = request_for(page);
    request.options.mode = ExtractionMode::kFull;
    const Result<Document> document = extract(request);
    ASSERT_TRUE(document) << document.error().detail;
    EXPECT_THAT(document->text, HasSubstr("the innermost text"));
    EXPECT_THAT(document->truncated, testing::Contains(Truncation::kDepth));
}

INSTANTIATE_TEST_SUITE_P(Engines, Contract,
                         testing::Values(EngineUnderTest{"native", Engine::kNative, &native()},
                                         EngineUnderTest{"helpers", Engine::kNative, &helpers()},
                                         EngineUnderTest{"simd", Engine::kWasm, &sandbox(true)},
                                         EngineUnderTest{"scalar", Engine::kWasm, &sandbox(false)}),
                         [](const auto& parameter) { return parameter.param.name; });

/// White space collapsed, as the sentences of the fixtures are written.
std::string collapsed(const std::string& text) {
    std::string out;
    core::append_collapsed(text, out);
    return out;
}

/// The expectations of one fixture (tests/fixtures/README.md) that its document does not meet.
void find_misses(const Fixture& fixture, const Document& document, std::set<std::string>& misses) {
    const json::object& expect = fixture.facts.at("expect").as_object();
    const auto check = [&](const char* key, auto meets) {
        if (expect.contains(key) && !meets(text_of(expect, key))) {
            misses.insert(fixture.name + ": " + key);
        }
    };
    const auto equals = [](std::string_view found) {
        return [found](const std::string& wanted) { return found == wanted; };
    };
    const auto starts_with = [](std::string_view found) {
        return [found](const std::string& wanted) { return found.starts_with(wanted); };
    };
    check("status", equals(to_string(document.status)));
    check("title", [&document](const std::string& wanted) {
        return collapsed(document.title) == collapsed(wanted);
    });
    check("encoding", equals(document.encoding));
    check("language", starts_with(document.language));
    check("published", starts_with(document.published));
    check("byline", [&document](const std::string& wanted) {
        return document.byline.find(wanted) != std::string::npos;
    });
    const std::string text = collapsed(document.text);
    const auto sentences = [&](const char* key, bool wanted) {
        const json::value* list = expect.if_contains(key);
        if (list == nullptr) return;
        for (const json::value& sentence : list->as_array()) {
            const std::string needle = collapsed(std::string(sentence.as_string()));
            if ((text.find(needle) != std::string::npos) != wanted) {
                misses.insert(fixture.name + ": " + key + ": " + needle);
            }
        }
    };
    sentences("contains", true);
    sentences("excludes", false);
}

// The engines agree, so one of them tells. The list of known misses can only shrink: a new miss
// fails, and so does one that is no longer.
TEST(Fixtures, meet_their_expectations_but_for_the_known_misses) {
    std::set<std::string> known;
    std::ifstream list(fs::path(RIPTIDE_FIXTURES) / "known_misses.txt");
    for (std::string line; std::getline(list, line);) {
        if (!line.empty() && line[0] != '#') known.insert(line);
    }
    std::set<std::string> misses;
    for (const Fixture& fixture : fixtures()) {
        const Result<Document> document = native().extract(request_for(fixture), soon());
        ASSERT_TRUE(document) << fixture.name << ": " << document.error().detail;
        find_misses(fixture, *document, misses);
    }
    for (const std::string& miss : misses) EXPECT_TRUE(known.contains(miss)) << "new: " << miss;
    for (const std::string& miss : known) EXPECT_TRUE(misses.contains(miss)) << "met: " << miss;
}

}  // namespace
}  // namespace riptide
