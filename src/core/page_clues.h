/// What a page's address and its JSON-LD say of the kind of page it is, as features.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "core/dom.h"

namespace riptide::core {

/// How deep the address lies, and what its directories are called: 14 features.
void append_address_clues(std::string_view url, std::vector<std::uint8_t>& features);

/// Which types its JSON-LD names, of those that tell kinds of pages apart: 7 features.
void append_json_ld_clues(const Dom& dom, std::vector<std::uint8_t>& features);

/// Whether its JSON-LD names the type of a discussion; `features` end with those of JSON-LD.
bool names_discussion(std::span<const std::uint8_t> features);

}  // namespace riptide::core
