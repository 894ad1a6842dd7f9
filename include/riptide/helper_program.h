/// For programs that are their own helper processes (`ExtractorConfig::helper_program`).
#pragma once

namespace riptide {

/// For the first line of a program's `main`: when the program was started as the parent of helper
/// processes, is that, and does not return. So helpers see nothing of what the program has in
/// memory, and cost little however large it is.
void serve_as_zygote_if_asked(int argc, const char* const* argv);

}  // namespace riptide
