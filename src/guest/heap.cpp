// The guest's heap: segregated free lists over memory that grows, after the two-level segregated
// fit of Masmano et al. ("TLSF: a new dynamic memory allocator for real-time systems", 2004), but
// for the merging of neighbours, which a heap that lives for one page does not need. Every page of
// memory that a call touches is cleared after it, so what was given back is used again first.
// Allocation and release take constant time.
#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <initializer_list>
#include <new>

extern "C" unsigned char __heap_base;  // NOLINT(bugprone-reserved-identifier): the linker's name

namespace {

constexpr std::size_t kPage = 65536;
/// A growth asks for at least this much, and for an eighth of what there is, because each is a
/// system call on the host; and not for more, because the host goes through all of it three times:
/// to make it accessible, to clear it after the call, and to make it inaccessible again.
constexpr std::size_t kMinGrowthPages = 8;
constexpr std::size_t kGrowthFraction = 8;

/// Blocks are whole units, header included. What follows the header is aligned to a unit.
constexpr std::size_t kUnit = 16;

/// Precedes what the caller gets. `next` lies in it only while the block is free.
struct Block {
    std::uint32_t units;
    std::uint32_t padding;
    Block* next;
};
constexpr std::size_t kHeader = offsetof(Block, next);
static_assert(kHeader == kUnit / 2);

// Bins for each number of units up to this, and then eight for each doubling.
constexpr std::uint32_t kExactUnits = 32;
constexpr std::uint32_t kSteps = 8;
constexpr std::uint32_t kBins = kExactUnits + (28 - 5) * kSteps;

/// The bin of blocks with so many units or a few more.
constexpr std::uint32_t bin_of(std::uint32_t units) {
    if (units < kExactUnits) return units;
    const auto exponent = static_cast<std::uint32_t>(std::bit_width(units)) - 1;
    return kExactUnits + (exponent - 5) * kSteps + ((units >> (exponent - 3)) & (kSteps - 1));
}

/// The least number of units that is the smallest of its bin and not less than `units`, so that
/// every block of the bin will do.
constexpr std::uint32_t round_up(std::uint32_t units) {
    if (units < kExactUnits) return units;
    const auto exponent = static_cast<std::uint32_t>(std::bit_width(units)) - 1;
    const std::uint32_t step = 1U << (exponent - 3);
    return (units + step - 1) & ~(step - 1);
}
static_assert(bin_of(kExactUnits) == kExactUnits);

constexpr std::uint32_t exact_units(std::size_t size) {
    return static_cast<std::uint32_t>((size + kHeader + kUnit - 1) / kUnit);
}
/// As much as blocks hold that have a bin for each number of units.
constexpr std::size_t kMaxExactSize = (kExactUnits - 1) * kUnit - kHeader;

/// What a block takes that holds `size` bytes.
constexpr std::uint32_t units_for(std::size_t size) { return round_up(exact_units(size)); }
constexpr std::size_t kMaxSize = PTRDIFF_MAX - 2 * kUnit;
static_assert(bin_of(units_for(kMaxSize)) < kBins);

class Heap {
public:
    /// Null when there is no memory left.
    Block* take(std::size_t size) {
        // Most blocks are small, and either there is one of their size or nothing is free at all.
        if (size <= kMaxExactSize) {
            const std::uint32_t units = exact_units(size);
            if (bins_[units] != nullptr) return pop(units);
            const std::uintptr_t end = top_ + std::size_t{units} * kUnit;
            if (used_words_ == 0 && end <= end_) return cut_off(units, end);
        }
        return take_any(size);
    }

    void give_back(Block* block) {
        if (end_of(block) == top_) {
            top_ = reinterpret_cast<std::uintptr_t>(block);
            return;
        }
        put(block);
    }

    /// Whether the block could be made to hold `size` bytes where it lies.
    bool extend(Block* block, std::size_t size) {
        if (size > kMaxSize || end_of(block) != top_) return false;
        top_ = reinterpret_cast<std::uintptr_t>(block);
        if (take_fresh(units_for(size)) != nullptr) return true;
        top_ = end_of(block);
        return false;
    }

    /// Memory from here on was never handed out, and so is zero.
    [[nodiscard]] std::uintptr_t untouched() const { return untouched_; }

private:
    static std::uintptr_t end_of(const Block* block) {
        return reinterpret_cast<std::uintptr_t>(block) + std::size_t{block->units} * kUnit;
    }

    void put(Block* block) {
        const std::uint32_t bin = bin_of(block->units);
        block->next = bins_[bin];
        bins_[bin] = block;
        used_bins_[bin / 64] |= std::uint64_t{1} << (bin % 64);
        used_words_ |= 1U << (bin / 64);
    }

    Block* pop(std::uint32_t bin) {
        Block* block = bins_[bin];
        bins_[bin] = block->next;
        if (block->next == nullptr) {
            used_bins_[bin / 64] &= ~(std::uint64_t{1} << (bin % 64));
            if (used_bins_[bin / 64] == 0) used_words_ &= ~(1U << (bin / 64));
        }
        return block;
    }

    /// The first bin that holds anything, from `bin` on; `kBins` when none does.
    [[nodiscard]] std::uint32_t next_used(std::uint32_t bin) const {
        const auto first = [](std::uint64_t word) {
            return static_cast<std::uint32_t>(std::countr_zero(word));
        };
        const std::uint32_t at = bin / 64;
        const std::uint64_t word = used_bins_[at] & (~std::uint64_t{0} << (bin % 64));
        if (word != 0) return at * 64 + first(word);
        const std::uint32_t later = used_words_ & (~std::uint32_t{1} << at);
        if (later == 0) return kBins;
        return first(later) * 64 + first(used_bins_[first(later)]);
    }

    Block* take_free(std::uint32_t units) {
        const std::uint32_t bin = next_used(bin_of(units));
        if (bin == kBins) return nullptr;
        Block* block = pop(bin);
        if (const std::uint32_t rest = block->units - units; rest > 0) {
            block->units = units;
            auto* remainder = reinterpret_cast<Block*>(end_of(block));
            remainder->units = rest;
            put(remainder);
        }
        return block;
    }

    [[gnu::noinline]] Block* take_any(std::size_t size) {
        if (size > kMaxSize) return nullptr;
        const std::uint32_t units = units_for(size);
        if (Block* block = take_free(units); block != nullptr) return block;
        return take_fresh(units);
    }

    /// What lies between `top_` and `end` as a block.
    Block* cut_off(std::uint32_t units, std::uintptr_t end) {
        auto* block = reinterpret_cast<Block*>(top_);
        top_ = end;
        if (end > untouched_) untouched_ = end;
        block->units = units;
        return block;
    }

    Block* take_fresh(std::uint32_t units) {
        if (top_ == 0) {
            const auto base = reinterpret_cast<std::uintptr_t>(&__heap_base);
            // The header ends where a unit does.
            top_ = ((base + kUnit - 1) & ~(kUnit - 1)) + kUnit - kHeader;
            untouched_ = top_;
            end_ = __builtin_wasm_memory_size(0) * kPage;
        }
        const std::size_t size = std::size_t{units} * kUnit;
        if (size > SIZE_MAX - top_) return nullptr;
        if (top_ + size > end_ && !grow_to(top_ + size)) return nullptr;
        return cut_off(units, top_ + size);
    }

    bool grow_to(std::uintptr_t needed_end) {
        const std::size_t needed = (needed_end - end_ + kPage - 1) / kPage;
        const std::size_t wanted =
            std::max({needed, kMinGrowthPages, end_ / kPage / kGrowthFraction});
        for (const std::size_t pages : {wanted, needed}) {
            if (__builtin_wasm_memory_grow(0, pages) != SIZE_MAX) {
                end_ += pages * kPage;
                return true;
            }
        }
        return false;
    }

    std::uintptr_t top_ = 0;  ///< Free from here to `end_`.
    std::uintptr_t untouched_ = 0;
    std::uintptr_t end_ = 0;  ///< Of linear memory.
    std::array<std::uint64_t, (kBins + 63) / 64> used_bins_{};
    std::uint32_t used_words_ = 0;  ///< Of `used_bins_`, those that are not zero.
    std::array<Block*, kBins> bins_{};
};

constinit Heap heap;

void* memory_of(Block* block) {
    return block == nullptr ? nullptr : reinterpret_cast<unsigned char*>(block) + kHeader;
}
Block* block_of(void* memory) {
    return reinterpret_cast<Block*>(static_cast<unsigned char*>(memory) - kHeader);
}
std::size_t size_of(const Block* block) { return std::size_t{block->units} * kUnit - kHeader; }

}  // namespace

extern "C" {

void* malloc(std::size_t size) { return memory_of(heap.take(size)); }

void free(void* memory) {
    if (memory != nullptr) heap.give_back(block_of(memory));
}

void* calloc(std::size_t count, std::size_t size) {
    std::size_t total = 0;
    if (__builtin_mul_overflow(count, size, &total)) return nullptr;
    const std::uintptr_t untouched = heap.untouched();
    void* memory = malloc(total);
    if (memory == nullptr) return nullptr;
    if (reinterpret_cast<std::uintptr_t>(memory) < untouched) std::memset(memory, 0, total);
    return memory;
}

void* realloc(void* memory, std::size_t size) {
    if (memory == nullptr) return malloc(size);
    Block* block = block_of(memory);
    if (size <= size_of(block) || heap.extend(block, size)) return memory;
    void* moved = malloc(size);
    if (moved == nullptr) return nullptr;
    std::memcpy(moved, memory, size_of(block));
    free(memory);
    return moved;
}

void* aligned_alloc(std::size_t alignment, std::size_t size) {
    return alignment <= kUnit ? malloc(size) : nullptr;
}

int posix_memalign(void** out, std::size_t alignment, std::size_t size) {
    *out = aligned_alloc(alignment, size);
    return *out != nullptr ? 0 : 12;  // ENOMEM
}

}  // extern "C"

// Without exceptions, a `new` that fails can only trap; the host sees the denied growth and reports
// the memory limit.
void* operator new(std::size_t size) {
    void* memory = malloc(size);
    if (memory == nullptr) __builtin_trap();
    return memory;
}
void* operator new[](std::size_t size) { return operator new(size); }
void operator delete(void* memory) noexcept { free(memory); }
void operator delete[](void* memory) noexcept { free(memory); }
void operator delete(void* memory, std::size_t) noexcept { free(memory); }
void operator delete[](void* memory, std::size_t) noexcept { free(memory); }
