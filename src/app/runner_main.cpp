/// riptide-runner LIST OUT PASSES [--engine native|wasm] [--component FILE]: extracts a list of
/// pages in one thread and times it, by the runner protocol of the quality evaluation.
///
/// LIST has a page per line: id, path, URL, separated by tabs. All pages are read first, extracted
/// once for their outputs, then PASSES times more under the clock. OUT becomes a JSON object.
#include <riptide/instance_pool.h>

#include <sys/resource.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "pool/native_extractor.h"

#include <boost/json.hpp>

namespace {

struct Page {
    std::string id;
    std::string url;
    std::string bytes;
};

bool read_pages(const char* list_path, std::vector<Page>& pages) {
    std::ifstream list(list_path);
    if (!list) {
        std::cerr << "riptide-runner: cannot read " << list_path << '\n';
        return false;
    }
    std::string line;
    while (std::getline(list, line)) {
        std::istringstream fields(line);
        Page page;
        std::string path;
        std::getline(fields, page.id, '\t');
        std::getline(fields, path, '\t');
        std::getline(fields, page.url, '\t');
        std::ifstream file(path, std::ios::binary);
        std::ostringstream bytes;
        if (!file || !(bytes << file.rdbuf())) {
            std::cerr << "riptide-runner: cannot read " << path << " (page " << page.id << ")\n";
            return false;
        }
        page.bytes = std::move(bytes).str();
        pages.push_back(std::move(page));
    }
    return true;
}

long resident_peak_kb() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

riptide::Result<riptide::Document> extract(const riptide::Extractor& extractor, const Page& page) {
    riptide::Request request;
    request.bytes = page.bytes;
    request.encoding = "utf-8";
    request.options.url = page.url;
    request.options.outputs = riptide::Outputs::kText;
    return extractor.extract(request, riptide::Deadline::after(std::chrono::seconds(60)));
}

boost::json::value output_of(const riptide::Document& document) {
    return boost::json::object{
        {"text", document.text},
        {"title", document.title},
        {"byline", document.byline},
        {"excerpt", document.description},
        {"siteName", document.site_name},
        {"lang", document.language},
        {"publishedTime", document.published},
    };
}

double seconds_since(std::chrono::steady_clock::time_point start) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

int run(const riptide::Extractor& extractor, const std::vector<Page>& pages, const char* out_path,
        int passes) {
    const long loaded = resident_peak_kb();
    boost::json::object outputs;
    boost::json::object slowest;
    double slowest_seconds = -1;
    int errors = 0;
    for (const Page& page : pages) {
        const auto start = std::chrono::steady_clock::now();
        const riptide::Result<riptide::Document> document = extract(extractor, page);
        const double seconds = seconds_since(start);
        if (seconds > slowest_seconds) {
            slowest_seconds = seconds;
            slowest = {{"id", page.id}, {"seconds", seconds}};
        }
        if (document) {
            outputs[page.id] = output_of(*document);
        } else {
            ++errors;
            std::cerr << "riptide-runner: " << page.id << ": " << document.error().detail << '\n';
        }
    }
    boost::json::array pass_seconds;
    for (int pass = 0; pass < passes; ++pass) {
        const auto start = std::chrono::steady_clock::now();
        for (const Page& page : pages) {
            const auto document = extract(extractor, page);
            if (!document && errors == 0) return EXIT_FAILURE;  // the first round had none
        }
        pass_seconds.emplace_back(seconds_since(start));
    }
    const boost::json::object result{
        {"outputs", std::move(outputs)},
        {"pass_seconds", std::move(pass_seconds)},
        {"errors", errors},
        {"loaded_rss_kb", loaded},
        {"slowest", std::move(slowest)},
        {"peak_rss_kb", resident_peak_kb()},
    };
    std::ofstream out(out_path, std::ios::binary);
    out << boost::json::serialize(result) << '\n';
    out.close();
    if (!out) {
        std::cerr << "riptide-runner: cannot write " << out_path << '\n';
        return EXIT_FAILURE;
    }
    return EXIT_SUCCESS;
}

int usage() {
    std::cerr
        << "usage: riptide-runner LIST OUT PASSES [--engine native|wasm] [--component FILE]\n";
    return 2;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 4) return usage();
    std::string_view engine = "wasm";
    riptide::ExtractorConfig config;
    for (int i = 4; i < argc; i += 2) {
        const std::string_view flag = argv[i];
        if (i + 1 == argc) return usage();
        if (flag == "--engine") {
            engine = argv[i + 1];
        } else if (flag == "--component") {
            config.component_path = argv[i + 1];
        } else {
            return usage();
        }
    }
    std::unique_ptr<riptide::Extractor> extractor;
    if (engine == "native") {
        extractor = std::make_unique<riptide::NativeExtractor>();
    } else if (engine == "wasm") {
        riptide::Result<std::unique_ptr<riptide::InstancePool>> sandbox =
            riptide::InstancePool::create(config);
        if (!sandbox) {
            std::cerr << "riptide-runner: " << sandbox.error().detail << '\n';
            return riptide::traits(sandbox.error().error_class).exit_code;
        }
        extractor = std::move(*sandbox);
    } else {
        return usage();
    }
    std::vector<Page> pages;
    if (!read_pages(argv[1], pages)) return EXIT_FAILURE;
    return run(*extractor, pages, argv[2], std::atoi(argv[3]));
}
