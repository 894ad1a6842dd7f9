#include "app/page_flags.h"

#include <utility>

#include "app/extract_plan.h"
#include "app/mode_flags.h"

namespace riptide::app {

Flag output_flag(std::string help) {
    return {"--output", "-o", "FILE", ValueKind::kFile, {}, std::move(help), nullptr};
}

Flag whole_file_flag() {
    return output_flag("Writes to FILE, which appears whole or not at all. - is standard output.");
}

Flag selector_flag() {
    return {"--selector",
            "-s",
            "CSS",
            ValueKind::kText,
            {},
            "Extracts what this CSS selector matches; may be repeated. Implies --mode custom.",
            nullptr};
}

Flag mode_flag() {
    return {"--mode",
            "-m",
            "MODE",
            ValueKind::kChoice,
            {kModeNames.begin(), kModeNames.end()},
            "What is extracted: article (the main content, the default), full (all of the page's "
            "text), metadata (title, authors, dates, ...; no body) or custom (what --selector "
            "matches).",
            nullptr};
}

Flag url_flag() {
    return {"--url", "-u",
            "URL",   ValueKind::kText,
            {},      "The page's address: relative links become absolute. With one page only.",
            nullptr};
}

Flag encoding_flag() {
    return {"--encoding", "",
            "LABEL",      ValueKind::kText,
            {},           "The page's encoding (utf-8, shift_jis, ...), whatever the page says.",
            nullptr};
}

Flag engine_flag() {
    return {"--engine",
            "",
            "ENGINE",
            ValueKind::kChoice,
            {kEngineChoices.begin(), kEngineChoices.end()},
            "Where the page is parsed: wasm (in the sandbox), auto (the default: the same, and "
            "what the sandbox cannot serve natively in an isolated process) or native (no sandbox "
            "and no limit of time or memory: for trusted pages only).",
            nullptr};
}

}  // namespace riptide::app
