/// Names of authors as pages write them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace riptide::core {

/// Code points of a byline.
inline constexpr std::size_t kMaxByline = 100;

/// The names in what a program gives as an author's name: without the word that leads it in ("By",
/// "Written by", "Autor:"), dates, handles, e-mail addresses and what follows a bar or a bullet.
/// Words for "by" that names begin with, too ("von", "Di", "Oleh"), are the name's. Empty where no
/// name remains: for URLs, for texts without a letter or longer than `kMaxByline`.
std::string clean_name(std::string_view text);

/// The names in a line like "By Jane Doe, John Roe | 5 May 2020", which readers see: `clean_name`,
/// but also without "von", "por" and the like, where that is the word for "by" of the page's
/// `language` (BCP 47; empty: unknown, any) and leaves more than a surname ("Neumann", "Neumann,
/// John").
std::string clean_byline(std::string_view text, std::string_view language);

/// The text begins as a line that tells the author does: "By ", "Written by", "Автор:", in the
/// page's `language` also "Von ", "Par ", "Por ", "Door ", ...
bool begins_as_byline(std::string_view text, std::string_view language);

/// The text is nothing but what leads a name in: "Written by", "Ein Artikel von", ...
bool is_byline_lead(std::string_view text);

/// Joins cleaned names by ", ", each once (in any case), as many as `kMaxByline` holds.
std::string join_names(const std::vector<std::string>& names);

}  // namespace riptide::core
