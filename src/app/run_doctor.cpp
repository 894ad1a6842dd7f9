#include "app/diagnosis.h"
#include "app/run.h"
#include "app/server_check.h"
#include "app/version.h"
#include "config/admin_token.h"
#include "config/printable.h"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

namespace riptide::app {
namespace {

std::string as_json(const std::vector<Finding>& findings) {
    boost::json::array rows;
    for (const Finding& finding : findings) {
        rows.push_back(boost::json::object{{"name", finding.name},
                                           {"works", finding.works},
                                           {"detail", config::printable(finding.detail)}});
    }
    const boost::json::object report{
        {"works", main_job_works(findings)}, {"version", version()}, {"findings", std::move(rows)}};
    return boost::json::serialize(report) + "\n";
}

std::string as_text(const std::vector<Finding>& findings) {
    constexpr std::size_t kNameWidth = 22;
    std::string out = versions() + "\n";
    for (const Finding& finding : findings) {
        std::string name = finding.name;
        if (name.size() < kNameWidth) name.resize(kNameWidth, ' ');
        out.append(finding.works ? "ok  " : "NO  ").append(name);
        out.append(" ").append(config::printable(finding.detail)).append("\n");
    }
    out += main_job_works(findings) ? "\nPages can be extracted in the sandbox.\n"
                                    : "\nNo page can be extracted in the sandbox here; what is "
                                      "marked NO says why.\n";
    return out;
}

/// This machine, or the server that --url names.
Result<std::vector<Finding>> examine(const CommandLine& line, const config::Settings& settings) {
    const std::string url = line.value("--url").value_or("");
    if (url.empty()) return diagnose(settings.config);
    config::ServiceConfig service = settings.service;
    if (Result<void> loaded = config::load_admin_token(service); !loaded) {
        return tl::unexpected(loaded.error());
    }
    const Result<http::ServerUrl> server = http::parse_server_url(url);
    if (!server) {
        return fail(ErrorClass::kUsage, "doctor: --url: \"" + config::printable_excerpt(url) +
                                            "\" is not allowed: " + server.error().detail);
    }
    return check_server(*server, service.admin_token, settings.config.extraction_timeout);
}

}  // namespace

Result<ExitCode> run_doctor(const CommandLine& line, const config::Settings& settings,
                            Output& output) {
    const Result<std::vector<Finding>> examined = examine(line, settings);
    if (!examined) return tl::unexpected(examined.error());
    const std::vector<Finding>& findings = *examined;
    const ExitCode code = main_job_works(findings) ? ExitCode::kOk : ExitCode::kEngineStart;
    const bool for_programs = line.value("--format") == "json";
    return output.write(for_programs ? as_json(findings) : as_text(findings)).map([code] {
        return code;
    });
}

}  // namespace riptide::app
