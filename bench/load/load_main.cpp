/// riptide-load: an HTTP load with honest latencies.
#include <cstdio>

#include "load/generator.h"

int main(int argc, char** argv) {
    using namespace riptide;
    const Result<std::optional<load::Options>> options = load::parse(argc, argv);
    if (options && !*options) return 0;
    const Result<std::string> report = options.and_then([](const auto& given) {
        return load::run(*given).map(
            [&](load::Measured measured) { return load::report(*given, std::move(measured)); });
    });
    if (!report) {
        std::fprintf(stderr, "riptide-load: %s\n", report.error().detail.c_str());
        return report.error().error_class == ErrorClass::kUsage ? 2 : 4;
    }
    std::fputs(report->c_str(), stdout);
    return 0;
}
