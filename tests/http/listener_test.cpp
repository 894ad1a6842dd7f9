#include "http/listener.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <vector>

namespace riptide::http {
namespace {

using boost::asio::ip::tcp;

class ListenerTest : public testing::Test {
protected:
    void SetUp() override {
        ASSERT_TRUE(listener_.open({"127.0.0.1", 0}));
        listener_.start();
    }
    void connect(std::size_t clients) {
        const tcp::endpoint there(boost::asio::ip::make_address("127.0.0.1"),
                                  listener_.address().port);
        for (std::size_t i = 0; i < clients; ++i) {
            clients_.emplace_back(context_).connect(there);
        }
    }

    boost::asio::io_context context_{1};
    std::size_t accepted_ = 0;
    Listener listener_{context_, [this] { return context_.get_executor(); },
                       [this](const Socket& socket) { accepted_ += socket.is_open() ? 1U : 0U; }};
    std::vector<tcp::socket> clients_;
};

TEST_F(ListenerTest, takes_all_that_wait_in_one_turn) {
    connect(10);
    context_.run_one();
    EXPECT_EQ(accepted_, 10U);
}

TEST_F(ListenerTest, gives_others_their_turn_and_goes_on) {
    connect(200);
    context_.run_one();
    EXPECT_GT(accepted_, 50U);
    EXPECT_LT(accepted_, 100U);
    while (accepted_ < 200) context_.run_one();
    EXPECT_EQ(accepted_, 200U);
}

TEST_F(ListenerTest, takes_all_that_wait_before_it_closes) {
    connect(200);
    listener_.finish();
    EXPECT_EQ(accepted_, 200U);
}

TEST_F(ListenerTest, says_why_it_cannot_listen) {
    Listener second(context_, [this] { return context_.get_executor(); }, [](const Socket&) {});
    const Result<void> opened = second.open(listener_.address());
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().error_class, ErrorClass::kIo);
    EXPECT_NE(opened.error().detail.find("taken by another program"), std::string::npos);
}

}  // namespace
}  // namespace riptide::http
