#include "app/messages.h"
#include "app/run.h"
#include "wasm/aot.h"

namespace riptide::app {

Result<ExitCode> run_compile(const CommandLine& line, const config::Settings& settings,
                             Output& output) {
    const std::string path = line.value("--output").value_or("");
    if (path == "-") {
        return fail(ErrorClass::kUsage,
                    "compile: native code is not written to standard output; -o takes a file");
    }
    Result<wasm::CompiledArtifact> artifact = wasm::compile_component(settings.config, path);
    if (!artifact) return tl::unexpected(std::move(artifact.error()));
    const std::string size = std::to_string(artifact->bytes >> 10) + " KiB";
    if (artifact->was_cached) {
        say("compiled before (" + size + ")");
    } else {
        say("compiled in " + std::to_string(artifact->took.count()) + " ms (" + size + ")");
    }
    return output.write(artifact->path + "\n").map([] { return ExitCode::kOk; });
}

}  // namespace riptide::app
