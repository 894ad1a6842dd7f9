// The C library's WASI imports, defined here so that the component imports nothing: no arguments,
// environment, files or clock, and an exit that traps.
#include <stdint.h>

#define WASI(name, ...) int32_t __imported_wasi_snapshot_preview1_##name(__VA_ARGS__)
#define EBADF_WASI 8

WASI(args_get, int32_t argv, int32_t buffer) {
    (void)argv, (void)buffer;
    return 0;
}
WASI(args_sizes_get, int32_t* count, int32_t* size) {
    *count = *size = 0;
    return 0;
}
WASI(environ_get, int32_t environment, int32_t buffer) {
    (void)environment, (void)buffer;
    return 0;
}
WASI(environ_sizes_get, int32_t* count, int32_t* size) {
    *count = *size = 0;
    return 0;
}
WASI(clock_time_get, int32_t id, int64_t precision, int64_t* time) {
    (void)id, (void)precision;
    *time = 0;
    return 0;
}
WASI(fd_close, int32_t fd) {
    (void)fd;
    return EBADF_WASI;
}
WASI(fd_fdstat_get, int32_t fd, int32_t stat) {
    (void)fd, (void)stat;
    return EBADF_WASI;
}
WASI(fd_prestat_get, int32_t fd, int32_t stat) {
    (void)fd, (void)stat;
    return EBADF_WASI;
}
WASI(fd_prestat_dir_name, int32_t fd, int32_t path, int32_t size) {
    (void)fd, (void)path, (void)size;
    return EBADF_WASI;
}
WASI(fd_read, int32_t fd, int32_t vectors, int32_t count, int32_t read) {
    (void)fd, (void)vectors, (void)count, (void)read;
    return EBADF_WASI;
}
WASI(fd_seek, int32_t fd, int64_t offset, int32_t whence, int32_t position) {
    (void)fd, (void)offset, (void)whence, (void)position;
    return EBADF_WASI;
}
WASI(fd_write, int32_t fd, int32_t vectors, int32_t count, int32_t written) {
    (void)fd, (void)vectors, (void)count, (void)written;
    return EBADF_WASI;
}
_Noreturn void __imported_wasi_snapshot_preview1_proc_exit(int32_t code) {
    (void)code;
    __builtin_trap();
}
int close(int fd) {
    (void)fd;
    return -1;
}
