#include "app/explanation_facts.h"

#include <algorithm>
#include <cstdlib>

namespace riptide::app {
namespace {

std::string attempts_of(const Explanation& explanation) {
    std::string out;
    for (const std::uint32_t chars : explanation.attempts) {
        out.append(out.empty() ? "" : ", then ").append(std::to_string(chars));
    }
    out += " characters by the rules for an article";
    return out + (explanation.prefers_article ? "; the page is little more than that"
                                              : "; the page holds more");
}

std::string kept_of(const Explanation& explanation) {
    const auto kept = std::ranges::count_if(explanation.blocks, is_kept, &ExplainedBlock::reason);
    return std::to_string(kept) + " of " + std::to_string(explanation.blocks.size()) + " kept";
}

std::string engine_of(const Document& document) {
    std::string engine(to_string(document.engine));
    if (!document.fallback_reason.empty()) engine += " (" + document.fallback_reason + ")";
    return engine;
}

}  // namespace

std::vector<std::pair<std::string, std::string>> facts_of(const Document& document,
                                                          const Explanation& explanation) {
    std::vector<std::pair<std::string, std::string>> facts = {
        {"Status", std::string(to_string(document.status))},
        {"Kind", std::string(to_string(document.page_type))},
        {"Quality", std::to_string(document.quality_score) + " of 100"},
        {"Words", std::to_string(document.word_count)},
        {"Blocks", kept_of(explanation)}};
    if (!explanation.type_votes.empty()) {
        facts.emplace_back("Threshold", std::to_string(explanation.threshold) + " of 1000");
        facts.emplace_back("Attempts", attempts_of(explanation));
    }
    facts.emplace_back("Calls itself an article", explanation.declares_article ? "yes" : "no");
    facts.emplace_back("articleBody", std::to_string(explanation.article_body_bytes) + " bytes");
    if (!document.truncated.empty()) {
        std::string cuts;
        for (const Truncation cut : document.truncated) {
            cuts.append(cuts.empty() ? "" : ", ").append(to_string(cut));
        }
        facts.emplace_back("Cut", cuts);
    }
    facts.emplace_back("Engine", engine_of(document));
    facts.emplace_back("Encoding", document.encoding);
    return facts;
}

std::vector<TypeVote> sorted_votes(const Explanation& explanation) {
    std::vector<TypeVote> votes = explanation.type_votes;
    std::ranges::stable_sort(votes, std::ranges::greater(), &TypeVote::weight);
    return votes;
}

std::string hundredths(std::int32_t number) {
    const auto size = std::abs(std::int64_t{number});
    const std::string cents = std::to_string(size % 100);
    return (number < 0 ? "-" : "") + std::to_string(size / 100) + (cents.size() == 1 ? ".0" : ".") +
           cents;
}

std::string meaning(Reason reason) {
    switch (reason) {
        case Reason::kLikely:
            return "likely content";
        case Reason::kCaption:
            return "caption of a figure";
        case Reason::kSelected:
            return "taken by the mode";
        case Reason::kUnlikely:
            return "unlikely content";
        case Reason::kLaterArticle:
            return "of another article below";
        case Reason::kNoProse:
            return "too little to read";
        case Reason::kNotSelected:
            break;
    }
    return "not taken by the mode";
}

}  // namespace riptide::app
