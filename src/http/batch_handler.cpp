#include "http/batch_handler.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <deque>
#include <limits>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>

#include "http/negotiation.h"
#include "http/page_json.h"
#include "http/query.h"
#include "io/document_fields.h"
#include "io/document_json.h"

#include <boost/json/serialize.hpp>

namespace riptide::http {
namespace {

constexpr std::array<std::string_view, 2> kLineTypes = {"application/x-ndjson",
                                                        "application/jsonl"};
constexpr std::string_view kNdjson = "application/x-ndjson";
/// More is not worked on ahead of a client that does not take it.
constexpr std::size_t kMostUnsent = std::size_t{1} << 20;

/// One line of the answer, made by a thread of the pool or at once.
struct Line {
    Line(Service& the_service, std::shared_ptr<Channel> the_channel)
        : service(the_service),
          channel(std::move(the_channel)),
          memory(the_service.page_memory()) {}

    void done(const Result<Document>& result) {
        if (result) {
            service.counters().batch_line(result->status == Status::kEmpty ? io::BatchLine::kEmpty
                                                                           : io::BatchLine::kOk);
            begin();
            io::append_fields(*result, io::DocumentFields::usual(), text);
            end();
        } else {
            service.note_error(result.error(), request_id);
            fail(result.error());
        }
    }
    void fail(const Error& error) {
        service.counters().batch_line(io::BatchLine::kError);
        const std::string object = boost::json::serialize(io::to_json(error));
        begin();
        text.append(object, 1, object.size() - 2);
        end();
    }
    void begin() { text.append("{\"id\":").append(id).append(","); }
    void end() {
        text += "}\n";
        is_done.store(true, std::memory_order_release);
        channel->wake();
    }

    Service& service;
    const std::shared_ptr<Channel> channel;
    std::string id;  ///< As JSON.
    PageMemory::Share memory;
    std::string request_id;
    std::string text;
    std::atomic<bool> is_done{false};
};

ErrorClass class_of(const Refusal& refusal) {
    if (refusal.status == 413) return ErrorClass::kTooLarge;
    return refusal.status == 503 ? ErrorClass::kOverloaded : ErrorClass::kUsage;
}

class BatchHandler final : public Handler {
public:
    BatchHandler(const RequestContext& context, Service& service, std::shared_ptr<Channel> channel)
        : context_(context), service_(service), channel_(std::move(channel)) {}

    [[nodiscard]] bool wants_body() const override { return pending_.empty(); }
    /// Of all lines together; a single one is bounded as a page is.
    [[nodiscard]] std::uint64_t body_limit() const override {
        return std::numeric_limits<std::uint64_t>::max();
    }
    [[nodiscard]] bool is_streaming() const override { return true; }

    Checked<void> on_body(std::string_view piece) override {
        start_answer();
        pending_.append(piece);
        work();
        return {};
    }
    void on_body_end() override {
        start_answer();
        is_complete_ = true;
        work();
    }
    void progress() override { work(); }
    void cancel() override { stop_.request_stop(); }

private:
    void start_answer() {
        if (std::exchange(is_started_, true)) return;
        Response head;
        head.content_type = kNdjson;
        channel_->start(std::move(head));
    }

    void work() {
        send_what_is_done();
        read_lines();
        const bool is_over = is_complete_ && pending_.empty() && line_size_ == 0 && lines_.empty();
        if (is_over && !std::exchange(is_finished_, true)) channel_->finish();
    }

    void send_what_is_done() {
        while (!lines_.empty() && lines_.front()->is_done.load(std::memory_order_acquire)) {
            channel_->send(lines_.front()->text);
            lines_.pop_front();
        }
    }

    [[nodiscard]] bool has_room() const {
        return lines_.size() < context_.settings->service.batch_in_flight &&
               channel_->unsent() < kMostUnsent;
    }

    void read_lines() {
        std::string_view rest = pending_;
        while (!rest.empty() && has_room()) {
            const std::size_t end = rest.find('\n');
            add(rest.substr(0, end));
            if (end == std::string_view::npos) {
                rest = {};
                break;
            }
            rest.remove_prefix(end + 1);
            end_line();
        }
        pending_.erase(0, pending_.size() - rest.size());
        if (is_complete_ && pending_.empty() && line_size_ > 0 && has_room()) end_line();
    }

    void add(std::string_view piece) {
        if (piece.empty()) return;
        PageJson& page = page_ ? *page_ : page_.emplace(PageId::kAllowed);
        if (!reading_) reading_ = std::make_shared<Line>(service_, channel_);
        line_size_ += piece.size();
        if (!refusal_ && line_size_ > context_.settings->extractor.body_limit.count) {
            drop(page, {413, "the line is longer than the limit of a page"});
        }
        if (!refusal_ && !reading_->memory.grow_to(line_size_)) {
            drop(page, {503, "too many large pages are being worked on"});
        }
        if (Checked<void> added = page.add(piece); !added && !refusal_) {
            refusal_ = std::move(added.error());
        }
    }

    /// Of a line whose id may still come.
    void drop(PageJson& page, Refusal why) {
        page.drop_page();
        refusal_ = std::move(why);
    }

    /// The line is complete: it goes into the pool, or its error into the answer.
    void end_line() {
        line_size_ = 0;
        std::optional<PageJson> page = std::exchange(page_, std::nullopt);
        if (!page) page.emplace(PageId::kAllowed);
        std::optional<Refusal> refusal = std::exchange(refusal_, std::nullopt);
        Checked<OwnedRequest> request =
            refusal ? tl::unexpected(std::move(*refusal)) : page->finish();
        std::shared_ptr<Line> line = std::exchange(reading_, nullptr);
        if (!line) line = std::make_shared<Line>(service_, channel_);
        line->id = page->id();
        line->request_id = context_.request_id;
        lines_.push_back(line);
        if (!request) {
            line->fail({class_of(request.error()), std::move(request.error().detail)});
        } else {
            const Deadline deadline =
                Deadline::after(context_.settings->extractor.extraction_timeout);
            service_.pool().extract_async(
                std::move(*request), deadline, stop_.get_token(),
                [line](const Result<Document>& result) { line->done(result); });
        }
    }

    const RequestContext& context_;
    Service& service_;
    const std::shared_ptr<Channel> channel_;
    std::string pending_;            // came, and waits for room
    std::shared_ptr<Line> reading_;  // the line whose page is being read
    std::optional<PageJson> page_;   // the line that is being read
    std::uint64_t line_size_ = 0;
    std::optional<Refusal> refusal_;           // of that line
    std::deque<std::shared_ptr<Line>> lines_;  // in the order of the answer
    std::stop_source stop_;
    bool is_started_ = false;
    bool is_complete_ = false;
    bool is_finished_ = false;
};

}  // namespace

Checked<std::unique_ptr<Handler>> make_batch_handler(const RequestContext& context,
                                                     Service& service,
                                                     std::shared_ptr<Channel> channel) {
    const RequestHead& head = context.head;
    const std::string type = media_type(head.value("Content-Type"));
    if (std::ranges::find(kLineTypes, type) == kLineTypes.end()) {
        return refuse(415, "a batch is application/x-ndjson: a JSON object a line");
    }
    if (!choose_media_type(head.value("Accept"), kLineTypes)) {
        return refuse(406, "the answer to a batch is application/x-ndjson");
    }
    if (!head.query.empty()) {
        return refuse(422, "a batch takes no query: mode, url and selectors are members");
    }
    return std::make_unique<BatchHandler>(context, service, std::move(channel));
}

}  // namespace riptide::http
