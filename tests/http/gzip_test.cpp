#include "http/gzip.h"

#include <gtest/gtest.h>

#include <string>

namespace riptide::http {
namespace {

constexpr std::size_t kLimit = 1 << 20;

/// Given `step` bytes at a time.
Checked<std::string> unpack(std::string_view packed, std::size_t step) {
    Gunzip gunzip;
    std::string out;
    for (std::size_t at = 0; at < packed.size(); at += step) {
        if (Checked<void> added = gunzip.add(packed.substr(at, step), out, kLimit); !added) {
            return tl::unexpected(added.error());
        }
    }
    if (Checked<void> finished = gunzip.finish(); !finished)
        return tl::unexpected(finished.error());
    return out;
}

TEST(Gzip, unpacks_what_it_packed_however_it_comes) {
    std::string text;
    for (int i = 0; i < 5000; ++i) text += std::to_string(i * i);
    for (const std::size_t step : {std::size_t{1}, std::size_t{100}, kLimit}) {
        EXPECT_EQ(unpack(gzip(text), step).value(), text);
        EXPECT_EQ(unpack(gzip(text) + gzip("") + gzip("b"), step).value(), text + "b");
    }
}

TEST(Gzip, stops_at_the_limit) {
    EXPECT_TRUE(unpack(gzip(std::string(kLimit, 'a')), 1024));
    const Checked<std::string> bomb = unpack(gzip(std::string(kLimit + 1, 'a')), 1024);
    ASSERT_FALSE(bomb);
    EXPECT_EQ(bomb.error().status, 413);
}

TEST(Gzip, refuses_what_is_none) {
    const std::string whole = gzip("tides rise and fall");
    std::string flipped = whole;
    flipped[whole.size() - 6] ^= 1;  // in the checksum
    for (const std::string& packed :
         {std::string(), std::string("plain"), whole.substr(0, 12), whole + "x", flipped}) {
        const Checked<std::string> text = unpack(packed, 5);
        ASSERT_FALSE(text);
        EXPECT_EQ(text.error().status, 400);
    }
}

}  // namespace
}  // namespace riptide::http
