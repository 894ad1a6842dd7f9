#include "http/client.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <string>
#include <thread>

namespace riptide::http {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

/// Answers one connection on loopback with some bytes, and closes it.
class OneAnswer {
public:
    enum class End { kClose, kHold };
    explicit OneAnswer(std::string answer, End end = End::kClose)
        : listener_(::socket(AF_INET, SOCK_STREAM, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof(address);
        EXPECT_EQ(bind(listener_, reinterpret_cast<sockaddr*>(&address), size), 0);
        EXPECT_EQ(listen(listener_, 1), 0);
        getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
        url_ = {"127.0.0.1", std::to_string(ntohs(address.sin_port))};
        thread_ = std::thread([this, answer = std::move(answer), end] {
            const int connection = accept(listener_, nullptr, nullptr);
            std::string some(65536, ' ');
            while (received_.find("\r\n\r\n") == std::string::npos) {
                const ssize_t count = recv(connection, some.data(), some.size(), 0);
                if (count <= 0) break;
                received_.append(some, 0, static_cast<std::size_t>(count));
            }
            (void)!::send(connection, answer.data(), answer.size(), MSG_NOSIGNAL);
            if (end == End::kHold) (void)!recv(connection, some.data(), some.size(), 0);
            close(connection);
        });
    }
    ~OneAnswer() {
        wait();
        close(listener_);
    }
    OneAnswer(const OneAnswer&) = delete;
    OneAnswer& operator=(const OneAnswer&) = delete;

    [[nodiscard]] const ServerUrl& url() const { return url_; }
    const std::string& received() {
        wait();
        return received_;
    }

private:
    void wait() {
        if (thread_.joinable()) thread_.join();
    }
    int listener_;
    ServerUrl url_;
    std::string received_;
    std::thread thread_;
};

Result<ClientResponse> get(const ServerUrl& url, std::chrono::milliseconds patience = 10s) {
    ClientRequest request;
    request.path = "/livez";
    return fetch(url, request, Deadline::after(patience));
}

TEST(ServerUrl, has_a_host_and_perhaps_a_port) {
    EXPECT_EQ(parse_server_url("http://a.example")->host, "a.example");
    EXPECT_EQ(parse_server_url("http://a.example")->port, "80");
    EXPECT_EQ(parse_server_url("http://127.0.0.1:8080/")->port, "8080");
    EXPECT_EQ(parse_server_url("http://[::1]:8080")->host, "::1");
    EXPECT_EQ(parse_server_url("http://[::1]:8080")->port, "8080");
    EXPECT_EQ(parse_server_url("http://a:1")->port, "1");
    EXPECT_EQ(parse_server_url("http://a:65535")->port, "65535");
}

TEST(ServerUrl, that_is_none_is_told_why) {
    constexpr const char* kPort = "its port is not a whole number from 1 to 65535";
    for (const auto& [text, why] : std::initializer_list<std::pair<const char*, const char*>>{
             {"", "does not begin with http://"},
             {"a.example", "does not begin with http://"},
             {"https://a.example", "https is not spoken"},
             {"http://", "its host is no name or address"},
             {"http://:80", "its host is no name or address"},
             {"http://[]:80", "its host is no name or address"},
             {"http://a\r\nb", "its host is no name or address"},
             {"http://a:", kPort},
             {"http://a:x", kPort},
             {"http://a:0", kPort},
             {"http://a:65536", kPort},
             {"http://127.0.0.1:83796", kPort},
             {"http://a:+80", kPort},
             {"http://[::1]:0", kPort},
             {"http://a/path", "a path"},
             {"http://a?b", "a query"},
             {"http://u:p@a", "user information"},
             {"http://[::1", "never closed"},
             {"http://[::1]80", "follows its ]"}}) {
        const auto url = parse_server_url(text);
        ASSERT_FALSE(url) << text;
        EXPECT_THAT(url.error().detail, HasSubstr(why)) << text;
    }
}

TEST(Client, sends_what_it_is_told_and_reads_the_answer) {
    OneAnswer server("HTTP/1.1 201 Created\r\nDate: today\r\nContent-Length: 2\r\n\r\nok");
    ClientRequest request;
    request.method = "POST";
    request.path = "/extract";
    request.content_type = "text/html";
    request.body = "<p>";
    request.bearer_token = "secret";
    const auto response = fetch(server.url(), request, Deadline::after(10s));
    ASSERT_TRUE(response) << response.error().detail;
    EXPECT_EQ(response->status, 201U);
    EXPECT_EQ(response->date, "today");
    EXPECT_EQ(response->body, "ok");
    EXPECT_THAT(server.received(), HasSubstr("POST /extract HTTP/1.1\r\nHost: 127.0.0.1:"));
    EXPECT_THAT(server.received(), HasSubstr("\r\nAuthorization: Bearer secret\r\n"));
    EXPECT_THAT(server.received(), HasSubstr("\r\nContent-Length: 3\r\n\r\n<p>"));
}

TEST(Client, reads_chunks_and_bodies_that_end_with_the_connection) {
    for (const char* answer :
         {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n",
          "HTTP/1.1 200 OK\r\n\r\nok"}) {
        const OneAnswer server(answer);
        const auto response = get(server.url());
        ASSERT_TRUE(response) << response.error().detail;
        EXPECT_EQ(response->body, "ok");
    }
}

TEST(Client, an_answer_that_is_cut_or_no_http_is_an_error) {
    for (const char* answer : {"", "HTTP/1.1 200 OK\r\nContent-Le", "SSH-2.0-x\r\n\r\n",
                               "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nok"}) {
        const OneAnswer server(answer);
        const auto response = get(server.url());
        ASSERT_FALSE(response) << answer;
        EXPECT_EQ(response.error().error_class, ErrorClass::kIo);
    }
}

TEST(Client, waits_no_longer_than_its_deadline) {
    const OneAnswer server("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nok", OneAnswer::End::kHold);
    const auto start = std::chrono::steady_clock::now();
    const auto response = get(server.url(), 100ms);
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().error_class, ErrorClass::kDeadlineExceeded);
    EXPECT_LT(std::chrono::steady_clock::now() - start, 5s);
}

TEST(Client, says_where_it_could_not_connect) {
    ServerUrl gone;
    {
        const OneAnswer server("");
        gone = server.url();
        (void)get(gone);
    }
    const auto response = get(gone);
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().error_class, ErrorClass::kIo);
    EXPECT_THAT(response.error().detail, HasSubstr("cannot connect to 127.0.0.1:" + gone.port));
}

}  // namespace
}  // namespace riptide::http
