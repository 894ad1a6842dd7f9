#include "core/dates.h"

#include <gtest/gtest.h>

namespace riptide::core {
namespace {

std::string found(std::string_view text) { return find_date(text, DateOrder::kDayFirst); }
std::string normal(std::string_view text) { return normalize_date(text, DateOrder::kMonthFirst); }

TEST(Dates, keeps_iso_8601_exactly_as_precise_as_told) {
    for (const std::string_view text :
         {"2024-05-17", "2024-05", "2024-05-17T10:00", "2024-05-17T10:00:00", "2024-05-17T10:00Z",
          "2024-05-17T10:00:00+01:00", "2024-05-17T10:00:00.000Z",
          "2024-05-17T23:59:59.123456-12:00"}) {
        EXPECT_EQ(normal(text), text);
    }
    EXPECT_EQ(normal("  2024-05-17\n"), "2024-05-17");
}

TEST(Dates, writes_what_is_nearly_iso_8601_as_the_standard_does) {
    EXPECT_EQ(normal("2024-03-05 15:04:05"), "2024-03-05T15:04:05");
    EXPECT_EQ(normal("2024-03-05 15:04:05.000000"), "2024-03-05T15:04:05.000000");
    EXPECT_EQ(normal("2024-03-05 15:04:05,5"), "2024-03-05T15:04:05.5");
    for (const std::string_view text :
         {"2024-03-05 15:04:05 UTC", "2024-03-05 15:04:05 GMT", "2024-03-05t15:04:05z"}) {
        EXPECT_EQ(normal(text), "2024-03-05T15:04:05Z") << text;
    }
    for (const std::string_view text :
         {"2024-03-05 15:04:05 +0100", "2024-03-05 15:04:05+01", "2024-03-05T15:04:05 +01:00",
          "2024-03-05T15:04:05+0100", "2024-03-05T15:04:05+01:00[Europe/Berlin]"}) {
        EXPECT_EQ(normal(text), "2024-03-05T15:04:05+01:00") << text;
    }
}

TEST(Dates, keeps_the_day_of_a_time_or_an_offset_that_is_none) {
    for (const std::string_view text :
         {"2024-03-05T15:04:61Z", "2024-03-05T15:60:00Z", "2024-03-05T24:00:00Z",
          "2024-03-05T15:04:05+99:00", "2024-03-05T15:04:05+01:60", "2024-03-05T15:04:05+1",
          "2024-03-05T", "2024-03-05T15", "2024-03-05T1504:05", "2024-03-05+01:00",
          "2024-03-05 and more", "Tue, 5 Mar 2024 15:04:05 +9900", "Tue, 5 Mar 2024 15:04:61 GMT",
          "20240305T156000Z", "20240305T150405+9900"}) {
        EXPECT_EQ(normal(text), "2024-03-05") << text;
    }
    EXPECT_EQ(normal("2024-03-051"), "");
}

TEST(Dates, makes_other_machine_forms_iso_8601) {
    EXPECT_EQ(normal("Fri, 17 May 2024 10:00:05 +0200"), "2024-05-17T10:00:05+02:00");
    EXPECT_EQ(normal("Fri, 17 May 2024 10:00:05 GMT"), "2024-05-17T10:00:05Z");
    EXPECT_EQ(normal("May 17, 2024 3:15 PM"), "2024-05-17T15:15");
    EXPECT_EQ(normal("20240517"), "2024-05-17");
    EXPECT_EQ(normal("May 17, 2024 12:15 am"), "2024-05-17T00:15");
    EXPECT_EQ(normal("Fri May 17 2024 10:00:05 GMT+0200 (Central European Summer Time)"),
              "2024-05-17T10:00:05+02:00");
    EXPECT_EQ(normal("20240517T100005Z"), "2024-05-17T10:00:05Z");
    EXPECT_EQ(normal("20240517T1000+0200"), "2024-05-17T10:00+02:00");
    EXPECT_EQ(normal("20240517100005"), "2024-05-17T10:00:05");
    EXPECT_EQ(normal("1715940005"), "2024-05-17T10:00:05Z");
    EXPECT_EQ(normal("1715940005123"), "2024-05-17T10:00:05Z");
}

TEST(Dates, reads_dates_in_many_languages) {
    for (const std::string_view text : {"May 17, 2024",       "17 May 2024",
                                        "17th of May, 2024",  "Freitag, 17. Mai 2024",
                                        "17 mai 2024",        "17 de mayo de 2024",
                                        "17 de maio de 2024", "17 maggio 2024",
                                        "17 mei 2024",        "17 maja 2024",
                                        "17 мая 2024 г.",     "17 травня 2024",
                                        "17 Mayıs 2024",      "17. května 2024",
                                        "2024. május 17.",    "17 Μαΐου 2024",
                                        "17 مايو 2024",       "17 במאי 2024",
                                        "17 मई 2024",         "2024年5月17日",
                                        "2024년 5월 17일",    "ngày 17 tháng 5 năm 2024",
                                        "17 พฤษภาคม 2567",    "17 พ.ค. 2567",
                                        "17. maj 2024",       "17 Mei 2024",
                                        "٢٠٢٤/٥/١٧",          "2024 m. gegužės 17 d.",
                                        "۲۸ اردیبهشت ۱۴۰۳"}) {
        EXPECT_EQ(found(text), "2024-05-17") << text;
    }
}

TEST(Dates, reads_numbers_in_the_order_of_the_language) {
    EXPECT_EQ(find_date("03/04/2021", DateOrder::kDayFirst), "2021-04-03");
    EXPECT_EQ(find_date("03/04/2021", DateOrder::kMonthFirst), "2021-03-04");
    EXPECT_EQ(find_date("17/05/2024", DateOrder::kMonthFirst), "2024-05-17");
    EXPECT_EQ(find_date("5/17/2024", DateOrder::kDayFirst), "2024-05-17");
    EXPECT_EQ(find_date("17.05.24", DateOrder::kMonthFirst), "2024-05-17");
    EXPECT_EQ(date_order("en-US"), DateOrder::kMonthFirst);
    EXPECT_EQ(date_order("en-GB"), DateOrder::kDayFirst);
    EXPECT_EQ(date_order("de"), DateOrder::kDayFirst);
}

TEST(Dates, reads_numbers_with_narrow_spaces_and_bars_between_them) {
    EXPECT_EQ(found("4.\u20092.\u20092022"), "2022-02-04");
    EXPECT_EQ(found("4.\u202F2.\u202F2022"), "2022-02-04");
    EXPECT_EQ(found("17\u202Fmai\u20092024"), "2024-05-17");
    EXPECT_EQ(found("26 | 01 | 2022"), "2022-01-26");
    EXPECT_EQ(found("10|11|12"), "") << "numbers of pages";
}

TEST(Dates, finds_the_date_inside_a_line) {
    EXPECT_EQ(found("By Jane Doe | Published: 17 May 2024, 10:00 | 5 min read"), "2024-05-17");
}

TEST(Dates, takes_nothing_that_is_no_date) {
    for (const std::string_view text :
         {"", "yesterday", "17 May", "May 2024 was warm", "31.02.2024", "2024-13-01", "17/05/9999",
          "Version 1.2.3", "call 0171 234 5678", "10:30:45", "99 May 2024",
          "12345678901234567890"}) {
        EXPECT_EQ(found(text), "") << text;
    }
    EXPECT_EQ(normal("now"), "");
}

TEST(Dates, knows_the_days_of_each_month) {
    EXPECT_EQ(found("29.02.2024"), "2024-02-29");
    EXPECT_EQ(found("29.02.2023"), "");
    EXPECT_EQ(found("30 اسفند 1399"), "2021-03-20");
    EXPECT_EQ(found("1 فروردین 1399"), "2020-03-20");
}

}  // namespace
}  // namespace riptide::core
