#include "sys/file.h"

#include <gtest/gtest.h>

#include <cerrno>
#include <limits>

namespace riptide::sys {
namespace {

TEST(FileDescriptor, that_goes_does_not_hide_why_something_failed) {
    errno = ENOSPC;
    // Closing it fails: there is no such descriptor.
    {
        const FileDescriptor none(std::numeric_limits<int>::max());
    }
    EXPECT_EQ(errno, ENOSPC);
}

}  // namespace
}  // namespace riptide::sys
