/// A page's title without the name of its site.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/dom.h"

namespace riptide::core {

/// A `<title>` or the like, cut at its separators (" | ", " - ", " :: ", ...).
struct TitleParts {
    std::string title;
    std::string site;  ///< The part that was cut off; empty where nothing was.
};

/// The text is one of `site_names`, the host's name or little more than that. Compares letters and
/// digits only.
bool is_site_name(std::string_view text, const std::vector<std::string>& site_names,
                  std::string_view host);

/// Cuts off the part that is a name of the site, with what stands outside of it; the first part
/// too.
TitleParts cut_known_site(std::string_view title, const std::vector<std::string>& site_names,
                          std::string_view host);

/// Cuts the last part off where it looks like a site's name: after a strong separator (a bar, a
/// dash between spaces, a double colon, a guillemet), shorter than what stays, with three words or
/// fifteen bytes staying.
TitleParts cut_likely_site(std::string_view title);

/// How much a heading may say: a main one may rephrase the title, a part or a minor one may only
/// repeat it.
enum class HeadingRank : std::uint8_t { kMain, kPart, kMinor };

struct HeadingText {
    std::string text;
    NodeId id;
    HeadingRank rank;
};

/// What a page calls itself, in all places. Plain text.
struct TitleSources {
    std::vector<std::string> titles;  ///< In the order of trust; some may be empty.
    std::vector<HeadingText> headings;
    std::vector<std::string> sites;  ///< Names of the site.
    std::string_view host;
};

struct ChosenTitle {
    std::string title;
    std::string site;          ///< What was cut off one of the titles; empty where nothing was.
    NodeId heading = kNoNode;  ///< The one that says the title.
    std::size_t source = 0;    ///< Index into `TitleSources::titles`, where no heading says it.
};

/// The first heading that repeats one of the titles, or parts of it; else the first main heading
/// that rephrases the titles; else the first title; else the first main heading. A name of the site
/// is none of them, and is cut off. Linear in the headings.
ChosenTitle choose_title(const TitleSources& sources);

/// The words the two have in common, in percent of the words of the one with fewer; 0 where one
/// has none. Quadratic in the words of a title: looks at the first 60 of each.
int words_in_common(std::string_view a, std::string_view b);

/// The two say the same but for case, punctuation and white space.
bool same_title(std::string_view a, std::string_view b);

}  // namespace riptide::core
