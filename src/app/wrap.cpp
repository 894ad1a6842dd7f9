#include "app/wrap.h"

#include <algorithm>

namespace riptide::app {
namespace {

constexpr std::size_t kColumns = 80;

}  // namespace

void append_wrapped(std::string_view text, std::size_t indent, std::size_t column,
                    std::string& out) {
    bool at_start = true;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(' '), text.size());
        if (!at_start && column + 1 + end > kColumns) {
            out.append("\n").append(indent, ' ');
            column = indent;
            at_start = true;
        }
        if (!at_start) out += ' ';
        out.append(text.substr(0, end));
        column += end + (at_start ? 0 : 1);
        at_start = false;
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    out += '\n';
}

}  // namespace riptide::app
