/// One sentence in each encoding of the WHATWG standard. The bytes were made by the codecs of
/// CPython, so they are not the decoders' own word.
#pragma once

#include <string_view>

namespace riptide::text {

struct EncodedSample {
    std::string_view encoding;
    std::string_view utf8;
    std::string_view bytes;
};

using std::string_view_literals::operator""sv;

inline constexpr EncodedSample kEncodedSamples[] = {
    {"windows-1252", "Voilà “déjà” — l’été coûte 5 €",
     "Voil\xE0 \x93\x64\xE9j\xE0\x94 \x97 l\x92\xE9t\xE9 co\xFBte 5 \x80"sv},
    {"iso-8859-15", "Un bœuf à 5 €", "Un b\xBDuf \xE0 5 \xA4"sv},
    {"iso-8859-2", "Zażółć gęślą jaźń", "Za\xBF\xF3\xB3\xE6 g\xEA\xB6l\xB1 ja\xBC\xF1"sv},
    {"windows-1250", "Příliš žluťoučký kůň „úpěl“",
     "P\xF8\xEDli\x9A \x9Elu\x9Dou\xE8k\xFD k\xF9\xF2 \x84\xFAp\xECl\x93"sv},
    {"iso-8859-3", "Ĝis revido, ĉiuj ŝatas ĵurnalojn",
     "\xD8is revido, \xE6iuj \xFE\x61tas \xBCurnalojn"sv},
    {"iso-8859-4", "Glāžšķūņa rūķīši", "Gl\xE0\xBE\xB9\xF3\xFE\xF1\x61 r\xFE\xF3\xEF\xB9i"sv},
    {"iso-8859-5", "Съешь ещё этих булок",
     "\xC1\xEA\xD5\xE8\xEC \xD5\xE9\xF1 \xED\xE2\xD8\xE5 \xD1\xE3\xDB\xDE\xDA"sv},
    {"iso-8859-6", "نص حكيم له سر قاطع",
     "\xE6\xD5 \xCD\xE3\xEA\xE5 \xE4\xE7 \xD3\xD1 \xE2\xC7\xD7\xD9"sv},
    {"iso-8859-7", "Ξεσκεπάζω την ψυχοφθόρα",
     "\xCE\xE5\xF3\xEA\xE5\xF0\xDC\xE6\xF9 \xF4\xE7\xED \xF8\xF5\xF7\xEF\xF6\xE8\xFC"
     "\xF1\xE1"sv},
    {"iso-8859-8", "דג סקרן שט בים", "\xE3\xE2 \xF1\xF7\xF8\xEF \xF9\xE8 \xE1\xE9\xED"sv},
    {"iso-8859-8-i", "דג סקרן", "\xE3\xE2 \xF1\xF7\xF8\xEF"sv},
    {"windows-1254", "Pijamalı hasta yağız şoföre", "Pijamal\xFD hasta ya\xF0\xFDz \xFEof\xF6re"sv},
    {"iso-8859-10", "Sævör grét áðan því úlpan",
     "S\xE6v\xF6r gr\xE9t \xE1\xF0\x61n \xFEv\xED \xFAlpan"sv},
    {"windows-874", "เป็นมนุษย์สุดประเสริฐ",
     "\xE0\xBB\xE7\xB9\xC1\xB9\xD8\xC9\xC2\xEC\xCA\xD8\xB4\xBB\xC3\xD0\xE0\xCA\xC3"
     "\xD4\xB0"sv},
    {"iso-8859-13", "Įlinkdama fechtuotojo špaga", "\xC1linkdama fechtuotojo \xF0paga"sv},
    {"iso-8859-14", "Ḋonal ḃeag ċuaiḋ Ŵyn", "\xA6onal \xA2\x65\x61g \xA5uai\xAB \xD0yn"sv},
    {"iso-8859-16", "Muzicologă în bej vând whisky și tequila",
     "Muzicolog\xE3 \xEEn bej v\xE2nd whisky \xBAi tequila"sv},
    {"windows-1251", "Їхав козак — «шапка»",
     "\xAF\xF5\xE0\xE2 \xEA\xEE\xE7\xE0\xEA \x97 \xAB\xF8\xE0\xEF\xEA\xE0\xBB"sv},
    {"windows-1253", "Ξεσκεπάζω “τό”", "\xCE\xE5\xF3\xEA\xE5\xF0\xDC\xE6\xF9 \x93\xF4\xFC\x94"sv},
    {"windows-1255", "דג סקרן – ₪5", "\xE3\xE2 \xF1\xF7\xF8\xEF \x96 \xA4\x35"sv},
    {"windows-1256", "نص حكيم پاکستان", "\xE4\xD5 \xCD\xDF\xED\xE3 \x81\xC7\x98\xD3\xCA\xC7\xE4"sv},
    {"windows-1257", "Įlinkdama „fechtuotojo“ špaga",
     "\xC1linkdama \x84\x66\x65\x63htuotojo\x93 \xF0paga"sv},
    {"windows-1258", "Đuong ơ ư ă", "\xD0uong \xF5 \xFD \xE3"sv},
    {"koi8-r", "Съешь ещё этих булок",
     "\xF3\xDF\xC5\xDB\xD8 \xC5\xDD\xA3 \xDC\xD4\xC9\xC8 \xC2\xD5\xCC\xCF\xCB"sv},
    {"koi8-u", "Ґанок їжака, Європа",
     "\xBD\xC1\xCE\xCF\xCB \xA7\xD6\xC1\xCB\xC1, \xB4\xD7\xD2\xCF\xD0\xC1"sv},
    {"ibm866", "Съешь ещё этих ░ булок",
     "\x91\xEA\xA5\xE8\xEC \xA5\xE9\xF1 \xED\xE2\xA8\xE5 \xB0 \xA1\xE3\xAB\xAE\xAA"sv},
    {"macintosh", "Déjà vu: “Œuvre” ∞", "D\x8Ej\x88 vu: \xD2\xCEuvre\xD3 \xB0"sv},
    {"x-mac-cyrillic", "Съешь ещё этих", "\x91\xFA\xE5\xF8\xFC \xE5\xF9\xDE \xFD\xF2\xE8\xF5"sv},
    {"shift_jis", "吾輩は猫である。ﾈｺ ①",
     "\x8C\xE1\x94y\x82\xCD\x94L\x82\xC5\x82\xA0\x82\xE9\x81\x42\xC8\xBA \x87@"sv},
    {"euc-jp", "吾輩は猫である。丂",
     "\xB8\xE3\xC7\xDA\xA4\xCF\xC7\xAD\xA4\xC7\xA4\xA2\xA4\xEB\xA1\xA3\x8F\xB0\xA1"sv},
    {"iso-2022-jp", "吾輩は猫である。End", "\x1B$B8cGZ$OG-$G$\x22$k!#\x1B(BEnd"sv},
    {"euc-kr", "나는 고양이로소이다 똠",
     "\xB3\xAA\xB4\xC2 \xB0\xED\xBE\xE7\xC0\xCC\xB7\xCE\xBC\xD2\xC0\xCC\xB4\xD9 \x8C"
     "\x63"sv},
    {"gbk", "床前明月光，疑是地上霜",
     "\xB4\xB2\xC7\xB0\xC3\xF7\xD4\xC2\xB9\xE2\xA3\xAC\xD2\xC9\xCA\xC7\xB5\xD8\xC9"
     "\xCF\xCB\xAA"sv},
    {"gb18030", "床前明月光 𠀀 ß",
     "\xB4\xB2\xC7\xB0\xC3\xF7\xD4\xC2\xB9\xE2 \x95\x32\x82\x36 \x81\x30\x89\x38"sv},
    {"big5", "床前明月光，疑是地上霜",
     "\xA7\xC9\xAB\x65\xA9\xFA\xA4\xEB\xA5\xFA\xA1\x41\xBA\xC3\xACO\xA6\x61\xA4W\xC1"
     "\xF7"sv},
    {"utf-16le", "Ünï 猫 😀", "\xDC\x00n\x00\xEF\x00 \x00+s \x00=\xD8\x00\xDE"sv},
    {"utf-16be", "Ünï 猫 😀", "\x00\xDC\x00n\x00\xEF\x00 s+\x00 \xD8=\xDE\x00"sv},
};

}  // namespace riptide::text
