#include "http/places.h"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

namespace riptide::http {
namespace {

TEST(Places, are_served_then_told_then_dropped) {
    Places places;
    std::vector<Places::Place> taken;
    for (int i = 0; i < 3; ++i) {
        auto place = places.take(2, 1);
        ASSERT_TRUE(place) << i;
        EXPECT_EQ(place->is_extra(), i == 2);
        taken.push_back(std::move(*place));
    }
    EXPECT_FALSE(places.take(2, 1));
    EXPECT_FALSE(places.take(2, 1)) << "one that was not given counts for nothing";
    EXPECT_TRUE(places.take(3, 1)->is_extra());
    EXPECT_FALSE(places.take(4, 0)->is_extra());
}

TEST(Allowance, has_a_share_for_the_admin_listener_however_few_descriptors_there_are) {
    for (const std::uint64_t descriptors : {32U, 64U, 128U, 1024U, 65536U, 1U << 31}) {
        const Allowance allowed = allowance(descriptors);
        EXPECT_GE(allowed.clients, 8U) << descriptors;
        EXPECT_GE(allowed.admin, 4U) << descriptors;
        EXPECT_LE(allowed.clients + allowed.admin + 2 * allowed.extra +
                      std::min<std::uint64_t>(100, descriptors / 2),
                  descriptors);
    }
    EXPECT_GE(allowance(65536).clients, 65000U);
    EXPECT_EQ(allowance(65536).admin, 64U);
    EXPECT_EQ(allowance(65536).extra, 128U);
}

TEST(Places, are_given_back_once) {
    Places places;
    auto first = places.take(1, 0);
    first->give_back();
    first->give_back();
    {
        const Places::Place second = std::move(*places.take(1, 0));
        first.reset();
        EXPECT_FALSE(places.take(1, 0));
    }
    EXPECT_TRUE(places.take(1, 0));
}

TEST(Places, are_never_more_than_there_are_for_many_threads) {
    Places places;
    std::atomic<int> held{0};
    std::atomic<int> most{0};
    const auto client = [&] {
        for (int i = 0; i < 20000; ++i) {
            const auto place = places.take(2, 1);
            if (!place) continue;
            const int now = ++held;
            if (now > most) most = now;
            --held;
        }
    };
    {
        std::vector<std::jthread> clients;
        for (int i = 0; i < 4; ++i) clients.emplace_back(client);
    }
    EXPECT_LE(most, 3);
    EXPECT_FALSE(places.take(1, 0)->is_extra());
}

}  // namespace
}  // namespace riptide::http
