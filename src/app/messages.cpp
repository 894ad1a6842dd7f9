#include "app/messages.h"

#include <unistd.h>

#include "config/printable.h"

namespace riptide::app {

void say(std::string_view message) {
    const std::string line = "riptide: " + config::printable(message) + "\n";
    std::string_view rest = line;
    while (!rest.empty()) {
        const ssize_t written = write(STDERR_FILENO, rest.data(), rest.size());
        if (written <= 0) return;
        rest.remove_prefix(static_cast<std::size_t>(written));
    }
}

std::string shown(std::string_view input) {
    return input == "-" ? "stdin" : config::printable_excerpt(input);
}

}  // namespace riptide::app
