#include "app/document_writer.h"

#include "base/utf8.h"
#include "config/printable.h"
#include "io/document_json.h"

#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

namespace riptide::app {
namespace {

std::string json_of(const std::string& input, const Result<Document>& result) {
    // An error may name what the user wrote, which need not be UTF-8.
    const boost::json::object fields =
        result ? io::to_json(*result)
               : io::to_json(
                     Error{result.error().error_class, config::printable(result.error().detail)});
    boost::json::object object;
    object.reserve(fields.size() + 1);
    object["input"] = valid_utf8(input);  // a path is bytes, JSON is UTF-8
    for (const auto& field : fields) object.insert(field);
    return boost::json::serialize(object);
}

/// Several TEI documents are one corpus, which has a header of its own.
constexpr std::string_view kCorpusStart =
    "<teiCorpus xmlns=\"http://www.tei-c.org/ns/1.0\">\n<teiHeader>\n<fileDesc>\n<titleStmt>\n"
    "<title>Extracted pages</title>\n</titleStmt>\n<publicationStmt>\n<p/>\n</publicationStmt>\n"
    "<sourceDesc>\n<p/>\n</sourceDesc>\n</fileDesc>\n</teiHeader>\n";
constexpr std::string_view kCorpusEnd = "</teiCorpus>\n";

/// Inside a comment of HTML, Markdown or XML, which a name must not be able to end.
std::string in_comment(std::string_view input) {
    std::string out;
    for (const char c : config::printable(input)) {
        if (c == '>' || (c == '-' && out.ends_with('-'))) {
            out += c == '>' ? "%3E" : "%2D";
        } else {
            out += c;
        }
    }
    return out;
}

std::string header(Format format, const std::string& input) {
    if (format == Format::kText) return "==> " + config::printable(input) + " <==\n\n";
    return "<!-- " + in_comment(input) + " -->\n\n";
}

const std::string& body(Format format, const Document& document) {
    switch (format) {
        case Format::kText:
            return document.text;
        case Format::kHtml:
            return document.html;
        case Format::kTei:
            return document.tei;
        default:
            return document.markdown;
    }
}

}  // namespace

DocumentWriter::DocumentWriter(Output& output, Format format, InputCount count)
    : output_(output), format_(format), count_(count) {}

Result<void> DocumentWriter::write(std::string_view data) {
    has_written_ = true;
    return output_.write(output_.is_terminal() ? config::without_controls(data) : data);
}

Result<void> DocumentWriter::add(const std::string& input, const Result<Document>& result) {
    if (format_ == Format::kJson || format_ == Format::kJsonl) return add_json(input, result);
    if (!result || result->status == Status::kEmpty) return {};
    return add_text(input, *result);
}

Result<void> DocumentWriter::add_json(const std::string& input, const Result<Document>& result) {
    if (format_ == Format::kJsonl) return write(json_of(input, result) + "\n");
    if (count_ == InputCount::kSeveral) {
        return write((has_written_ ? ",\n" : "[\n") + json_of(input, result));
    }
    return result ? write(json_of(input, result) + "\n") : Result<void>();
}

Result<void> DocumentWriter::add_text(const std::string& input, const Document& document) {
    std::string data;
    if (has_written_) {
        data += '\n';
    } else if (format_ == Format::kTei && count_ == InputCount::kSeveral) {
        data += kCorpusStart;
    }
    if (count_ == InputCount::kSeveral) data += header(format_, input);
    data += body(format_, document);
    if (!data.ends_with('\n')) data += '\n';
    return write(std::move(data));
}

Result<void> DocumentWriter::finish() {
    if (count_ == InputCount::kOne || !has_written_) return {};
    if (format_ == Format::kTei) return write(kCorpusEnd);
    return format_ == Format::kJson ? write("\n]\n") : Result<void>();
}

}  // namespace riptide::app
