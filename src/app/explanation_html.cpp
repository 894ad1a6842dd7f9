#include <algorithm>

#include "app/explanation_facts.h"
#include "app/explanation_report.h"
#include "base/escape.h"
#include "io/explanation_json.h"

namespace riptide::app {
namespace {

constexpr std::string_view kStart = R"(<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<style>
:root { --ground: #fff; --ink: #1b1f24; --faint: #57606a; --line: #d0d7de; --kept: #116329;
  --dropped: #a40e26; --shade: #f6f8fa; }
@media (prefers-color-scheme: dark) {
  :root { --ground: #0d1117; --ink: #e6edf3; --faint: #9ba5b0; --line: #30363d; --kept: #56d364;
    --dropped: #ff8b83; --shade: #161b22; }
}
body { margin: 0 auto; max-width: 60rem; padding: 1.5rem 1rem 4rem; background: var(--ground);
  color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.4rem; }
h2 { font-size: 1.1rem; margin-top: 2rem; }
dl { display: grid; grid-template-columns: minmax(7rem, max-content) 1fr; gap: 0.15rem 1rem; }
dt, .path, .rules { color: var(--faint); }
dd { margin: 0; }
table { border-collapse: collapse; }
th, td { text-align: left; vertical-align: top; padding: 0.2rem 0.8rem 0.2rem 0; }
th, .origin { font-weight: normal; color: var(--faint); white-space: nowrap; }
td.weight { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
ol { list-style: none; padding: 0; }
li { border-left: 0.3rem solid var(--dropped); background: var(--shade); margin: 0.5rem 0;
  padding: 0.5rem 0.8rem; }
li.kept { border-color: var(--kept); }
li p { margin: 0.2rem 0; }
li strong { color: var(--dropped); }
li.kept strong { color: var(--kept); }
.path, .rules, summary { font-size: 0.85rem; }
meter { width: 6rem; vertical-align: middle; }
body:has(#kept-only:checked) li:not(.kept) { display: none; }
</style>
)";

void append_element(std::string_view tag, std::string_view text, std::string& out) {
    out.append("<").append(tag).append(">");
    append_html(text, out);
    // Without the attributes.
    out.append("</").append(tag.substr(0, tag.find(' '))).append(">");
}

void append_facts(const Document& document, const Explanation& explanation, std::string& out) {
    out += "<dl>\n";
    for (const auto& [name, value] : facts_of(document, explanation)) {
        append_element("dt", name, out);
        append_element("dd", value, out);
        out += '\n';
    }
    out += "</dl>\n";
}

void append_votes(const Explanation& explanation, std::string& out) {
    if (explanation.type_votes.empty()) return;
    out += "<h2>Kinds</h2>\n<table>\n";
    for (const TypeVote& vote : sorted_votes(explanation)) {
        out += "<tr>";
        append_element("th scope=\"row\"", to_string(vote.page_type), out);
        append_element("td", hundredths(vote.weight), out);
        out += "</tr>\n";
    }
    out += "</table>\n";
}

void append_metadata(const Document& document, const Explanation& explanation, std::string& out) {
    if (explanation.origins.empty()) return;
    out += "<h2>Metadata</h2>\n<table>\n";
    for (const FieldOrigin& found : explanation.origins) {
        out += "<tr>";
        append_element("th scope=\"row\"", to_string(found.field), out);
        append_element("td", io::value_of(document, found.field), out);
        append_element("td class=\"origin\"", to_string(found.origin), out);
        out += "</tr>\n";
    }
    out += "</table>\n";
}

void append_grounds(const ExplainedBlock& block, std::string& out) {
    out += "<details><summary>Grounds</summary>\n";
    std::string rules = "Rules: article ";
    rules.append(to_string(block.article_ruling)).append(", page ");
    append_element("p class=\"rules\"", rules.append(to_string(block.whole_ruling)), out);
    out += "<table>\n";
    for (const BlockSignal& signal : block.signals) {
        out += "<tr>";
        append_element("td class=\"weight\"",
                       (signal.weight > 0 ? "+" : "") + hundredths(signal.weight), out);
        append_element("td", signal.name, out);
        append_element("td", signal.value, out);
        out += "</tr>\n";
    }
    out += "</table></details>\n";
}

void append_block(const ExplainedBlock& block, bool has_scores, std::string& out) {
    out += is_kept(block.reason) ? "<li class=\"kept\">" : "<li>";
    append_element("p dir=\"auto\"", block.text, out);
    out += "<p>";
    append_element("strong", is_kept(block.reason) ? "kept" : "left out", out);
    out += ": ";
    append_html(meaning(block.reason), out);
    if (has_scores) {
        const std::string score = std::to_string(block.score);
        out +=
            " <meter min=\"0\" max=\"1000\" value=\"" + score + "\">" + score + "</meter> " + score;
    }
    out += "</p>";
    append_element("p class=\"path\"", block.path, out);
    if (has_scores) append_grounds(block, out);
    out += "</li>\n";
}

void append_blocks(const Explanation& explanation, std::string& out) {
    if (explanation.blocks.empty()) return;
    out +=
        "<h2>Blocks</h2>\n<p><label><input type=\"checkbox\" id=\"kept-only\"> Only those that "
        "are kept</label></p>\n<ol>\n";
    for (const ExplainedBlock& block : explanation.blocks) {
        append_block(block, !explanation.type_votes.empty(), out);
    }
    out += "</ol>\n";
}

}  // namespace

std::string html_report(std::string_view page, const Document& document,
                        const Explanation& explanation) {
    std::string out(kStart);
    append_element("title", std::string(page) + ", explained", out);
    out += "\n</head>\n<body>\n";
    append_element("h1", "How " + std::string(page) + " was read", out);
    out += '\n';
    append_facts(document, explanation, out);
    append_votes(explanation, out);
    append_metadata(document, explanation, out);
    append_blocks(explanation, out);
    out += "</body>\n</html>\n";
    return out;
}

}  // namespace riptide::app
