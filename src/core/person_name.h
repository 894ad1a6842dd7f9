/// What a page shows where an author's name is expected: told apart from the words around it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace riptide::core {

/// The name in a line such as "5 May 2020 Written by Jane Doe on Friday": `clean_byline`, further
/// without what comes before "by", dates at the beginning, and the sentence that goes on behind the
/// name. Empty for texts that name nobody ("Follow", "Posted", "View all posts", ...). `language`
/// is the page's.
std::string shown_name(std::string_view text, std::string_view language);

/// Two to five words that begin with capitals or are particles ("de", "von"), without digits; or up
/// to twelve characters of a script without spaces.
bool looks_like_person(std::string_view name);

/// A login or an abbreviation in place of a name: "jane-doe", "j.doe", "JD".
bool looks_like_handle(std::string_view name);

/// "Doe, Jane" as "Jane Doe", where all of at least two names are written so.
void put_first_names_first(std::vector<std::string>& names);

}  // namespace riptide::core
