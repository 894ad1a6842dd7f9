#include "pool/helper_extractor.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <functional>
#include <future>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include "sys/stream.h"
#include "tests/pool/misdeeds.h"
#include "tests/pool/processes.h"

namespace riptide {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

#if defined(__has_feature)
constexpr bool kSanitized = __has_feature(address_sanitizer) || __has_feature(thread_sanitizer);
#else
constexpr bool kSanitized = false;
#endif

/// How late an answer may be: the machine that runs the tests is busy.
constexpr auto kSlack = 300ms;

std::unique_ptr<HelperExtractor> start(std::uint32_t helpers, std::uint32_t max_waiting = 64) {
    HelperSettings settings;
    settings.helpers = helpers;
    settings.max_waiting = max_waiting;
    return HelperExtractor::create(settings, misbehave).value();
}

Result<Document> extract(const Extractor& extractor, std::string_view page,
                         std::chrono::milliseconds timeout = 30s) {
    Request request;
    request.bytes = page;
    return extractor.extract(request, Deadline::after(timeout));
}

constexpr std::string_view kPage = "<article><p>A page that does no harm.</p></article>";

void expect_service(const Extractor& extractor) {
    const Result<Document> document = extract(extractor, kPage);
    ASSERT_TRUE(document) << document.error().detail;
    EXPECT_EQ(document->text, "A page that does no harm.");
}

std::uint64_t deaths(const HelperExtractor& extractor, HelperDeath cause) {
    return extractor.stats().deaths[static_cast<std::size_t>(cause)];
}

/// Calls `holds` until it does, while other processes get their turns.
bool eventually(const std::function<bool()>& holds) {
    const Deadline deadline = Deadline::after(20s);
    while (!holds()) {
        if (deadline.passed(Deadline::Clock::now())) return false;
        std::this_thread::yield();
    }
    return true;
}

/// A helper's death does not depend on who reaps it, so any of this process's may be waited for.
void await_end(int pidfd) {
    pollfd entry{pidfd, POLLIN, 0};
    EXPECT_EQ(::poll(&entry, 1, 20'000), 1) << "a process outlived its parent";
    ::close(pidfd);
}

int open_process(pid_t pid) { return static_cast<int>(::syscall(SYS_pidfd_open, pid, 0)); }

/// The processes of `count` helpers, none of which has had a page. The one that read the proof of
/// service ends after HelperExtractor::create() has returned.
std::vector<pid_t> idle_helpers(const HelperExtractor& extractor, pid_t zygote, std::size_t count) {
    std::vector<pid_t> helpers;
    EXPECT_TRUE(eventually([&] {
        const HelperStats stats = extractor.stats();
        helpers = children_of(zygote);
        return stats.starts == stats.calls + count && helpers.size() == count;
    }));
    return helpers;
}

pid_t idle_helper(const HelperExtractor& extractor, pid_t zygote) {
    const std::vector<pid_t> helpers = idle_helpers(extractor, zygote, 1);
    return helpers.empty() ? -1 : helpers.front();
}

struct Misdeed {
    const char* page;
    ErrorClass error_class;
    HelperDeath death;
    std::chrono::milliseconds timeout = 10s;
};

class HelperMisdeeds : public testing::TestWithParam<Misdeed> {};

TEST_P(HelperMisdeeds, end_in_a_typed_error_and_the_next_page_is_served) {
    const auto extractor = start(1);
    for (int round = 1; round <= 2; ++round) {
        const Deadline deadline = Deadline::after(GetParam().timeout);
        Request request;
        request.bytes = GetParam().page;
        const Result<Document> document = extractor->extract(request, deadline);
        EXPECT_LT(Deadline::Clock::now(), deadline.time() + kSlack);
        ASSERT_FALSE(document);
        EXPECT_EQ(document.error().error_class, GetParam().error_class) << document.error().detail;
        EXPECT_EQ(deaths(*extractor, GetParam().death), round);
        expect_service(*extractor);
    }
    EXPECT_EQ(extractor->stats().zygote_starts, 1U);
}

INSTANTIATE_TEST_SUITE_P(
    All, HelperMisdeeds,
    testing::Values(Misdeed{"crash", ErrorClass::kTrap, HelperDeath::kCrash},
                    Misdeed{"abort", ErrorClass::kTrap, HelperDeath::kForbiddenCall},
                    Misdeed{"loop", ErrorClass::kTimeout, HelperDeath::kDeadline, 200ms},
                    Misdeed{"drip", ErrorClass::kTimeout, HelperDeath::kDeadline, 200ms},
                    Misdeed{"file", ErrorClass::kTrap, HelperDeath::kForbiddenCall},
                    Misdeed{"network", ErrorClass::kTrap, HelperDeath::kForbiddenCall},
                    Misdeed{"fork", ErrorClass::kTrap, HelperDeath::kForbiddenCall},
                    Misdeed{"kill", ErrorClass::kTrap, HelperDeath::kForbiddenCall},
                    Misdeed{"code", ErrorClass::kTrap, HelperDeath::kForbiddenCall},
                    Misdeed{"exit", ErrorClass::kInternalError, HelperDeath::kMisbehaved},
                    Misdeed{"pose", ErrorClass::kInternalError, HelperDeath::kMisbehaved},
                    Misdeed{"garbage", ErrorClass::kInternalError, HelperDeath::kMisbehaved},
                    Misdeed{"boast", ErrorClass::kInternalError, HelperDeath::kMisbehaved},
                    Misdeed{"cut", ErrorClass::kInternalError, HelperDeath::kMisbehaved}),
    [](const auto& parameter) { return parameter.param.page; });

TEST(HelperExtractor, a_helper_that_hoards_memory_is_stopped_at_its_cap) {
    const auto extractor = start(1);
    const Result<Document> document = extract(*extractor, "hoard");
    ASSERT_FALSE(document);
    if (kSanitized) {
        // The sanitizer's allocator ends the process itself, in its own way.
        EXPECT_THAT(document.error().error_class,
                    testing::AnyOf(ErrorClass::kTrap, ErrorClass::kInternalError));
    } else {
        EXPECT_EQ(document.error().error_class, ErrorClass::kMemoryLimit);
        EXPECT_THAT(document.error().detail, HasSubstr("512 MiB"));
    }
    expect_service(*extractor);
}

TEST(HelperExtractor, a_large_page_gets_through_and_its_answer_comes_back) {
    std::string page = "<article>";
    while (page.size() < (std::size_t{12} << 20)) page += "<p>A paragraph of some length.</p>";
    const auto extractor = start(1);
    const Result<Document> document = extract(*extractor, page);
    ASSERT_TRUE(document) << document.error().detail;
    EXPECT_GT(document->text.size(), std::size_t{1} << 20);
}

// A thread that is not the first has a heap of its own in glibc, which behaves differently.
TEST(HelperExtractor, may_be_made_by_any_thread) {
    std::thread([] {
        std::string page = "<article>";
        while (page.size() < (std::size_t{1} << 20)) page += "<p>A paragraph of <b>words</b>.</p>";
        const auto extractor = start(1);
        for (int i = 0; i < 3; ++i) ASSERT_TRUE(extract(*extractor, page));
    }).join();
}

TEST(HelperExtractor, takes_as_many_pages_at_once_as_there_are_helpers) {
    const auto extractor = start(2, 1);
    std::thread first([&] { extract(*extractor, "loop", 1500ms); });
    std::thread second([&] { extract(*extractor, "loop", 1500ms); });
    ASSERT_TRUE(eventually([&] { return extractor->stats().calls == 3; }));  // one was the proof

    const Deadline deadline = Deadline::after(50ms);
    const Result<Document> late = extract(*extractor, kPage, 50ms);
    ASSERT_FALSE(late);
    EXPECT_EQ(late.error().error_class, ErrorClass::kDeadlineExceeded);
    EXPECT_LT(Deadline::Clock::now(), deadline.time() + kSlack);

    std::thread third([&] { expect_service(*extractor); });
    ASSERT_TRUE(eventually([&] { return extractor->stats().waiting == 1; }));
    const Result<Document> refused = extract(*extractor, kPage);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().error_class, ErrorClass::kOverloaded);

    for (std::thread* thread : {&first, &second, &third}) thread->join();
    EXPECT_EQ(extractor->stats().expired, 1U);
    EXPECT_EQ(extractor->stats().overloaded, 1U);
}

TEST(HelperExtractor, a_request_has_no_longer_than_the_extraction_timeout) {
    HelperSettings settings;
    settings.helpers = 1;
    settings.extraction_timeout = 100ms;
    const auto extractor = HelperExtractor::create(settings, misbehave).value();
    Request request;
    request.bytes = "loop";
    const Result<Document> document = extractor->extract(request, Deadline::never());
    ASSERT_FALSE(document);
    EXPECT_EQ(document.error().error_class, ErrorClass::kTimeout);
}

TEST(HelperExtractor, each_page_has_a_process_of_its_own) {
    const auto extractor = start(1);
    const std::uint64_t before = extractor->stats().calls;
    for (int i = 0; i < 10; ++i) expect_service(*extractor);
    EXPECT_EQ(extractor->stats().calls, before + 10);
    EXPECT_GE(extractor->stats().starts, before + 10);
}

TEST(HelperExtractor, leaves_no_descriptor_and_no_process_behind_over_many_calls) {
    const std::size_t descriptors_before = open_descriptors();
    {
        const auto extractor = start(2);
        ASSERT_EQ(children_of(::getpid()).size(), 1U);
        const pid_t zygote = children_of(::getpid()).front();
        // One socket leads to the zygote, and one to each helper.
        const auto settled = [&] {
            return children_of(zygote).size() == 2 && open_descriptors() == descriptors_before + 3;
        };
        EXPECT_TRUE(eventually(settled));
        constexpr std::array kPages = {kPage,
                                       kPage,
                                       std::string_view("crash"),
                                       kPage,
                                       std::string_view("exit"),
                                       kPage,
                                       std::string_view("garbage"),
                                       kPage};
        for (int i = 0; i < 1000; ++i) {
            const std::string_view page = kPages[static_cast<std::size_t>(i) % kPages.size()];
            ASSERT_EQ(extract(*extractor, page).has_value(), page == kPage) << i;
        }
        EXPECT_TRUE(eventually(settled));
        EXPECT_EQ(children_of(::getpid()), std::vector<pid_t>{zygote});
        EXPECT_EQ(extractor->stats().zygote_starts, 1U);
    }
    EXPECT_THAT(children_of(::getpid()), testing::IsEmpty());
    EXPECT_EQ(open_descriptors(), descriptors_before);
}

TEST(HelperExtractor, an_idle_helper_that_is_killed_is_replaced) {
    const auto extractor = start(1);
    const pid_t zygote = children_of(::getpid()).front();
    const pid_t helper = idle_helper(*extractor, zygote);
    ASSERT_GT(helper, 0);
    ::kill(helper, SIGKILL);
    ASSERT_TRUE(eventually([&] { return deaths(*extractor, HelperDeath::kKilled) == 1; }));
    expect_service(*extractor);
}

TEST(HelperExtractor, a_zygote_that_is_killed_is_replaced) {
    const auto extractor = start(2);
    const pid_t zygote = children_of(::getpid()).front();
    ::kill(zygote, SIGKILL);
    ASSERT_TRUE(eventually([&] { return extractor->stats().zygote_starts == 2; }));
    expect_service(*extractor);
    EXPECT_EQ(children_of(::getpid()).size(), 1U);
    EXPECT_NE(children_of(::getpid()).front(), zygote);
}

TEST(HelperExtractor, goes_though_its_zygote_does_not_answer) {
    auto extractor = start(1);
    const pid_t zygote = children_of(::getpid()).front();
    ASSERT_GT(idle_helper(*extractor, zygote), 0);
    ::kill(zygote, SIGSTOP);
    const auto gone = std::async(std::launch::async, [&] { extractor.reset(); });
    if (gone.wait_for(60s) != std::future_status::ready) {
        ADD_FAILURE() << "it waits for its zygote";
        ::kill(zygote, SIGCONT);
    }
    gone.wait();
    EXPECT_THAT(children_of(::getpid()), testing::IsEmpty());
}

TEST(HelperExtractor, a_call_whose_helper_is_killed_says_so) {
    const auto extractor = start(1);
    const pid_t zygote = children_of(::getpid()).front();
    const pid_t helper = idle_helper(*extractor, zygote);
    ASSERT_GT(helper, 0);
    std::thread caller([&] {
        const Result<Document> document = extract(*extractor, "loop");
        ASSERT_FALSE(document);
        EXPECT_EQ(document.error().error_class, ErrorClass::kHost);
    });
    ASSERT_TRUE(eventually([&] { return extractor->stats().calls == 2; }));
    ::kill(helper, SIGKILL);
    caller.join();
}

/// One whose page loops, until they give up.
class Caller {
public:
    explicit Caller(const HelperExtractor& extractor)
        : answer_(std::async(std::launch::async, [this, &extractor] {
              const std::stop_token token = stop_.get_token();
              Request request;
              request.bytes = "loop";
              return extractor.extract(request, Deadline::never(), {&token, nullptr});
          })) {}
    ErrorClass give_up() {
        stop_.request_stop();
        return answer_.get().error().error_class;
    }

private:
    std::stop_source stop_;
    std::future<Result<Document>> answer_;
};

TEST(HelperExtractor, a_caller_may_give_up_and_the_helper_is_replaced) {
    const auto extractor = start(1);
    Caller caller(*extractor);
    ASSERT_TRUE(eventually([&] { return extractor->stats().calls == 2; }));
    EXPECT_EQ(caller.give_up(), ErrorClass::kCancelled);
    EXPECT_EQ(deaths(*extractor, HelperDeath::kDeadline), 1U);
    expect_service(*extractor);
}

TEST(HelperExtractor, a_caller_who_waits_for_a_helper_may_give_up) {
    const auto extractor = start(1);
    Caller first(*extractor);
    ASSERT_TRUE(eventually([&] { return extractor->stats().calls == 2; }));
    Caller second(*extractor);
    ASSERT_TRUE(eventually([&] { return extractor->stats().waiting == 1; }));
    EXPECT_EQ(second.give_up(), ErrorClass::kCancelled);
    EXPECT_EQ(extractor->stats().waiting, 0U);
    EXPECT_EQ(extractor->stats().calls, 2U);
    EXPECT_EQ(extractor->stats().expired, 0U);
    EXPECT_EQ(first.give_up(), ErrorClass::kCancelled);
}

TEST(HelperExtractor, signals_that_ask_a_service_to_end_do_not_end_its_helpers) {
    const auto extractor = start(1);
    const pid_t zygote = children_of(::getpid()).front();
    EXPECT_NE(::getsid(zygote), ::getsid(0));
    const pid_t helper = idle_helper(*extractor, zygote);
    ASSERT_GT(helper, 0);
    for (const int number : {SIGINT, SIGTERM, SIGHUP, SIGQUIT}) {
        ::kill(zygote, number);
        ::kill(helper, number);
    }
    expect_service(*extractor);
    EXPECT_EQ(extractor->stats().zygote_starts, 1U);
    EXPECT_EQ(deaths(*extractor, HelperDeath::kKilled), 0U);
}

TEST(HelperExtractor, its_processes_end_when_the_program_is_killed) {
    struct Processes {
        pid_t zygote;
        std::array<pid_t, 2> helpers;
    };
    auto sockets = sys::make_socket_pair(SOCK_STREAM);
    ASSERT_TRUE(sockets);
    const pid_t program = ::fork();
    if (program == 0) {
        const auto extractor = start(2);
        Processes processes{children_of(::getpid()).front(), {}};
        std::ranges::copy(idle_helpers(*extractor, processes.zygote, 2), processes.helpers.begin());
        static_cast<void>(!::write(sockets->far.get(), &processes, sizeof processes));
        std::thread other([&] { extract(*extractor, "loop"); });
        extract(*extractor, "loop");
        ::_exit(1);
    }
    sockets->far.close();  // so that a program that ends early is seen
    Processes processes{};
    ASSERT_EQ(::read(sockets->near.get(), &processes, sizeof processes), sizeof processes);
    std::vector<int> ends = {open_process(processes.zygote)};
    for (const pid_t helper : processes.helpers) ends.push_back(open_process(helper));
    EXPECT_THAT(ends, testing::Each(testing::Ge(0)));
    ::kill(program, SIGKILL);
    for (const int end : ends) await_end(end);
    EXPECT_EQ(::waitpid(program, nullptr, 0), program);
}

TEST(HelperExtractor, helpers_of_a_program_have_nothing_of_this_process) {
    const std::vector<char> large(std::size_t{64} << 20, 'x');
    [[maybe_unused]] const char* const volatile keeps_it_from_being_optimised_away = large.data();
    HelperSettings settings;
    settings.helpers = 1;
    settings.program = RIPTIDE_HELPER_PROGRAM;
    const auto extractor = HelperExtractor::create(settings).value();
    for (int i = 0; i < 3; ++i) expect_service(*extractor);
    const std::size_t own = resident_bytes(::getpid());
    EXPECT_GT(own, large.size());
    EXPECT_LT(resident_bytes(children_of(::getpid()).front()), own - large.size() / 2);
}

TEST(HelperExtractor, a_program_that_is_no_zygote_is_refused) {
    HelperSettings settings;
    settings.program = "/nowhere/program";
    const auto missing = HelperExtractor::create(settings);
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().error_class, ErrorClass::kEngineStart);
    EXPECT_THAT(missing.error().detail, HasSubstr("/nowhere/program"));
    settings.program = "/bin/true";
    EXPECT_FALSE(HelperExtractor::create(settings));
    EXPECT_THAT(children_of(::getpid()), testing::IsEmpty());
}

TEST(HelperExtractor, refuses_a_number_of_helpers_that_it_cannot_have) {
    for (const std::uint32_t helpers : {0U, kMaxHelpers + 1}) {
        HelperSettings settings;
        settings.helpers = helpers;
        const auto extractor = HelperExtractor::create(settings);
        ASSERT_FALSE(extractor);
        EXPECT_EQ(extractor.error().error_class, ErrorClass::kEngineStart);
        EXPECT_THAT(extractor.error().detail, HasSubstr("1 to 64"));
    }
}

TEST(HelperDeath, is_told_by_the_wait_status) {
    const auto killed_by = [](int number) { return cause_of_death(number); };
    const auto exited_with = [](int code) { return cause_of_death(code << 8); };
    EXPECT_EQ(killed_by(SIGXCPU), HelperDeath::kCpuTime);
    EXPECT_EQ(killed_by(SIGSYS), HelperDeath::kForbiddenCall);
    EXPECT_EQ(killed_by(SIGKILL), HelperDeath::kKilled);
    EXPECT_EQ(killed_by(SIGSEGV), HelperDeath::kCrash);
    EXPECT_EQ(exited_with(0), HelperDeath::kMisbehaved);
    EXPECT_EQ(exited_with(1), HelperDeath::kMisbehaved);
}

TEST(RestartDelay, doubles_up_to_a_bound) {
    EXPECT_EQ(restart_delay(0), 0ms);
    EXPECT_EQ(restart_delay(1), 10ms);
    EXPECT_EQ(restart_delay(2), 20ms);
    EXPECT_EQ(restart_delay(5), 160ms);
    EXPECT_EQ(restart_delay(10), 5s);
    EXPECT_EQ(restart_delay(4'000'000'000), 5s);
}

}  // namespace
}  // namespace riptide
