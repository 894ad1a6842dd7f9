#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <optional>

#include "app/batch_files.h"
#include "app/batch_output.h"
#include "app/batch_pipeline.h"
#include "app/batch_plan.h"
#include "app/batch_progress.h"
#include "app/batch_stop.h"
#include "app/batch_tally.h"
#include "app/engine.h"
#include "app/messages.h"
#include "app/run.h"
#include "config/printable.h"
#include "io/document_fields.h"
#include "io/record_inputs.h"
#include "sys/processors.h"
#include "sys/thread.h"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

namespace riptide::app {
namespace {

using std::chrono::steady_clock;

/// Records ahead of the one whose line is due, for each job: enough that a page which takes a
/// hundred times as long as others holds up nobody, and few enough to hold.
constexpr std::uint32_t kWindowPerJob = 64;

/// `{"id":...,"source":"...","record":...,` and the document's fields, or what went wrong and
/// where.
std::string line_of(const boost::json::value& id, const io::Origin& origin,
                    const Result<Document>& result, io::DocumentFields fields) {
    std::string line = "{\"id\":";
    if (id.is_string()) {
        io::append_json(id.get_string(), line);
    } else {
        line += boost::json::serialize(id);
    }
    io::append_json(config::printable(*origin.source), line += ",\"source\":");
    (line += ",\"record\":") += std::to_string(origin.record);
    line += ',';
    if (result) {
        io::append_fields(*result, fields, line);
    } else {
        line += R"("status":"error","error":{"class":)";
        io::append_json(traits(result.error().error_class).name, line);
        io::append_json(config::printable(result.error().detail), line += ",\"detail\":");
        (line += ",\"offset\":") += std::to_string(origin.offset);
        line += '}';
    }
    return line += "}\n";
}

/// From a record to its line; called by all workers.
class PageProcessor {
public:
    PageProcessor(const Extractor& extractor, const BatchPlan& plan, const ExtractorConfig& config,
                  const io::InputWatch& watch, BatchTally& tally)
        : extractor_(extractor), plan_(plan), config_(config), watch_(watch), tally_(tally) {}

    FinishedLine operator()(io::Record record) const {
        const io::Origin origin = record.origin;
        io::RecordRequest asked =
            io::request_of(std::move(record), plan_.defaults, config_.body_limit, watch_);
        const auto start = steady_clock::now();
        std::size_t size = 0;
        const Result<Document> result = asked.request.and_then([&](const OwnedRequest& owned) {
            size = owned.bytes.size();
            return extract(owned);
        });
        tally_.count(result, size, steady_clock::now() - start);
        FinishedLine line{line_of(asked.id, origin, result, plan_.fields), Outcome::kFailed};
        if (result) line.outcome = result->status == Status::kOk ? Outcome::kOk : Outcome::kEmpty;
        return line;
    }

private:
    [[nodiscard]] Result<Document> extract(const OwnedRequest& owned) const {
        const Request request{owned.bytes, owned.content_type, owned.encoding, owned.options};
        Result<Document> document =
            extractor_.extract(request, Deadline::after(config_.extraction_timeout));
        // Not even metadata can come of nothing.
        if (document && owned.bytes.empty()) document->status = Status::kEmpty;
        return document;
    }

    const Extractor& extractor_;
    const BatchPlan& plan_;
    const ExtractorConfig& config_;
    const io::InputWatch& watch_;
    BatchTally& tally_;
};

/// What must be the same for a run to go on: flags, and the inputs as far as a look tells.
boost::json::object identity_of(const BatchPlan& plan) {
    boost::json::object identity = plan.identity;
    boost::json::array inputs;
    for (const std::string& input : plan.inputs) {
        struct stat status{};
        const bool is_file = stat(input.c_str(), &status) == 0 && S_ISREG(status.st_mode);
        // A directory changes whenever a file beside the pages does; its records tell more.
        boost::json::object& entry =
            inputs.emplace_back(boost::json::object{{"input", config::printable(input)}})
                .as_object();
        if (!is_file) continue;
        entry["size"] = status.st_size;
        entry["modified_s"] = status.st_mtim.tv_sec;
        entry["modified_ns"] = status.st_mtim.tv_nsec;
    }
    identity["inputs"] = std::move(inputs);
    return identity;
}

bool is_growing_file(const std::string& path) {
    struct stat status{};
    return stat(path.c_str(), &status) != 0 || S_ISREG(status.st_mode);
}

/// A place that takes no file is told before the first page, not after the last. What is written to
/// directly is not tried: a pipe's reader would see its end.
Result<void> try_statistics(const std::string& path) {
    struct stat status{};
    const bool is_stream =
        stat(path.c_str(), &status) == 0 && !S_ISREG(status.st_mode) && !S_ISDIR(status.st_mode);
    if (path.empty() || is_stream) return {};
    return Output::file(path).map([](const Output& /*unfinished*/) {});
}

Result<void> write_statistics(const std::string& path, const BatchFigures& figures) {
    if (path.empty()) return {};
    return Output::file(path).and_then([&](Output output) {
        return output.write(boost::json::serialize(to_json(figures)) + "\n").and_then([&] {
            return output.finish();
        });
    });
}

class BatchRun {
public:
    BatchRun(const BatchPlan& plan, const ExtractorConfig& config, const Extractor& extractor,
             LineOutput& output, BatchPosition start)
        : plan_(plan),
          processor_(extractor, plan, config, watch_, tally_),
          source_(io::read_inputs(plan.inputs, plan.input_format, config.body_limit, watch_)),
          pipeline_(*source_, output, std::ref(processor_), limits_of(plan), std::move(start)) {
        watch_.stop_descriptor = stop_.descriptor();
        watch_.own_files = written_files(plan);
    }

    Result<void> run() {
        Result<void> result;
        {
            const auto pipeline =
                sys::Thread::start("riptide-run", [&] { result = pipeline_.run(); });
            if (!pipeline) return tl::unexpected(pipeline.error());
            // Aside, for a walk through large directories takes long. Without it no end is shown.
            const auto sizing = sys::Thread::start("riptide-size", [&] { find_size(); });
            watch_progress();
            finished_ = true;
        }
        return result;
    }

    [[nodiscard]] bool was_stopped() const { return stop_.requested(); }
    [[nodiscard]] bool has_too_many_errors() const { return pipeline_.has_too_many_errors(); }
    [[nodiscard]] bool has_failures() const {
        return pipeline_.position().outcomes[static_cast<std::size_t>(Outcome::kFailed)] > 0;
    }
    [[nodiscard]] BatchFigures figures() const {
        BatchFigures figures = tally_.figures();
        figures.elapsed = steady_clock::now() - started_;
        figures.skipped_records = watch_.skipped_records;
        return figures;
    }

private:
    static PipelineLimits limits_of(const BatchPlan& plan) {
        PipelineLimits limits;
        limits.jobs = plan.jobs;
        limits.order = plan.order;
        limits.window = plan.jobs * kWindowPerJob;
        limits.commit_interval = plan.checkpoint_interval;
        limits.max_errors = plan.max_errors;
        return limits;
    }

    void find_size() {
        if (plan_.verbosity == Verbosity::kQuiet) return;
        bytes_in_all_ = io::size_of_inputs(plan_.inputs, watch_.own_files, finished_).value_or(0);
    }

    void watch_progress() {
        ProgressDisplay display;
        bool said = false;
        while (!pipeline_.wait_finished(ProgressDisplay::kInterval)) {
            if (stop_.requested() && !said) {
                said = true;
                pipeline_.stop();
                display.clear();
                say("stopping: the pages at hand are finished; ^C again ends it at once");
            }
            if (plan_.verbosity == Verbosity::kProgress) {
                const std::uint64_t all = bytes_in_all_;
                display.show(
                    {figures(), watch_.bytes_read, all == 0 ? std::nullopt : std::optional(all)});
            }
        }
        display.clear();
    }

    const BatchPlan& plan_;
    StopRequest stop_;
    io::InputWatch watch_;
    BatchTally tally_;
    PageProcessor processor_;
    std::unique_ptr<io::RecordSource> source_;
    BatchPipeline pipeline_;
    std::atomic<std::uint64_t> bytes_in_all_{0};  ///< 0 as long as it is not known.
    std::atomic<bool> finished_{false};
    steady_clock::time_point started_ = steady_clock::now();
};

/// Says how the run ended. Nothing is left to resume once the output is complete.
Result<ExitCode> ending(const BatchPlan& plan, const BatchRun& run, CheckpointedFile* file) {
    const std::string resume =
        file == nullptr ? "" : "; the same command with --resume goes on from here";
    if (run.was_stopped()) {
        say("interrupted" + resume);
        return ExitCode::kInterrupted;
    }
    if (run.has_too_many_errors()) {
        say("more pages failed than --max-errors allows (" +
            std::to_string(plan.max_errors.value_or(0)) + ")" + resume);
        return ExitCode::kSomeFailed;
    }
    if (file != nullptr) {
        if (auto finished = file->finish(); !finished) {
            return tl::unexpected(std::move(finished.error()));
        }
    }
    return run.has_failures() ? ExitCode::kSomeFailed : ExitCode::kOk;
}

Result<ExitCode> report(const BatchPlan& plan, const BatchRun& run, CheckpointedFile* file) {
    const BatchFigures figures = run.figures();
    if (plan.verbosity == Verbosity::kProgress) say(summary(figures));
    // The output first: it must be whole and done with whatever becomes of its statistics.
    return ending(plan, run, file).and_then([&](ExitCode code) {
        return write_statistics(plan.statistics_path, figures).map([code] { return code; });
    });
}

Result<ExitCode> run_into(const BatchPlan& plan, const ExtractorConfig& config,
                          const Extractor& extractor, LineOutput& output, CheckpointedFile* file) {
    BatchRun run(plan, config, extractor, output,
                 file == nullptr ? BatchPosition{} : file->start());
    if (auto ended = run.run(); !ended) return tl::unexpected(std::move(ended.error()));
    return report(plan, run, file);
}

}  // namespace

Result<ExitCode> run_batch(const CommandLine& line, const config::Settings& settings,
                           Output& output) {
    const auto standard_input =
        isatty(STDIN_FILENO) == 1 ? StandardInput::kTerminal : StandardInput::kOther;
    const Result<BatchPlan> plan = plan_batch(line, standard_input, sys::usable_processors());
    if (!plan) return tl::unexpected(plan.error());
    const auto checked =
        check_files(*plan).and_then([&] { return try_statistics(plan->statistics_path); });
    if (!checked) return tl::unexpected(checked.error());
    // Before the output is touched, so that a sandbox that cannot start costs nothing.
    const Result<std::unique_ptr<Extractor>> extractor =
        start_engine(plan->engine, settings.config, plan->jobs, FallbackStart::kWithPool);
    if (!extractor) return tl::unexpected(extractor.error());
    if (plan->output_path.empty()) {
        StreamedLines lines(output);
        return run_into(*plan, settings.config, **extractor, lines, nullptr);
    }
    if (!is_growing_file(plan->output_path)) {
        Result<Output> device = Output::file(plan->output_path);
        if (!device) return tl::unexpected(std::move(device.error()));
        StreamedLines lines(*device);
        return run_into(*plan, settings.config, **extractor, lines, nullptr);
    }
    Result<std::unique_ptr<CheckpointedFile>> file =
        CheckpointedFile::open(plan->output_path, plan->start, identity_of(*plan));
    if (!file) return tl::unexpected(std::move(file.error()));
    return run_into(*plan, settings.config, **extractor, **file, file->get());
}

}  // namespace riptide::app
