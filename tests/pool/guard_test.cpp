#include "pool/guard.h"

#include <gtest/gtest.h>

namespace riptide {
namespace {

class CountingFallback final : public StoppableExtractor {
public:
    using StoppableExtractor::extract;
    [[nodiscard]] Result<Document> extract(const Request& /*request*/, Deadline /*deadline*/,
                                           const sys::StopTokens& /*stop*/) const override {
        ++calls;
        return Document{};
    }
    mutable int calls = 0;
};

TEST(Guard, does_not_fall_back_for_a_caller_that_gave_up) {
    const CountingFallback fallback;
    Recorder recorder(Recorder::Times::kIgnored);
    Guard guard(ExtractorConfig{}, {nullptr, &fallback, recorder}, {});
    Admission gate({1, 1});
    std::stop_source stop;
    const std::stop_token token = stop.get_token();
    const auto extract = [&](const sys::StopTokens& who) {
        return guard.extract(Request{}, Deadline::never(), who,
                             gate.acquire(Deadline::never(), {}).value());
    };
    EXPECT_TRUE(extract({&token, &token}));
    EXPECT_EQ(fallback.calls, 1);
    stop.request_stop();
    EXPECT_EQ(extract({&token, nullptr}).error().error_class, ErrorClass::kCancelled);
    EXPECT_EQ(extract({nullptr, &token}).error().error_class, ErrorClass::kCancelled);
    EXPECT_EQ(fallback.calls, 1);
}

}  // namespace
}  // namespace riptide
