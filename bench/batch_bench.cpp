// batch_bench RIPTIDE LIST [ROUNDS]: `riptide batch` against the library in one thread.
//
// LIST has a path per line, or id, path and URL. Its pages are extracted by one thread that does
// nothing else, and by the command RIPTIDE from a WARC.gz, a member for each record, to lines of
// JSON in a file; in turns, ROUNDS times (5 when not told), after a round to get warm. Prints
// `key value` lines: medians of pages per second, and their ratio over the cores; the same of
// processor time per page, which other programs on the machine disturb less.
#include <riptide/instance_pool.h>

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

#include "bench/measure.h"
#include "io/encoder.h"
#include "sys/processors.h"

namespace {

using namespace riptide::bench;

/// Of the pages of one pass.
struct Pass {
    double pages_per_second;
    double cpu_us_per_page;
};

template <typename Work>
Pass measured(int who, std::size_t pages, const Work& work) {
    const double cpu = processor_time_us(who);
    const auto start = Clock::now();
    work();
    const double elapsed = microseconds(Clock::now() - start);
    const auto count = static_cast<double>(pages);
    return {count * 1e6 / elapsed, (processor_time_us(who) - cpu) / count};
}

void write_archive(const std::string& path, const std::vector<std::string>& pages, int copies) {
    const auto encoder = riptide::io::make_encoder(path);
    std::ofstream file(path, std::ios::binary);
    for (int copy = 0; copy < copies; ++copy) {
        for (const std::string& page : pages) {
            const std::string block = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page;
            std::string member;
            encoder->encode(
                "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: "
                "https://example.com/\r\nContent-Type: application/http\r\n"
                "Content-Length: " +
                    std::to_string(block.size()) + "\r\n\r\n" + block + "\r\n\r\n",
                member);
            encoder->finish_member(member);
            file << member;
        }
    }
}

void run_batch(const char* program, const std::string& archive, const std::string& output) {
    const pid_t child = fork();
    if (child == 0) {
        execl(program, program, "batch", "--quiet", "--format", "text", "-o", output.c_str(),
              archive.c_str(), nullptr);
        _exit(127);
    }
    int status = 0;
    waitpid(child, &status, 0);
    const int code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    if (code != 0 && code != 1) {
        std::fprintf(stderr, "batch_bench: %s ended with %d\n", program, code);
        std::exit(1);
    }
}

void run_library(const riptide::InstancePool& pool, const std::vector<std::string>& pages,
                 int copies) {
    for (int copy = 0; copy < copies; ++copy) {
        for (const std::string& page : pages) {
            riptide::Request request;
            request.bytes = page;
            request.content_type = "text/html";
            request.options.url = "https://example.com/";
            request.options.outputs = riptide::Outputs::kText;
            (void)pool.extract(request, riptide::Deadline::after(std::chrono::seconds(30)));
        }
    }
}

double median(const std::vector<Pass>& passes, double Pass::* member) {
    std::vector<double> values;
    for (const Pass& pass : passes) values.push_back(pass.*member);
    return quantile(values, 0.5);
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 3) {
        std::fprintf(stderr, "usage: batch_bench RIPTIDE LIST [ROUNDS]\n");
        return 2;
    }
    const std::vector<std::string> pages = read_pages(argv[2]);
    if (pages.empty()) return 2;
    const int rounds = argc > 3 ? std::atoi(argv[3]) : 5;
    const int copies = static_cast<int>(1 + 2'000 / pages.size());
    const std::size_t count = pages.size() * static_cast<std::size_t>(copies);
    std::string scratch = (std::filesystem::temp_directory_path() / "batch-bench-XXXXXX").string();
    if (mkdtemp(scratch.data()) == nullptr) return 1;
    write_archive(scratch + "/in.warc.gz", pages, copies);

    riptide::ExtractorConfig config;
    config.max_pool_size = config.initial_pool_size = 1;
    const auto pool = riptide::InstancePool::create(config);
    if (!pool) return 1;
    std::vector<Pass> library;
    std::vector<Pass> batch;
    for (int round = 0; round <= rounds; ++round) {
        const Pass alone =
            measured(RUSAGE_SELF, count, [&] { run_library(**pool, pages, copies); });
        const Pass all = measured(RUSAGE_CHILDREN, count, [&] {
            run_batch(argv[1], scratch + "/in.warc.gz", scratch + "/out.jsonl");
        });
        if (round == 0) continue;
        library.push_back(alone);
        batch.push_back(all);
    }
    std::filesystem::remove_all(scratch);
    const double one = median(library, &Pass::pages_per_second);
    const double many = median(batch, &Pass::pages_per_second);
    const unsigned cores = riptide::sys::usable_processors();
    std::printf("batch.pages %zu\n", count);
    std::printf("batch.cores %u\n", cores);
    std::printf("batch.library_one_thread_per_s %.0f\n", one);
    std::printf("batch.per_s %.0f\n", many);
    std::printf("batch.of_cores_x_library %.2f\n", many / (one * cores));
    const double one_cpu = median(library, &Pass::cpu_us_per_page);
    const double many_cpu = median(batch, &Pass::cpu_us_per_page);
    std::printf("batch.library_cpu_us_per_page %.0f\n", one_cpu);
    std::printf("batch.cpu_us_per_page %.0f\n", many_cpu);
    std::printf("batch.of_library_cpu %.2f\n", one_cpu / many_cpu);
    return 0;
}
