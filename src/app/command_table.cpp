#include "app/command_table.h"

#include <algorithm>
#include <array>

#include "app/batch_plan.h"
#include "app/explain_plan.h"
#include "app/extract_plan.h"
#include "app/mode_flags.h"
#include "app/page_flags.h"
#include "app/shells.h"

namespace riptide::app {
namespace {

std::vector<std::string> strings(std::span<const std::string_view> values) {
    return {values.begin(), values.end()};
}

Flag help_flag() { return {"--help", "-h", "", ValueKind::kNone, {}, "Shows this help.", nullptr}; }

Flag report_format_flag() {
    return {"--format",       "-f",
            "FORMAT",         ValueKind::kChoice,
            {"text", "json"}, "For people (text, the default) or for programs (json).",
            nullptr};
}

Flag flag_of(const config::OptionSpec& option) {
    ValueKind kind = ValueKind::kText;
    if (option.kind == config::OptionKind::kPath) {
        kind = option.value_name == "DIR" ? ValueKind::kDirectory : ValueKind::kFile;
    } else if (option.kind == config::OptionKind::kChoice) {
        kind = ValueKind::kChoice;
    }
    std::string help(option.help);
    if (!option.default_value.empty()) help.append(" Default: ").append(option.default_value);
    if (!option.default_value.empty() && !option.unit.empty()) help.append(" ").append(option.unit);
    help.append(option.default_value.empty() ? " Else " : ". Else ").append(option.environment);
    return {std::string(option.flag),
            "",
            std::string(option.value_name),
            kind,
            strings(option.choices),
            help.append("."),
            &option};
}

/// `flags`, then those of the options that `is_wanted`, then `--help`.
template <typename Predicate>
std::vector<Flag> with_option_flags(std::vector<Flag> flags, const Predicate& is_wanted) {
    for (const config::OptionSpec& option : config::options()) {
        if (!option.flag.empty() && is_wanted(option)) flags.push_back(flag_of(option));
    }
    flags.push_back(help_flag());
    return flags;
}

std::vector<Flag> with_engine_flags(std::vector<Flag> flags) {
    return with_option_flags(std::move(flags), [](const config::OptionSpec& option) {
        return option.scope == config::OptionScope::kEngine;
    });
}

std::vector<Flag> with_all_flags(std::vector<Flag> flags) {
    return with_option_flags(std::move(flags), [](const config::OptionSpec&) { return true; });
}

Command extract() {
    return {
        "extract",
        "turns HTML pages into clean articles",
        {"Reads pages from files, or from standard input when no FILE is given or FILE is -, and "
         "writes their main content to standard output. The encoding of a page is found as "
         "browsers "
         "find it. Nothing is ever fetched.",
         "Several pages: text begins each with a line \"==> FILE <==\", markdown, html and tei "
         "with a comment that names the file, tei is one corpus of them, json writes one array and "
         "jsonl one line per page, in the "
         "order of the inputs. In json and jsonl a page that failed has \"status\": \"error\" and "
         "an "
         "\"error\" object; with json, a single page that failed writes nothing.",
         "The exit code of one page is that of its error; of several pages it is theirs if it is "
         "the same for all, else 1."},
        {Arity::kAny, "FILE", ValueKind::kFile, {}},
        Options::kRead,
        with_engine_flags({
            {"--format", "-f", "FORMAT", ValueKind::kChoice, strings(kFormatNames),
             "What is written: text, markdown (the default), html (clean and safe), tei (XML, TEI "
             "P5), json or jsonl (all fields, those of the page's metadata included). With --mode "
             "metadata the default is json.",
             nullptr},
            mode_flag(),
            selector_flag(),
            url_flag(),
            encoding_flag(),
            engine_flag(),
            whole_file_flag(),
        }),
        {{"riptide extract page.html", "The article of a page, as Markdown."},
         {"curl -s https://example.com/ | riptide extract --url https://example.com/",
          "A page from the web, with absolute links."},
         {"riptide extract -f json page.html", "All that is known of it, for a program."},
         {"riptide extract -f jsonl -o pages.jsonl *.html", "Many pages, a line for each."},
         {"riptide extract -s 'main h2' -s '.price' page.html", "Just some elements."}}};
}

Command explain() {
    return {
        "explain",
        "tells how a page is read: what is kept, and why",
        {"Extracts a page as `riptide extract` does, and reports on it: of what kind it is taken "
         "to "
         "be, where each of its metadata comes from, and of each block of its text whether it is "
         "kept or left out, how likely content it scored, what the rules said of it and the "
         "strongest of the signals behind the score. Weights are log odds: they speak for a block "
         "where they are positive.",
         "The page's own text is shown at most 120 bytes of a block. Reports for programs (json) "
         "give scores in thousandths and weights in hundredths."},
        {Arity::kAtMostOne, "FILE", ValueKind::kFile, {}},
        Options::kRead,
        with_engine_flags({
            {"--format", "-f", "FORMAT", ValueKind::kChoice, strings(kReportFormats),
             "What is written: text (the default), html (a page by itself, without scripts) or "
             "json.",
             nullptr},
            mode_flag(),
            selector_flag(),
            url_flag(),
            encoding_flag(),
            engine_flag(),
            whole_file_flag(),
        }),
        {{"riptide explain page.html", "Why a paragraph is missing."},
         {"riptide explain -f html -o report.html page.html", "The same, to look at."},
         {"riptide explain -f json page.html | jq '.blocks[] | select(.kept | not)'",
          "What is left out, for a program."}}};
}

Command batch() {
    return {
        "batch",
        "turns many pages into lines of JSON",
        {"Reads pages from directories, JSONL files and web archives (WARC), each plain or "
         "compressed with gzip or Zstandard, and writes one line of JSON for each, in the order of "
         "the inputs, failures too. Memory is bounded whatever the size of the inputs, and all "
         "cores are used.",
         "A line of JSONL input is an object with \"html\", the page, or \"path\", of its file, "
         "and "
         "optionally \"id\", \"url\", \"mode\", \"selectors\", \"content_type\" and "
         "\"encoding\". Without INPUT, standard input is read.",
         "With --output FILE, the run's position is kept in FILE.checkpoint until it is done. "
         "After "
         "an interruption of any kind the same command with --resume goes on without a lost or "
         "doubled line. ^C finishes the pages at hand; a second one ends it at once.",
         "The exit code is 1 when some pages failed. Pages without content are no failures."},
        {Arity::kAny, "INPUT", ValueKind::kFile, {}},
        Options::kRead,
        with_engine_flags({
            output_flag("Writes to FILE, compressed when it ends in .gz or .zst. - is standard "
                        "output."),
            {"--resume",
             "",
             "",
             ValueKind::kNone,
             {},
             "Goes on with a run that was interrupted. Starts one when there is no FILE yet.",
             nullptr},
            {"--format", "-f", "FORMAT", ValueKind::kChoice, strings(kBodyNames),
             "Which rendering of the body lines have beside the metadata: text, markdown, html, "
             "tei "
             "(XML), or all (the default: the first three, links and media).",
             nullptr},
            {"--fields",
             "",
             "NAMES",
             ValueKind::kText,
             {},
             "The members of lines, separated by commas, such as title,published,text.",
             nullptr},
            {"--mode", "-m", "MODE", ValueKind::kChoice, strings(kModeNames),
             "What is extracted where a record does not say: article (the default), full, metadata "
             "or custom.",
             nullptr},
            selector_flag(),
            {"--encoding",
             "",
             "LABEL",
             ValueKind::kText,
             {},
             "The pages' encoding where a record does not say, whatever the pages say.",
             nullptr},
            {"--input-format", "", "FORMAT", ValueKind::kChoice, strings(io::kInputFormatNames),
             "What the inputs are: jsonl, warc, html, or auto (the default: by their names, else "
             "by "
             "their first bytes).",
             nullptr},
            {"--jobs",
             "-j",
             "N",
             ValueKind::kText,
             {},
             "How many pages are extracted at once. Default: one for each core.",
             nullptr},
            {"--unordered",
             "",
             "",
             ValueKind::kNone,
             {},
             "Writes lines as they come, so that a slow page holds up no other.",
             nullptr},
            {"--max-errors",
             "",
             "N",
             ValueKind::kText,
             {},
             "Stops when more than N pages failed. Default: never.",
             nullptr},
            {"--checkpoint-interval",
             "",
             "MS",
             ValueKind::kText,
             {},
             "Milliseconds between two checkpoints. Default: 5000.",
             nullptr},
            {"--stats",
             "",
             "FILE",
             ValueKind::kFile,
             {},
             "Writes counts, rates and percentiles to FILE, as JSON.",
             nullptr},
            {"--quiet",
             "-q",
             "",
             ValueKind::kNone,
             {},
             "Shows no progress and no summary; what ends the run is still said.",
             nullptr},
            {"--engine", "", "ENGINE", ValueKind::kChoice, strings(kEngineChoices),
             "Where pages are parsed: wasm (in the sandbox), auto (the default: the same, and what "
             "the sandbox cannot serve natively in an isolated process) or native (no sandbox and "
             "no limit of time or memory: for trusted pages only).",
             nullptr},
        }),
        {{"riptide batch pages/ -o out.jsonl", "All pages below a directory."},
         {"riptide batch crawl.warc.gz -f text -o out.jsonl.zst", "The pages of a web archive."},
         {"riptide batch crawl.warc.gz -f text -o out.jsonl.zst --resume", "Goes on with that."},
         {"riptide batch --fields title,text < pages.jsonl | head", "A filter in a pipe."}}};
}

Command compile() {
    constexpr std::array<std::string_view, 2> kOptions = {"wasm.component", "aot_cache_dir"};
    const auto is_wanted = [&kOptions](const config::OptionSpec& option) {
        return std::ranges::find(kOptions, option.name) != kOptions.end();
    };
    return {"compile",
            "compiles the component ahead of time",
            {"Compiles the WebAssembly component to native code, so that the next start need not, "
             "and prints the path of the result: in the cache, or FILE. Only a file that this "
             "version of riptide wrote on the same kind of machine is ever used."},
            {},
            Options::kRead,
            with_option_flags({output_flag("Writes the compiled component to FILE instead of the "
                                           "cache.")},
                              is_wanted),
            {{"riptide compile", "Warms the cache, for example while an image is built."},
             {"riptide compile --component other.wasm -o other.cwasm", "Compiles another one."}}};
}

Command doctor() {
    return {
        "doctor",
        "tells what works here and what does not",
        {"Tries everything that riptide needs of this machine and says what is missing and what "
         "it means. Exits with 0 when a page can be extracted in the sandbox, else with 5.",
         "With --url it looks at a server that runs instead: whether it answers, is ready and "
         "healthy, extracts a page, and tells its metrics (with the admin token of the options, "
         "where one is needed), and whether its clock and version are those of this program."},
        {},
        Options::kRead,
        with_engine_flags({{"--url",
                            "",
                            "URL",
                            ValueKind::kText,
                            {},
                            "Looks at the server at http://HOST[:PORT].",
                            nullptr},
                           report_format_flag()}),
        {{"riptide doctor", "The first thing to run when something does not work."},
         {"riptide doctor --url http://127.0.0.1:8080", "The same for a server that runs."}}};
}

Command config_command() {
    return {"config",
            "shows every option, its value and where it came from",
            {"A flag wins over the environment, the environment over the default."},
            {},
            Options::kRead,
            with_all_flags({report_format_flag()}),
            {{"riptide config", "What riptide would run with."},
             {"RIPTIDE_WASM_TIMEOUT_SECS=5 riptide config -f json", "The same for a program."}}};
}

Command serve() {
    return {
        "serve",
        "serves pages over HTTP",
        {"Takes pages over HTTP/1.1 and answers with their articles: POST /extract and POST "
         "/extract/batch; GET /health/pool, /admin/pool/health (a dashboard in a browser), "
         "/metrics, /livez, /readyz and /openapi.json; and / is a page to try it with. Nothing is "
         "ever fetched.",
         "Prints its address when it is ready. SIGTERM and SIGINT stop it: it takes no new "
         "connections, finishes what is in flight and exits with 0; a second one stops it at once. "
         "SIGHUP loads the configuration and the component anew."},
        {},
        Options::kRead,
        with_all_flags({}),
        {{"riptide serve", "On 127.0.0.1:8080."},
         {"riptide serve --listen 0.0.0.0:8080 --admin-listen 127.0.0.1:9090",
          "For all, with the admin routes for this machine only."}}};
}

Command man() {
    return {"man",
            "prints the manual page",
            {"Prints riptide's manual page in the man macros of roff."},
            {},
            Options::kIgnored,
            {help_flag()},
            {{"riptide man | man -l -", "Reads it."},
             {"riptide man > /usr/local/share/man/man1/riptide.1", "Installs it."}}};
}

Command completions() {
    return {"completions",
            "prints the completions of a shell",
            {"Prints a script that teaches the shell riptide's commands, flags and their values."},
            {Arity::kOne, "SHELL", ValueKind::kChoice, strings(kShellNames)},
            Options::kIgnored,
            {help_flag()},
            {{"source <(riptide completions bash)", "For this session of bash."},
             {"riptide completions fish > ~/.config/fish/completions/riptide.fish",
              "For good, in fish."}}};
}

}  // namespace

const std::vector<Command>& commands() {
    static const std::vector<Command> kCommands = {extract(),        explain(), batch(),
                                                   serve(),          compile(), doctor(),
                                                   config_command(), man(),     completions()};
    return kCommands;
}

const std::vector<Flag>& program_flags() {
    static const std::vector<Flag> kFlags = {
        help_flag(),
        {"--version",
         "-V",
         "",
         ValueKind::kNone,
         {},
         "Shows the versions of riptide and of what it is built on.",
         nullptr}};
    return kFlags;
}

const Command* find_command(std::string_view name) {
    const auto found = std::ranges::find(commands(), name, &Command::name);
    return found == commands().end() ? nullptr : &*found;
}

const Flag* find_flag(const std::vector<Flag>& flags, std::string_view name) {
    const auto found = std::ranges::find_if(flags, [name](const Flag& flag) {
        return flag.name == name || (!name.empty() && flag.short_name == name);
    });
    return found == flags.end() ? nullptr : &*found;
}

std::string synopsis(const Command& command) {
    std::string line = "riptide " + command.name + " [FLAGS]";
    if (command.arguments.arity == Arity::kOne) line += " " + command.arguments.name;
    if (command.arguments.arity == Arity::kAtMostOne) line += " [" + command.arguments.name + "|-]";
    if (command.arguments.arity == Arity::kAny) line += " [" + command.arguments.name + "|-]...";
    return line;
}

}  // namespace riptide::app
