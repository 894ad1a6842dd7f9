/// The files that a batch writes, and that none of them is one that it reads.
#pragma once

#include <riptide/error.h>

#include <vector>

#include "app/batch_plan.h"
#include "sys/file_identity.h"

namespace riptide::app {

/// The output, or standard output, the output's checkpoint, and the statistics. Pipes and devices
/// are no files.
std::vector<sys::FileIdentity> written_files(const BatchPlan& plan);

/// Writing to an input would destroy what is still to be read, and of two files at one place only
/// one survives. Error: `kUsage`, which names the file and the flag.
Result<void> check_files(const BatchPlan& plan);

}  // namespace riptide::app
