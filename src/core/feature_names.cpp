#include "core/feature_names.h"

#include <riptide/explanation.h>

#include <array>
#include <string_view>

#include "core/block_features.h"
#include "core/open_kinds.h"
#include "core/repeats.h"
#include "lexbor/tag/tag.h"

namespace riptide::core {
namespace {

constexpr std::array<std::string_view, kKinds> kKindNames = {
    "nav",           "header",       "footer",        "aside",        "form",
    "table",         "data table",   "list",          "list item",    "definition list",
    "figure",        "article",      "main",          "section",      "address",
    "quote",         "heading",      "link",          "time",         "form control",
    "code",          "details",      "side role",     "dialog",       "byline",
    "concealed",     "unspoken",     "unlikely name", "maybe name",   "positive name",
    "negative name", "share name",   "byline name",   "chrome name",  "teaser name",
    "comment name",  "caption name", "date name",     "item name",    "reply name",
    "review name",   "shop name",    "filter name",   "outline name", "detail name",
    "topic name",    "person name",  "strip name",    "title name",   "legal name",
    "manual name"};

/// The least number that `log_scale` takes for `value`.
std::uint32_t amount(std::uint8_t value) {
    if (value < 16) return value;
    const unsigned exponent = (value - 16U) / 8 + 4;
    return (8U + (value - 16U) % 8) << (exponent - 3);
}

/// The first of the tags that `tag_scale` gives the value to.
std::string tag_name(std::uint8_t value) {
    const bool is_known = value != tag_scale(LXB_TAG__UNDEF);
    for (Tag tag = LXB_TAG__UNDEF; is_known && tag < LXB_TAG__LAST_ENTRY; ++tag) {
        if (tag_scale(tag) != value) continue;
        std::size_t size = 0;
        const lxb_char_t* name = lxb_tag_name_by_id(tag, &size);
        return {reinterpret_cast<const char*>(name), size};
    }
    return "another one";
}

std::string ruling(unsigned value) {
    return std::string(to_string(static_cast<Ruling>(value % 4)));
}

}  // namespace

FeatureNames::FeatureNames() {
    name_told();
    name_own();
    name_places();
    name_scopes();
    // Neighbours: one before, one after, two before, ...
    for (std::size_t i = 0; i < FeatureTable::kNeighbours; ++i) {
        const std::string where =
            std::to_string(i / 2 + 1) + (i % 2 == 0 ? " before: " : " after: ");
        for (std::size_t told = 0; told < kToldFeatures; ++told) {
            features_.push_back({where + features_[told].name, features_[told].scale, true});
        }
    }
    name_page();
    name_opinions();
}

void FeatureNames::name_told() {
    add("length", Scale::kAmount);
    add("link share", Scale::kShare);
    add("element", Scale::kTag);
    add("rules", Scale::kRulings);
    for (const char* distance : {"1", "2", "3"}) {
        add(std::string("built like block ") + distance + " before", Scale::kFlag);
    }
}

void FeatureNames::name_own() {
    add("links", Scale::kAmount);
    add("commas", Scale::kAmount);
    add("words", Scale::kAmount);
    add("bytes per word", Scale::kAmount);
    add("digits", Scale::kShare);
    add("capitals", Scale::kShare);
    add("sentence ends", Scale::kAmount);
    add("sentence ends per 20 words", Scale::kShare);
    add("separators", Scale::kAmount);
    add("last character", Scale::kNumber);
    add("signs", Scale::kAmount);
    add("nodes", Scale::kAmount);
    add("innermost element", Scale::kTag);
    add("depth", Scale::kAmount);
    add("rules for an article", Scale::kRuling);
    add("rules for the page", Scale::kRuling);
    add("blocks built alike", Scale::kAmount);
    add("length of blocks built alike", Scale::kAmount);
    add("link share of blocks built alike", Scale::kShare);
    add("article share of blocks built alike", Scale::kShare);
    add("blocks built alike of the page", Scale::kShare);
    add("blocks with the same text", Scale::kAmount);
    add("words of title and description", Scale::kAmount);
    add("share of words of title and description", Scale::kShare);
    add("share of words of articleBody", Scale::kShare);
    add("words of articleBody on the page", Scale::kAmount);
    add("length of articleBody", Scale::kAmount);
    add("articleBody before it", Scale::kShare);
    add("slanted text", Scale::kShare);
    add("strong text", Scale::kShare);
    add("nodes since a medium", Scale::kAmount);
    add("share of what holds the medium", Scale::kShare);
    for (std::size_t level = 1; level <= Repeats::kLevels; ++level) {
        const std::string scope = "scope " + std::to_string(level);
        add(scope + ": elements built alike", Scale::kAmount);
        add(scope + ": elements built alike of the page", Scale::kShare);
    }
    add("built like most prose", Scale::kFlag);
    add("deeper than most prose", Scale::kOffset);
    add("place by most prose", Scale::kPart);
    add("blocks since most prose", Scale::kAmount);
    add("blocks to the end of most prose", Scale::kAmount);
}

void FeatureNames::name_places() {
    add("blocks before it", Scale::kShare);
    add("text before it", Scale::kShare);
    add("blocks after it", Scale::kAmount);
    add("article before it", Scale::kShare);
    add("prose before it", Scale::kShare);
    add("blocks since the title", Scale::kOffset);
    add("is the title", Scale::kFlag);
    add("articles begun", Scale::kAmount);
    add("main headings begun", Scale::kAmount);
    add("text that holds it and the title", Scale::kShare);
    add("blocks since a heading", Scale::kAmount);
    add("latest heading", Scale::kTag);
    for (const std::string_view kind : kKindNames) {
        add("in " + std::string(kind), Scale::kLevels);
    }
    for (const std::size_t kind : kMeasuredKinds) {
        add("text in its " + std::string(kKindNames[kind]), Scale::kShare);
    }
}

void FeatureNames::name_scopes() {
    for (std::size_t i = 1; i <= kScopes; ++i) {
        const std::string scope = "scope " + std::to_string(i) + ": ";
        add(scope + "length", Scale::kAmount);
        add(scope + "blocks", Scale::kAmount);
        add(scope + "link share", Scale::kShare);
        add(scope + "prose", Scale::kShare);
        add(scope + "article", Scale::kShare);
        add(scope + "text of the page", Scale::kShare);
        add(scope + "length of a block", Scale::kAmount);
        add(scope + "element", Scale::kTag);
        add(scope + "weight of its names", Scale::kOffset);
    }
}

void FeatureNames::name_page() {
    add("page: length", Scale::kAmount);
    add("page: blocks", Scale::kAmount);
    add("page: link share", Scale::kShare);
    add("page: prose", Scale::kShare);
    add("page: text that the rules for an article keep", Scale::kShare);
    add("page: text that the rules for the page keep", Scale::kShare);
    add("page: length of the rules' article", Scale::kAmount);
    add("page: article of what the rules for the page keep", Scale::kShare);
    add("page: text in paragraphs", Scale::kShare);
    add("page: code", Scale::kShare);
    add("page: characters of bytes", Scale::kShare);
    add("page: main headings", Scale::kAmount);
    add("page: minor headings", Scale::kAmount);
    add("page: prices", Scale::kAmount);
    add("page: cells", Scale::kAmount);
    add("page: blocks of prose", Scale::kAmount);
    add("page: articles", Scale::kAmount);
    add("page: form controls", Scale::kAmount);
    add("page: images", Scale::kAmount);
    add("page: list items", Scale::kAmount);
    add("page: rules prefer the article", Scale::kFlag);
    add("page: declares an article", Scale::kFlag);
    add("page: has a date", Scale::kFlag);
    add("page: has a byline", Scale::kFlag);
    for (const std::size_t hint : kSurveyedHints) {
        add("page: text in " + std::string(kKindNames[kInNamed + hint]), Scale::kShare);
    }
    add("address: length", Scale::kAmount);
    add("address: slashes", Scale::kAmount);
    add("address: digits", Scale::kAmount);
    add("address: dashes", Scale::kAmount);
    add("address: has a query", Scale::kFlag);
    for (const char* name :
         {"positive", "item", "reply", "shop", "filter", "detail", "topic", "strip", "manual"}) {
        add(std::string("address: ") + name + " name", Scale::kFlag);
    }
    for (const char* type : {"Product", "ItemList", "QAPage", "DiscussionForumPosting", "FAQPage",
                             "Organization", "BreadcrumbList"}) {
        add(std::string("JSON-LD: ") + type, Scale::kFlag);
    }
}

void FeatureNames::name_opinions() {
    const std::string first = "first opinion: ";
    for (const char* where : {"it", "1 before", "1 after", "2 before", "2 after"}) {
        add(first + where, Scale::kShare);
    }
    for (const char* blocks : {"2", "4", "8"}) {
        add(first + "up to " + blocks + " blocks away", Scale::kShare);
    }
    for (std::size_t i = 1; i <= kScopes; ++i) {
        add(first + "scope " + std::to_string(i), Scale::kShare);
    }
    add(first + "content in scope 1", Scale::kShare);
    add(first + "blocks built alike", Scale::kShare);
    add(first + "content before it", Scale::kShare);
    add(first + "content of the page", Scale::kShare);
    add(first + "the heading", Scale::kShare);
    add(first + "what stands below the heading", Scale::kShare);
}

std::string FeatureNames::value(std::size_t feature, std::uint8_t value) const {
    const Feature& of = features_[feature];
    if (of.of_neighbour && value == FeatureTable::kNoNeighbour) return "no block";
    switch (of.scale) {
        case Scale::kAmount:
            return std::to_string(amount(value));
        case Scale::kShare:
            return std::to_string((value * 100U + 127) / 255) + "%";
        case Scale::kFlag:
            return value != 0 ? "yes" : "no";
        case Scale::kTag:
            return tag_name(value);
        case Scale::kRuling:
            return ruling(value);
        case Scale::kRulings:
            return "article " + ruling(value / 4U) + ", page " + ruling(value);
        case Scale::kLevels:
            return value == 0 ? "no" : std::to_string(64 - value) + " up";
        case Scale::kOffset:
            return value == 0 ? "unknown" : std::to_string(value - 128);
        case Scale::kPart:
            return value == 0 ? "before" : value == 1 ? "inside" : "after";
        case Scale::kNumber:
            break;
    }
    return std::to_string(value);
}

}  // namespace riptide::core
