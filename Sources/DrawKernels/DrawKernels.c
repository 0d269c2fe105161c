#include "DrawKernels.h"

#include <stddef.h>
#if defined(__x86_64__)
#include <immintrin.h>
#endif

// The kernels' vectors never leave this file, so how they are passed between files is of no account.
#pragma clang diagnostic ignored "-Wpsabi"

// Never a fused multiply-add, whatever the processor has.
#pragma STDC FP_CONTRACT OFF

/// Processes that are worked on at a time, so that all of them stay in the nearest cache.
#define DRAW_CHUNK 256

/// Processes that are not yet over, side by side: their numbers, streams and laws, when each fails next, and the last number
/// of its stream, as it is.
struct going {
  uint64_t number[DRAW_CHUNK + DRAW_PADDING];
  uint64_t process[DRAW_CHUNK + DRAW_PADDING];
  double even_first[DRAW_CHUNK + DRAW_PADDING];
  double even_second[DRAW_CHUNK + DRAW_PADDING];
  double odd_first[DRAW_CHUNK + DRAW_PADDING];
  double odd_second[DRAW_CHUNK + DRAW_PADDING];
  double now[DRAW_CHUNK + DRAW_PADDING];
  double last[DRAW_CHUNK + DRAW_PADDING];
  // The two numbers of the block at hand, and what is made of the first one.
  double even[DRAW_CHUNK + DRAW_PADDING];
  double odd[DRAW_CHUNK + DRAW_PADDING];
  double drawn[DRAW_CHUNK + DRAW_PADDING];
  // Only until each has failed first: its place among all, and how it begins.
  uint64_t place[DRAW_CHUNK + DRAW_PADDING];
  double chance[DRAW_CHUNK + DRAW_PADDING];
  double reciprocal[DRAW_CHUNK + DRAW_PADDING];
  uint64_t residual[DRAW_CHUNK + DRAW_PADDING];
  double least[DRAW_CHUNK + DRAW_PADDING];
};

/// Up to DRAW_CHUNK of some processes.
static struct draw_cycles draw_part(const struct draw_cycles *all, int64_t first) {
  struct draw_cycles part = *all;
  part.count = all->count - first < DRAW_CHUNK ? all->count - first : DRAW_CHUNK;
  part.number += first;
  part.process += first;
  part.even_first += first;
  part.even_second += first;
  part.odd_first += first;
  part.odd_second += first;
  part.chance += first;
  part.reciprocal += first;
  part.residual += first;
  part.least += first;
  part.calm += first;
  return part;
}

static void draw_point_to(struct draw_cycles *cycles, const struct going *going) {
  cycles->number = going->number;
  cycles->process = going->process;
  cycles->even_first = going->even_first;
  cycles->even_second = going->even_second;
  cycles->odd_first = going->odd_first;
  cycles->odd_second = going->odd_second;
}

/// Picks `count` of some processes out by their places, and a few more that are read and mean nothing; of each what its laws
/// and its beginning need.
static void draw_pick(struct draw_cycles *cycles, struct going *going, int64_t count) {
  int64_t whole = (count + 7) / 8 * 8;
  for (int64_t to = count; to < whole; to++) {
    going->place[to] = 0;
    going->even[to] = 0.5;
  }
#define PICK(member) \
  for (int64_t to = 0; to < whole; to++) going->member[to] = cycles->member[going->place[to]]
  PICK(number);
  PICK(process);
  PICK(even_first);
  PICK(odd_first);
  if (cycles->even_kind != DRAW_EXPONENTIAL) PICK(even_second);
  if (cycles->odd_kind != DRAW_EXPONENTIAL) PICK(odd_second);
  if (cycles->is_steady) {
    PICK(chance);
    PICK(reciprocal);
    if (cycles->even_kind == DRAW_WEIBULL) {
      PICK(residual);
      PICK(least);
    }
  }
#undef PICK
  draw_point_to(cycles, going);
  cycles->chance = going->chance;
  cycles->reciprocal = going->reciprocal;
  cycles->residual = going->residual;
  cycles->least = going->least;
  cycles->count = count;
}

/// Four numbers of a row.
typedef double four __attribute__((vector_size(32), aligned(8), may_alias));

#define SUFFIX plain
#define TARGET
#define LANES 4
#include "kernels.inc"

#if defined(__x86_64__)
#define HAS_LEVELS 1

/// Halves of four numbers, in the order in which those of a set of them stand one after the other.
static const uint32_t draw_order_of_kept[16][8] __attribute__((aligned(32))) = {
    {0, 0, 0, 0, 0, 0, 0, 0},
    {0, 1, 0, 0, 0, 0, 0, 0},
    {2, 3, 0, 0, 0, 0, 0, 0},
    {0, 1, 2, 3, 0, 0, 0, 0},
    {4, 5, 0, 0, 0, 0, 0, 0},
    {0, 1, 4, 5, 0, 0, 0, 0},
    {2, 3, 4, 5, 0, 0, 0, 0},
    {0, 1, 2, 3, 4, 5, 0, 0},
    {6, 7, 0, 0, 0, 0, 0, 0},
    {0, 1, 6, 7, 0, 0, 0, 0},
    {2, 3, 6, 7, 0, 0, 0, 0},
    {0, 1, 2, 3, 6, 7, 0, 0},
    {4, 5, 6, 7, 0, 0, 0, 0},
    {0, 1, 4, 5, 6, 7, 0, 0},
    {2, 3, 4, 5, 6, 7, 0, 0},
    {0, 1, 2, 3, 4, 5, 6, 7},
};

#define SUFFIX avx2
#define TARGET __attribute__((target("avx2,popcnt")))
#define LANES 4
#define PACKS 4
#include "kernels.inc"

#define SUFFIX avx512
#define TARGET __attribute__((target("avx512f,avx512vl,avx512dq,popcnt")))
#define LANES 8
#define PACKS 8
#include "kernels.inc"
#endif

int32_t draw_best_level(void) {
#ifdef HAS_LEVELS
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq")) {
    return DRAW_LEVEL_AVX512;
  }
  if (__builtin_cpu_supports("avx2")) return DRAW_LEVEL_AVX2;
#endif
  return DRAW_LEVEL_PLAIN;
}

struct draw_keys draw_keys_of_seed(uint64_t seed) {
  struct draw_keys keys;
  uint32_t low = (uint32_t)seed, high = (uint32_t)(seed >> 32);
  for (int round = 0; round < 10; round++) {
    keys.round_keys[2 * round] = low;
    keys.round_keys[2 * round + 1] = high;
    low += 0x9e3779b9;
    high += 0xbb67ae85;
  }
  return keys;
}

#ifdef HAS_LEVELS
#define CHOOSE(kernel, level, ...)                                     \
  if ((level) == DRAW_LEVEL_AVX512) return kernel##_avx512(__VA_ARGS__); \
  if ((level) == DRAW_LEVEL_AVX2) return kernel##_avx2(__VA_ARGS__);     \
  return kernel##_plain(__VA_ARGS__)
#else
#define CHOOSE(kernel, level, ...) return kernel##_plain(__VA_ARGS__)
#endif

void draw_sixteen(int32_t level, const struct draw_keys *keys, uint32_t replication, uint64_t process,
                  uint32_t first_block, const struct draw_laws *laws, double *draws) {
  CHOOSE(sixteen, level, keys, replication, process, first_block, laws, draws);
}

void draw_batch(int32_t level, const struct draw_keys *keys, uint32_t replication, const uint64_t *processes,
                const struct draw_laws *laws, int64_t count, double *uniforms, double *draws) {
  CHOOSE(batch, level, keys, replication, processes, laws, count, uniforms, draws);
}

void draw_first_uniforms(int32_t level, const struct draw_keys *keys, uint32_t replication, const uint64_t *processes,
                         int64_t count, double *uniforms) {
  CHOOSE(first_uniforms, level, keys, replication, processes, count, uniforms);
}

void draw_from_uniforms(int32_t level, const struct draw_law *law, const double *uniforms, int64_t count, double *draws) {
  CHOOSE(from_uniforms, level, law, uniforms, count, draws);
}

int32_t draw_cycles(int32_t level, const struct draw_keys *keys, uint32_t replication, const struct draw_cycles *cycles,
                    struct draw_outages *outages) {
  CHOOSE(cycles, level, keys, replication, cycles, outages);
}
