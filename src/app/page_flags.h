/// Flags that several commands have, declared once.
#pragma once

#include <string>

#include "app/command_table.h"

namespace riptide::app {

Flag output_flag(std::string help);
/// `output_flag` of what is written whole or not at all.
Flag whole_file_flag();
Flag selector_flag();
/// Of commands that read single pages.
Flag mode_flag();
Flag url_flag();
Flag encoding_flag();
Flag engine_flag();

}  // namespace riptide::app
