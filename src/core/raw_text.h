/// Skips what scripts and style sheets contain, which extraction never reads.
#pragma once

#include "lexbor/html/html.h"

namespace riptide::core {

/// JSON-LD is the one kind of script whose contents are kept.
bool is_json_ld(lxb_dom_element_t* script);

/// To be called after the tree builder has taken a start tag. When that put the tokenizer before
/// the contents of a script or style sheet, a state of ours takes the tokenizer's place: it runs
/// ahead to the first place where the element could end, and gives back to the tokenizer there.
/// (Script contents from `<!--` on have rules of their own, so the tokenizer gets them whole.)
void skip_raw_text(lxb_html_tokenizer_t& tokenizer, lxb_dom_node_t* element);

}  // namespace riptide::core
