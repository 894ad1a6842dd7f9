// The guest's heap: a bump allocator. A store serves one call and is then destroyed, so nothing is
// worth giving back but the block allocated last, whose growth in place is what strings and vectors
// do all the time.
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <initializer_list>
#include <new>

extern "C" unsigned char __heap_base;  // NOLINT(bugprone-reserved-identifier): the linker's name

namespace {

constexpr std::size_t kPage = 65536;
constexpr std::size_t kAlign = 16;
/// A growth asks for at least this much, because each is a system call on the host.
constexpr std::size_t kMinGrowthPages = 256;

/// Precedes each block.
struct alignas(kAlign) Header {
    std::size_t size;
};

std::uintptr_t heap_top = 0;  ///< First free byte.
std::uintptr_t heap_end = 0;  ///< End of linear memory.

constexpr std::size_t round_up(std::size_t n) { return (n + kAlign - 1) & ~(kAlign - 1); }

Header& header_of(void* block) { return static_cast<Header*>(block)[-1]; }

bool is_last(void* block) {
    return reinterpret_cast<std::uintptr_t>(block) + header_of(block).size == heap_top;
}

bool grow_to(std::uintptr_t needed_end) {
    const std::size_t needed = (needed_end - heap_end + kPage - 1) / kPage;
    const std::size_t wanted = needed < kMinGrowthPages ? kMinGrowthPages : needed;
    for (const std::size_t pages : {wanted, needed}) {
        if (__builtin_wasm_memory_grow(0, pages) != SIZE_MAX) {
            heap_end += pages * kPage;
            return true;
        }
    }
    return false;
}

void* allocate(std::size_t size) {
    if (heap_top == 0) {
        heap_top = round_up(reinterpret_cast<std::uintptr_t>(&__heap_base));
        heap_end = __builtin_wasm_memory_size(0) * kPage;
    }
    if (size > PTRDIFF_MAX) return nullptr;
    const std::size_t rounded = round_up(size);
    const std::uintptr_t block = heap_top + sizeof(Header);
    const std::uintptr_t end = block + rounded;
    if (end < heap_top) return nullptr;
    if (end > heap_end && !grow_to(end)) return nullptr;
    heap_top = end;
    auto* memory = reinterpret_cast<void*>(block);
    header_of(memory).size = rounded;
    return memory;
}

}  // namespace

extern "C" {

void* malloc(std::size_t size) { return allocate(size); }

void free(void* block) {
    if (block == nullptr || !is_last(block)) return;
    heap_top = reinterpret_cast<std::uintptr_t>(block) - sizeof(Header);
}

void* calloc(std::size_t count, std::size_t size) {
    std::size_t total = 0;
    if (__builtin_mul_overflow(count, size, &total)) return nullptr;
    void* block = allocate(total);
    // A block given back may have been used, so fresh memory cannot be told from it.
    if (block != nullptr) std::memset(block, 0, total);
    return block;
}

void* realloc(void* block, std::size_t size) {
    if (block == nullptr) return allocate(size);
    const std::size_t old_size = header_of(block).size;
    if (is_last(block)) {
        free(block);
        if (void* same = allocate(size); same != nullptr) return same;
        heap_top = reinterpret_cast<std::uintptr_t>(block) + old_size;
        return nullptr;
    }
    if (size <= old_size) return block;
    void* moved = allocate(size);
    if (moved != nullptr) std::memcpy(moved, block, old_size);
    return moved;
}

void* aligned_alloc(std::size_t alignment, std::size_t size) {
    return alignment <= kAlign ? allocate(size) : nullptr;
}

int posix_memalign(void** out, std::size_t alignment, std::size_t size) {
    *out = aligned_alloc(alignment, size);
    return *out != nullptr ? 0 : 12;  // ENOMEM
}

}  // extern "C"

// Without exceptions, a `new` that fails can only trap; the host sees the denied growth and reports
// the memory limit.
void* operator new(std::size_t size) {
    void* block = allocate(size);
    if (block == nullptr) __builtin_trap();
    return block;
}
void* operator new[](std::size_t size) { return operator new(size); }
void operator delete(void* block) noexcept { free(block); }
void operator delete[](void* block) noexcept { free(block); }
void operator delete(void* block, std::size_t) noexcept { free(block); }
void operator delete[](void* block, std::size_t) noexcept { free(block); }
