/// How good an extraction is, and of what kind the page is, told from the page alone.
#pragma once

#include <riptide/document.h>

#include "core/metadata.h"
#include "core/selection.h"

namespace riptide::core {

struct Judgement {
    PageType page_type = PageType::kOther;
    /// 0 (nothing, or nothing to trust) to 100. Where the block classifier chose: the F1 that it
    /// expects, in percent. Else up to 80 for running text, by its amount and by the share of the
    /// selection that is not links, and up to 20 for title, date and byline.
    std::uint32_t quality_score = 0;
};

/// Reads the selection once. Without roots there is nothing to judge.
Judgement judge_page(const Dom& dom, const Metadata& metadata, const Selection& selection,
                     std::uint32_t word_count);

}  // namespace riptide::core
