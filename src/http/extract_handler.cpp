#include "http/extract_handler.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>

#include "base/names.h"
#include "http/document_answer.h"
#include "http/negotiation.h"
#include "http/page_json.h"
#include "http/problem.h"
#include "http/query.h"
#include "http/server_timing.h"
#include "io/web_address.h"

namespace riptide::http {
namespace {

constexpr std::array<std::string_view, 5> kRawTypes = {"", "text/html", "application/xhtml+xml",
                                                       "text/plain", "application/octet-stream"};
/// What is set aside for a body at once, however long it says it is.
constexpr std::size_t kMostReserved = std::size_t{1} << 20;

/// What the call brings back from the pool's thread.
struct Call {
    Call(Service& the_service, std::shared_ptr<Channel> the_channel)
        : service(the_service),
          channel(std::move(the_channel)),
          memory(the_service.page_memory()) {}

    void done(const Result<Document>& result) {
        const auto start = std::chrono::steady_clock::now();
        if (result) {
            response = answer(*result, representation);
            compress(response, gzip);
            const auto render = std::chrono::steady_clock::now() - start;
            response.fields.emplace_back("Server-Timing", server_timing(timings, render));
        } else {
            service.note_error(result.error(), request_id);
            if (result.error().error_class == ErrorClass::kOverloaded) {
                service.counters().refused(io::HttpRefusal::kOverloaded);
            }
            response = problem(result.error(), request_id);
        }
        is_done.store(true, std::memory_order_release);
        channel->wake();
    }

    Service& service;
    const std::shared_ptr<Channel> channel;
    PageMemory::Share memory;
    std::string request_id;
    Representation representation = Representation::kJson;
    GzipUse gzip = GzipUse::kRefused;
    Timings timings;
    Response response;
    std::atomic<bool> is_done{false};
};

class ExtractHandler final : public Handler {
public:
    ExtractHandler(const RequestContext& context, std::shared_ptr<Call> call)
        : limit_(context.settings->extractor.body_limit.count),
          deadline_(
              Deadline::at(context.first_byte + context.settings->extractor.extraction_timeout)),
          call_(std::move(call)) {}

    /// Either of the two; a JSON page brings its own mode.
    void read_json(std::string_view accept) {
        json_.emplace(PageId::kUnknown);
        accept_ = accept;
    }
    void read_raw(OwnedRequest request, std::uint64_t length) {
        request_ = std::move(request);
        request_.bytes.reserve(std::min<std::uint64_t>(length, kMostReserved));
    }

    [[nodiscard]] bool wants_body() const override { return true; }
    [[nodiscard]] std::uint64_t body_limit() const override { return limit_; }
    [[nodiscard]] bool is_streaming() const override { return false; }

    Checked<void> on_body(std::string_view piece) override {
        size_ += piece.size();
        if (!call_->memory.grow_to(size_)) {
            call_->service.counters().refused(io::HttpRefusal::kOverloaded);
            return refuse(503, "too many large pages are being worked on");
        }
        if (json_) return json_->add(piece);
        request_.bytes.append(piece);
        return {};
    }

    void on_body_end() override {
        if (Checked<void> checked = finish_request(); !checked) {
            call_->channel->respond(problem(checked.error(), call_->request_id));
            return;
        }
        request_.options.outputs = outputs_for(call_->representation);
        request_.timings = &call_->timings;
        call_->service.pool().extract_async(
            std::move(request_), deadline_, stop_.get_token(),
            [call = call_](const Result<Document>& result) { call->done(result); });
    }

    void progress() override {
        if (!call_->is_done.load(std::memory_order_acquire) || is_answered_) return;
        is_answered_ = true;
        call_->channel->respond(std::move(call_->response));
    }

    void cancel() override { stop_.request_stop(); }

private:
    Checked<void> finish_request() {
        if (!json_) return {};
        Checked<OwnedRequest> request = json_->finish();
        if (!request) return tl::unexpected(std::move(request.error()));
        request_ = std::move(*request);
        const Checked<Representation> chosen =
            choose_representation(accept_, request_.options.mode);
        if (!chosen) return tl::unexpected(chosen.error());
        call_->representation = *chosen;
        return {};
    }

    const std::uint64_t limit_;
    const Deadline deadline_;
    const std::shared_ptr<Call> call_;
    std::optional<PageJson> json_;  // of a JSON page, while it is read
    std::string accept_;
    OwnedRequest request_;
    std::uint64_t size_ = 0;
    std::stop_source stop_;
    bool is_answered_ = false;
};

/// What the query asks of a raw page.
Checked<ExtractOptions> read_query(std::string_view query) {
    Checked<Parameters> parameters = parse_query(query);
    if (!parameters) return tl::unexpected(std::move(parameters.error()));
    ExtractOptions options;
    std::optional<ExtractionMode> mode;
    bool has_url = false;
    for (auto& [name, value] : *parameters) {
        if (name == "selector") {
            options.selectors.push_back(std::move(value));
        } else if (name == "url" && !std::exchange(has_url, true)) {
            if (!io::is_web_address(value)) return refuse(422, unknown_url(value));
            options.url = std::move(value);
        } else if (name == "mode" && !mode) {
            mode = mode_named(value);
            if (!mode) return refuse(422, unknown_mode(value));
        } else if (name == "url" || name == "mode") {
            return refuse(422, "\"" + name + "\" is given more than once");
        } else {
            return refuse(422,
                          "\"" + name + "\" is not a parameter; those are mode, url and selector");
        }
    }
    if (Checked<void> settled = settle_mode(mode, options); !settled) {
        return tl::unexpected(std::move(settled.error()));
    }
    return options;
}

}  // namespace

Checked<std::unique_ptr<Handler>> make_extract_handler(const RequestContext& context,
                                                       Service& service,
                                                       std::shared_ptr<Channel> channel) {
    const RequestHead& head = context.head;
    const std::string_view accept = head.value("Accept");
    const std::string_view content_type = head.value("Content-Type");
    const std::string type = media_type(content_type);
    auto call = std::make_shared<Call>(service, std::move(channel));
    call->request_id = context.request_id;
    if (accepts_gzip(head.value("Accept-Encoding"))) call->gzip = GzipUse::kAccepted;
    auto handler = std::make_unique<ExtractHandler>(context, call);
    if (type == kApplicationJson) {
        if (!head.query.empty()) {
            return refuse(422,
                          "a JSON request takes no query: mode, url and selectors are members");
        }
        handler->read_json(accept);
        return handler;
    }
    const bool is_raw = std::ranges::find(kRawTypes, type) != kRawTypes.end() &&
                        (!type.empty() || content_type.empty());
    if (!is_raw) {
        return refuse(415,
                      "a page is application/json, text/html, application/xhtml+xml, "
                      "text/plain or application/octet-stream");
    }
    Checked<ExtractOptions> options = read_query(head.query);
    if (!options) return tl::unexpected(std::move(options.error()));
    const Checked<Representation> chosen = choose_representation(accept, options->mode);
    if (!chosen) return tl::unexpected(chosen.error());
    call->representation = *chosen;
    handler->read_raw({{}, std::string(content_type), {}, std::move(*options), nullptr},
                      head.content_length.value_or(0));
    return handler;
}

}  // namespace riptide::http
