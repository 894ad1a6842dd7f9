#include "core/month_names.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>
#include <string>

#include "core/chars.h"

namespace riptide::core {
namespace {

struct Names {
    std::string_view beginnings;  ///< Of inflected names, lower case, each followed by a space.
    std::string_view words;       ///< Whole words: abbreviations, and names that begin others.
};

constexpr Names kMonths[12] = {
    {"janu janv jänne gener ener gennai genna styczn ledna leden ianuar ιανουάρ ιανουαρ "
     "январ январь січн студз януар јануар sausi janvār jaanuar tammik ocak urtarril "
     "xaneir siječ يناير ינואר जनवरी জানুয়ারি มกราคม januar ",
     "jan ene gen sty led ian янв січ sau oca yan jän ม.ค ינו जन جانفي ژانویه jaan genn "
     "ιαν яну јан "},
    {"febr févr fevr fever luteg lutý února únor φεβρ февр лютог лютаг helmik şubat subat "
     "veebr vasari otsail veljač فبراير פברואר फरवरी ফেব্রুয়ারি กุมภาพันธ์ ",
     "feb fev fév lut luty lutego úno фев лют лютого şub ก.พ פבר شباط فيفري فوریه veeb "
     "vel φεβ "},
    {"march märz maerz marzo marec marca marzec březn μάρτ μαρτ март берез сакав maalis "
     "märts kovo martxo ožuj marti مارس मार्च মার্চ มีนาคม márci ",
     "mar mars mär mrz mrt már mart março març bře мар бер ožu מרץ במרץ มี.ค maart marts "
     "آذار kov "},
    {"april avril abril kwietn dubna duben απρίλ απριλ апрел квітн красав huhti nisan "
     "baland apiril travnj أبريل ابريل إبريل אפריל अप्रैल এপ্রিল เมษายน ápril aprīl ",
     "apr abr avr kwi dub απρ апр кві nis เม.ย אפר ápr نيسان أفريل آوریل "},
    {"maggio květ травн maiatz geguž svibnj toukok พฤษภาคม майск ",
     "may mai mag maj maja mei máj maio mayo mayıs mayis май мая тра травня május μαΐου "
     "μάιος μαι μάιου מאי במאי พ.ค kvě maí maijs مايو ماي أيار مه मई মে svi мај травень "
     "maig maya мае "},
    {"june junio junho giugn czerwc června červen ιούν ιουν июн червн червен kesäk "
     "haziran juuni biržel ekain lipnj يونيو يونيه יוני जून জুন มิถุนายน ",
     "jun juin juni giu cze июн чер haz มิ.ย יונ jún júní čvn حزيران جوان ژوئن juny iunie "
     "юни јун јуна "},
    {"july juille julio julho luglio lipca lipiec července červenec ιούλ ιουλ июл липн "
     "ліпен heinä temmuz juuli liepos uztail srpnj يوليو يوليه יולי जुलाई জুলাই กรกฎาคม ",
     "jul juli lug lip июл лип tem ก.ค יול juil júl júlí čvc تموز جويلية ژوئیه juliol "
     "iulie юли јул јула juillet július "},
    {"august augusz agost sierpn srpna srpen αύγ αυγ август серпн жнів eloku ağustos "
     "rugpj abuztu kolovoz أغسطس اغسطس אוגוסט अगस्त আগস্ট สิงหาคม ",
     "aug ago août aout aoû sie srp авг сер ağu ส.ค אוג آب أوت ágúst "},
    {"septemb septiemb settemb setemb setiemb wrześ wrzes září szept σεπτ сентябр вересн "
     "верас syysk eylül rugsėj irail rujna سبتمبر ספטמבר सितंबर সেপ্টেম্বর กันยายน "
     "septembr септемв септемб ",
     "sep sept set wrz zář сен сент вер eyl ก.ย ספט septembre أيلول سپتامبر "},
    {"octob octub outub ottob oktob październ pazdzier října říjen οκτώ οκτω октябр жовтн "
     "кастр lokak ekim spali urria أكتوبر اكتوبر אוקטובר अक्टूबर অক্টোবর ตุลาคม октомв "
     "октоб ",
     "oct okt out ott paź říj окт жов eki ต.ค אוק اکتبر "},
    {"novemb noiem noviem listopad νοέμ νοεμ ноябр листопад лістап marrask kasım lapkri "
     "azaro studen نوفمبر נובמבר नवंबर নভেম্বর พฤศจิกายน ноемв новемб nóvemb novembr ",
     "nov lis ноя нояб лис kas พ.ย נוב نوامبر "},
    {"decem dezem dicie dicem décem grudn grudz prosin δεκέ δεκε декабр грудн снеж jouluk "
     "aralık gruod abendu prosinc ديسمبر דצמבר दिसंबर ডিসেম্বর ธันวาคม detsem desem "
     "декемв децемб ",
     "dec dez dic déc gru pro дек гру ara ธ.ค דצמ des دسامبر "},
};

constexpr std::string_view kSolarHijriMonths[12] = {
    "فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور",
    "مهر",     "آبان",     "آذر",   "دی",  "بهمن",  "اسفند",
};

/// Lower case of Latin, Greek and Cyrillic letters, as far as month names need it.
std::string lower(std::string_view word) {
    std::string out;
    for (std::size_t at = 0; at < word.size();) {
        char32_t point = next_code_point(word, at);
        if (point < 0x80) {
            point = static_cast<unsigned char>(to_lower(static_cast<char>(point)));
        } else if ((point >= 0xC0 && point <= 0xDE) || (point >= 0x391 && point <= 0x3A9) ||
                   (point >= 0x410 && point <= 0x42F)) {
            point += 0x20;
        } else if (point >= 0x400 && point <= 0x40F) {
            point += 0x50;
        } else if (point == 0x130) {
            point = U'i';
        } else if (point >= 0x100 && point <= 0x17F && point != 0x131) {
            // Upper and lower case alternate; from U+0139 and from U+0179 the odd ones are upper.
            const bool odd_upper = (point >= 0x139 && point <= 0x148) || point >= 0x179;
            if ((point % 2 == 1) == odd_upper) ++point;
        } else if (point == 0x386) {
            point = 0x3AC;
        } else if (point >= 0x388 && point <= 0x38A) {
            point += 37;
        }
        append_utf8(point, out);
    }
    return out;
}

struct Entry {
    std::string_view name;
    std::uint16_t key = 0;  // of the first two bytes
    std::uint8_t month = 0;
    bool whole = false;
};

constexpr std::uint16_t key_of(char first, char second) {
    return static_cast<std::uint16_t>(static_cast<unsigned char>(first) << 8U |
                                      static_cast<unsigned char>(second));
}

constexpr std::size_t count_names(std::string_view names) {
    return static_cast<std::size_t>(std::count(names.begin(), names.end(), ' '));
}

constexpr std::size_t kEntryCount = [] {
    std::size_t count = std::size(kSolarHijriMonths);
    for (const Names& names : kMonths) {
        count += count_names(names.beginnings) + count_names(names.words);
    }
    return count;
}();

constexpr auto kEntries = [] {
    std::array<Entry, kEntryCount> entries{};
    std::size_t size = 0;
    const auto add = [&](std::string_view names, std::size_t month, bool whole) {
        while (!names.empty()) {
            const std::size_t space = names.find(' ');
            const std::string_view name = names.substr(0, space);
            entries[size++] = {name, key_of(name[0], name[1]), static_cast<std::uint8_t>(month + 1),
                               whole};
            names.remove_prefix(space + 1);
        }
    };
    for (std::size_t month = 0; month < 12; ++month) {
        add(kMonths[month].words, month, true);
        add(kMonths[month].beginnings, month, false);
        const std::string_view name = kSolarHijriMonths[month];
        entries[size++] = {name, key_of(name[0], name[1]),
                           static_cast<std::uint8_t>(kSolarHijri + month + 1), true};
    }
    // By key; the words that are one name before those that only begin with it.
    std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) {
        if (a.key != b.key) return a.key < b.key;
        return a.whole != b.whole ? a.whole : a.month < b.month;
    });
    return entries;
}();

constexpr bool is_letter(char c) { return to_lower(c) >= 'a' && to_lower(c) <= 'z'; }

/// Of a small letter in ASCII, from 0 to 25.
constexpr std::uint32_t letter_number(char letter) {
    return static_cast<std::uint32_t>(static_cast<unsigned char>(letter)) - 'a';
}

/// For each first letter in ASCII the second ones with which names begin.
constexpr auto kBeginnings = [] {
    std::array<std::uint32_t, 26> letters{};
    for (const Entry& entry : kEntries) {
        const std::string_view name = entry.name;
        if (!is_letter(name[0]) || !is_letter(name[1])) continue;
        letters[letter_number(name[0])] |= 1U << letter_number(name[1]);
    }
    return letters;
}();

}  // namespace

int month_of_word(std::string_view word) {
    if (word.size() < 2 || word.size() > 40) return 0;
    std::string name;
    std::uint16_t key = 0;
    // Most words begin as no month does, which can be told without a lower case of all of it.
    if (is_letter(word[0]) && is_letter(word[1])) {
        const char first = to_lower(word[0]);
        const char second = to_lower(word[1]);
        if ((kBeginnings[letter_number(first)] & 1U << letter_number(second)) == 0) return 0;
        key = key_of(first, second);
    } else {
        name = lower(word);
        key = key_of(name[0], name[1]);
    }
    const auto* entry =
        std::lower_bound(kEntries.begin(), kEntries.end(), key,
                         [](const Entry& e, std::uint16_t wanted) { return e.key < wanted; });
    for (; entry != kEntries.end() && entry->key == key; ++entry) {
        if (name.empty()) name = lower(word);
        if (entry->whole ? name == entry->name : name.starts_with(entry->name)) {
            return entry->month;
        }
    }
    return 0;
}

}  // namespace riptide::core
