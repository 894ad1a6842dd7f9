#include <algorithm>

#include "app/explanation_facts.h"
#include "app/explanation_report.h"
#include "io/explanation_json.h"

namespace riptide::app {
namespace {

std::string padded(std::string text, std::size_t width) {
    if (text.size() < width) text.resize(width, ' ');
    return text;
}

void append_block(const ExplainedBlock& block, bool has_scores, std::string& out) {
    out += is_kept(block.reason) ? "\n+ " : "\n- ";
    if (has_scores) out += padded(std::to_string(block.score), 4) + " ";
    out += meaning(block.reason) + ": " + block.path + "\n";
    out += "    " + block.text + "\n";
    if (!has_scores) return;
    out.append("    rules: article ").append(to_string(block.article_ruling));
    out.append(", page ").append(to_string(block.whole_ruling)).append("\n");
    for (const BlockSignal& signal : block.signals) {
        out += "    " + padded((signal.weight > 0 ? "+" : "") + hundredths(signal.weight), 7) +
               signal.name + ": " + signal.value + "\n";
    }
}

}  // namespace

std::string text_report(std::string_view page, const Document& document,
                        const Explanation& explanation) {
    constexpr std::size_t kNameWidth = 25;
    std::string out(page);
    out += "\n\n";
    for (const auto& [name, value] : facts_of(document, explanation)) {
        out += padded(name, kNameWidth) + value + "\n";
    }
    if (!explanation.type_votes.empty()) out += "\nKinds\n";
    for (const TypeVote& vote : sorted_votes(explanation)) {
        out += padded(std::string(to_string(vote.page_type)), kNameWidth) +
               hundredths(vote.weight) + "\n";
    }
    if (!explanation.origins.empty()) out += "\nMetadata\n";
    for (const FieldOrigin& found : explanation.origins) {
        out += padded(std::string(to_string(found.field)), 15) +
               padded(std::string(to_string(found.origin)), 15) +
               io::value_of(document, found.field) + "\n";
    }
    if (!explanation.blocks.empty()) out += "\nBlocks\n";
    for (const ExplainedBlock& block : explanation.blocks) {
        append_block(block, !explanation.type_votes.empty(), out);
    }
    return out;
}

}  // namespace riptide::app
