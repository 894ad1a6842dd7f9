/// Names of authors as pages write them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace riptide::core {

/// Code points of a byline.
inline constexpr std::size_t kMaxByline = 100;

/// The names in a text like "By Jane Doe, John Roe | 5 May 2020": without the word that leads it
/// in ("By", "Von", "Par", "Por", "Written by"), dates, handles, e-mail addresses and what follows
/// a bar or a bullet. Empty where no name remains: for URLs, for texts without a letter or longer
/// than `kMaxByline`.
std::string clean_byline(std::string_view text);

/// The text begins as a line that tells the author does: "By ", "Written by", "Von ", "Par ",
/// "Por ", "Door ", "Автор:", ...
bool begins_as_byline(std::string_view text);

/// The text is nothing but what leads a name in: "Written by", "Ein Artikel von", ...
bool is_byline_lead(std::string_view text);

/// Joins cleaned names by ", ", each once (in any case), as many as `kMaxByline` holds.
std::string join_names(const std::vector<std::string>& names);

}  // namespace riptide::core
