#include "app/shells.h"

#include "app/shell_scripts.h"

namespace riptide::app {

std::string completions(Shell shell) {
    switch (shell) {
        case Shell::kBash:
            return bash_completions();
        case Shell::kZsh:
            return zsh_completions();
        case Shell::kFish:
            return fish_completions();
    }
    return {};
}

}  // namespace riptide::app
