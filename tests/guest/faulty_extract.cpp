// A guest that does as its page says. The page is `COMMAND ARGUMENT`, where COMMAND is
//   echo             returns the page as text
//   trap, loop, bomb, recurse   brings the guest down, after leaving ARGUMENT all over its memory
//   error            returns a typed error
//   empty            returns a document without content
//   search           counts in all of linear memory where ARGUMENT is, written backwards in the
//   page
// Anything else (the canary page, for one) is stripped of its tags. Every document's site name is
// the number of calls that this instance has served.
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>

#include "guest/extract.h"

namespace riptide::guest {
namespace {

int calls = 0;

/// The argument again and again, in another megabyte.
void litter(std::string_view argument) {
    constexpr std::size_t kBytes = std::size_t{1} << 20;
    char* memory = static_cast<char*>(operator new(kBytes));
    std::size_t filled = argument.size();
    std::memcpy(memory, argument.data(), filled);
    while (2 * filled <= kBytes) {
        std::memcpy(memory + filled, memory, filled);
        filled *= 2;
    }
}

int recurse(int depth) {
    volatile char frame[1024];
    frame[depth % 1024] = static_cast<char>(depth);
    if (depth < 0) return 0;  // never
    return recurse(depth + 1) + frame[(depth + 1) % 1024];
}

/// Without ever having the needle itself in memory.
std::size_t count_backwards(std::string_view reversed) {
    const auto* memory = reinterpret_cast<const volatile char*>(std::uintptr_t{0});
    const std::size_t size = __builtin_wasm_memory_size(0) * std::size_t{65536};
    std::size_t found = 0;
    for (std::size_t at = 1; at + reversed.size() <= size; ++at) {
        std::size_t same = 0;
        while (same < reversed.size() &&
               memory[at + same] == reversed[reversed.size() - 1 - same]) {
            ++same;
        }
        if (same == reversed.size()) ++found;
    }
    return found;
}

std::string strip_tags(std::string_view html) {
    std::string text;
    bool inside = false;
    for (const char c : html) {
        if (c == '<') inside = true;
        if (!inside) text += c;
        if (c == '>') inside = false;
    }
    return text;
}

}  // namespace

Result<Document> extract(std::string_view html, const ExtractOptions&) {
    Document document;
    document.site_name = std::to_string(++calls);
    document.word_count = 1;
    const std::size_t space = html.find(' ');
    const std::string_view command = html.substr(0, space);
    const std::string_view argument =
        space == std::string_view::npos ? std::string_view() : html.substr(space + 1);
    if (command == "echo") {
        litter(argument);
        document.text = argument;
    } else if (command == "trap") {
        litter(argument);
        __builtin_trap();
    } else if (command == "loop") {
        litter(argument);
        for (volatile int i = 0;; i = i + 1) {
        }
    } else if (command == "bomb") {
        for (;;) litter(argument);
    } else if (command == "recurse") {
        litter(argument);
        document.word_count = static_cast<std::uint32_t>(recurse(0));
    } else if (command == "error") {
        litter(argument);
        return fail(ErrorClass::kInvalidHtml, "as the page wished");
    } else if (command == "empty") {
        document.status = Status::kEmpty;
        document.word_count = 0;
    } else if (command == "search") {
        document.text = std::to_string(count_backwards(argument));
    } else {
        document.text = strip_tags(html);
    }
    return document;
}

}  // namespace riptide::guest
