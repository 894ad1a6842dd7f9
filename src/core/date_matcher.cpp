#include "core/date_matcher.h"

#include "core/chars.h"
#include "core/date_tokens.h"
#include "core/month_names.h"

namespace riptide::core {
namespace {

constexpr int kBuddhistEra = 543;

/// Matches dates at a token; each function leaves `end_` past what it took.
class DateMatcher {
public:
    DateMatcher(std::string_view text, DateOrder order)
        : text_(text), tokens_(text), order_(order) {}

    bool find(WrittenDate& found) {
        for (std::size_t i = 0; i < tokens_.size; ++i) {
            const DateToken& token = tokens_.list[i];
            const bool matches = token.kind == DateToken::kNumber
                                     ? year_first(i, found.date) || day_month_name(i, found.date) ||
                                           numeric(i, found.date)
                                     : token.month > 0 && month_name_first(i, found.date);
            if (!matches) continue;
            found.begin = token.at;
            found.end = tokens_.list[end_ - 1].end;
            return true;
        }
        return false;
    }

private:
    const DateToken* at(std::size_t i) const {
        return i < tokens_.size ? &tokens_.list[i] : nullptr;
    }

    bool is_number(std::size_t i, int max_digits) const {
        const DateToken* token = at(i);
        return token != nullptr && token->kind == DateToken::kNumber && token->digits <= max_digits;
    }
    bool is_year(std::size_t i) const {
        const DateToken* token = at(i);
        return token != nullptr && token->kind == DateToken::kNumber && token->digits == 4;
    }
    bool is_mark(std::size_t i, char32_t mark) const {
        const DateToken* token = at(i);
        return token != nullptr && token->kind == DateToken::kMark && token->mark == mark;
    }

    /// Past commas, full stops, apostrophes, and the small words between the parts of a date:
    /// "5 de mayo de 2020", "5th of May", "ngày 5 tháng 3 năm 2020", "2020 m. kovo 5 d.".
    std::size_t skip_glue(std::size_t i) const {
        for (int taken = 0; taken < 4; ++taken) {
            const DateToken* token = at(i);
            if (token == nullptr) return i;
            if (token->kind == DateToken::kMark) {
                if (std::u32string_view(U".,،'’-–/").find(token->mark) ==
                    std::u32string_view::npos) {
                    return i;
                }
            } else if (token->kind == DateToken::kNumber || token->month > 0 ||
                       !is_glue_word(text_.substr(token->at, token->end - token->at))) {
                return i;
            }
            ++i;
        }
        return i;
    }

    static bool is_glue_word(std::string_view word) {
        constexpr std::size_t kLongest = 8;
        if (word.size() > kLongest) return false;
        constexpr std::string_view kWords[] = {
            "st",    "nd",  "rd",   "th",  "of",   "de", "del", "do",  "da",   "di",
            "er",    "le",  "the",  "e",   "o",    "a",  "ta",  "lea", "года", "г",
            "tháng", "năm", "พ",    "ศ",   "m",    "d",  "ko",  "ro",  "ª",    "º",
            "din",   "den", "ngày", "від", "року", "ใน", "พ.ศ", "på"};
        for (const std::string_view glue : kWords) {
            if (ascii_iequals(word, glue)) return true;
        }
        return false;
    }

    bool accept(Date candidate, std::size_t end, Date& date) {
        if (candidate.month > kSolarHijri) {
            candidate.month -= kSolarHijri;
            if (candidate.year < 1300 || candidate.year > 1450 || candidate.day > 31) return false;
            candidate = from_solar_hijri(candidate);
        } else if (candidate.year >= 2443 && candidate.year <= 2643) {
            candidate.year -= kBuddhistEra;
        } else if (candidate.year >= 1370 && candidate.year <= 1450 && candidate.month >= 1 &&
                   candidate.month <= 12 && candidate.day >= 1 && candidate.day <= 31) {
            candidate = from_solar_hijri(candidate);
        }
        if (!is_valid(candidate)) return false;
        date = candidate;
        end_ = end;
        return true;
    }

    /// "2024-05-17", "2024/5/17", "2024. 5. 17.", "2024年5月17日", "2024. május 17."
    bool year_first(std::size_t i, Date& date) {
        if (!is_year(i)) return false;
        const int year = tokens_.list[i].value;
        std::size_t j = i + 1;
        const DateToken* separator = at(j);
        if (separator == nullptr) return false;
        const bool mark =
            separator->kind == DateToken::kMark &&
            std::u32string_view(U"-/.年년‐–").find(separator->mark) != std::u32string_view::npos;
        if (mark && is_number(j + 1, 2)) {
            const int month = tokens_.list[j + 1].value;
            const DateToken* second = at(j + 2);
            if (second == nullptr || second->kind != DateToken::kMark || !is_number(j + 3, 2)) {
                return false;
            }
            const char32_t expected = separator->mark == U'年'   ? U'月'
                                      : separator->mark == U'년' ? U'월'
                                                                 : separator->mark;
            if (second->mark != expected) return false;
            std::size_t end = j + 4;
            if (is_mark(end, U'日') || is_mark(end, U'일')) ++end;
            return accept({year, month, tokens_.list[j + 3].value}, end, date);
        }
        j = skip_glue(j);
        const DateToken* name = at(j);
        if (name == nullptr || name->month == 0) return false;
        const std::size_t day = skip_glue(j + 1);
        if (!is_number(day, 2)) return false;
        // In "... 2020 May 5, 2021" the first year is not the date's.
        if (const std::size_t later = skip_glue(day + 1); is_year(later)) return false;
        return accept({year, name->month, tokens_.list[day].value}, day + 1, date);
    }

    /// "17 May 2024", "17. Mai 2024", "17 de mayo de 2024", "17-May-24"
    bool day_month_name(std::size_t i, Date& date) {
        if (!is_number(i, 2)) return false;
        std::size_t j = skip_glue(i + 1);
        const DateToken* name = at(j);
        int month = 0;
        if (name != nullptr && name->month > 0) {
            month = name->month;
        } else if (j > i + 1 && is_number(j, 2) && tokens_.list[j - 1].kind == DateToken::kWord) {
            month = name->value;  // Vietnamese: "tháng 5"
        } else {
            return false;
        }
        j = skip_glue(j + 1);
        if (is_year(j))
            return accept({tokens_.list[j].value, month, tokens_.list[i].value}, j + 1, date);
        if (is_number(j, 2) && tokens_.list[j].digits == 2 && !is_mark(j + 1, U':') &&
            (is_mark(j - 1, U'-') || is_mark(j - 1, U'\'') || is_mark(j - 1, U'’'))) {
            return accept({century(tokens_.list[j].value), month, tokens_.list[i].value}, j + 1,
                          date);
        }
        return false;
    }

    /// "May 17, 2024", "May 17th 2024"
    bool month_name_first(std::size_t i, Date& date) {
        const std::size_t day = skip_glue(i + 1);
        if (!is_number(day, 2)) return false;
        std::size_t year = skip_glue(day + 1);
        if (!is_year(year)) return false;
        return accept({tokens_.list[year].value, tokens_.list[i].month, tokens_.list[day].value},
                      year + 1, date);
    }

    /// "17.05.2024", "17/05/24", "5/17/2024", "17 | 05 | 2024"
    bool numeric(std::size_t i, Date& date) {
        if (!is_number(i, 2) || !is_number(i + 2, 2) || at(i + 4) == nullptr) return false;
        const DateToken& separator = tokens_.list[i + 1];
        if (separator.kind != DateToken::kMark || !is_mark(i + 3, separator.mark) ||
            std::u32string_view(U"./-‐–|").find(separator.mark) == std::u32string_view::npos) {
            return false;
        }
        int year = 0;
        if (is_year(i + 4)) {
            year = tokens_.list[i + 4].value;
        } else if (is_number(i + 4, 2) && tokens_.list[i + 4].digits == 2 &&
                   !tokens_.list[i + 4].after_space && separator.mark != U'|') {
            year = century(tokens_.list[i + 4].value);
        } else {
            return false;
        }
        const int first = tokens_.list[i].value;
        const int second = tokens_.list[i + 2].value;
        const bool month_first = second > 12 || (first <= 12 && separator.mark == U'/' &&
                                                 order_ == DateOrder::kMonthFirst);
        return month_first ? accept({year, first, second}, i + 5, date)
                           : accept({year, second, first}, i + 5, date);
    }

    static int century(int year) { return year < 70 ? 2000 + year : 1900 + year; }

    std::string_view text_;
    DateTokens tokens_;
    DateOrder order_;
    std::size_t end_ = 0;
};

}  // namespace

bool match_date(std::string_view text, DateOrder order, WrittenDate& found) {
    return DateMatcher(text, order).find(found);
}

}  // namespace riptide::core
