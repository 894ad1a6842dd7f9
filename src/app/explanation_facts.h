/// What the reports of an explanation say in the same words.
#pragma once

#include <riptide/document.h>

#include <string>
#include <utility>
#include <vector>

namespace riptide::app {

/// Of the page as a whole: what it is called and what is known of it.
std::vector<std::pair<std::string, std::string>> facts_of(const Document& document,
                                                          const Explanation& explanation);

/// The votes, the best first.
std::vector<TypeVote> sorted_votes(const Explanation& explanation);

/// A number of hundredths: "1.25", "-0.40".
std::string hundredths(std::int32_t number);

/// A sentence for people.
std::string meaning(Reason reason);

}  // namespace riptide::app
