#ifndef RELMODEL_DRAW_KERNELS_H
#define RELMODEL_DRAW_KERNELS_H

#include <stdint.h>

/// The instructions that a kernel may use. The bits it makes are the same with all of them.
enum draw_level {
  /// What every processor of the platform has.
  DRAW_LEVEL_PLAIN = 0,
  /// AVX2: four numbers at a time.
  DRAW_LEVEL_AVX2 = 1,
  /// AVX-512: eight.
  DRAW_LEVEL_AVX512 = 2,
};

/// The whole part of a number that fits; Swift's own conversion asks each time whether it does.
static inline int64_t draw_whole_part(double x) { return (int64_t)x; }

/// The best level of the processor that this runs on.
int32_t draw_best_level(void);

/// The keys of the ten rounds of Philox4x32-10, two for each, from one seed.
struct draw_keys {
  uint64_t round_keys[20];
};

struct draw_keys draw_keys_of_seed(uint64_t seed);

/// What is made of a uniform number u strictly between 0 and 1.
enum draw_kind {
  /// u itself.
  DRAW_UNIFORM = 0,
  /// first * -log u: the exponential law with mean `first`.
  DRAW_EXPONENTIAL = 1,
  /// first * (-log u)^second: the Weibull law with scale `first` and shape 1 / `second`.
  DRAW_WEIBULL = 2,
  /// exp(first - second * normal quantile of u): the lognormal law with mu `first` and sigma `second`.
  DRAW_LOGNORMAL = 3,
};

/// A law that is sampled by inversion, one uniform number for each draw.
struct draw_law {
  int32_t kind;
  double first;
  double second;
};

/// The laws of a stream's draws: those with an even number, from 0, follow one law, those with an odd number another.
struct draw_laws {
  struct draw_law even;
  struct draw_law odd;
};

/// Sixteen draws from eight blocks of the stream of a process in a replication, Philox4x32-10 with the counter
/// block | replication | process. First the eight with an even number, then the eight with an odd one. `first_block` + 7
/// fits in 32 bits.
void draw_sixteen(int32_t level, const struct draw_keys *keys, uint32_t replication, uint64_t process,
                  uint32_t first_block, const struct draw_laws *laws, double *draws);

/// The first sixteen draws of each of many processes, sixteen after sixteen; `uniforms` gets the uniform number that the first
/// of each was made of.
void draw_batch(int32_t level, const struct draw_keys *keys, uint32_t replication, const uint64_t *processes,
                const struct draw_laws *laws, int64_t count, double *uniforms, double *draws);

/// The first uniform number of each of many processes. `count` is a multiple of eight.
void draw_first_uniforms(int32_t level, const struct draw_keys *keys, uint32_t replication, const uint64_t *processes,
                         int64_t count, double *uniforms);

/// Draws of a law made of given uniform numbers strictly between 0 and 1; `count` is a multiple of eight.
void draw_from_uniforms(int32_t level, const struct draw_law *law, const double *uniforms, int64_t count, double *draws);

/// Entries behind the last that kernels read or write.
#define DRAW_PADDING 16

/// Ticks in an hour, and the latest of all.
#define DRAW_TICKS_PER_HOUR 1048576.0
#define DRAW_LATEST_TICK 2e18

/// Coefficients of one polynomial, and bits below those that tell an interval.
#define DRAW_ROW_LENGTH 8
#define DRAW_INTERVAL_BITS 49

/// Processes that take turns between an up time and an outage, each made of one draw, by laws of the same kinds. Every
/// array has `count` entries and DRAW_PADDING more, copies of others: they are read and followed, and mean nothing.
struct draw_cycles {
  int64_t count;
  /// Draws of even number are up times, and those of odd number outages. Whether they begin in the long run: then the first
  /// number of a stream tells whether the process is up, and what is left of its up time, exponential or Weibull.
  int32_t is_steady;
  /// Whether most do not fail before the horizon: then the first numbers are looked at alone, before anything is made of them.
  int32_t is_calm;
  int32_t even_kind;
  int32_t odd_kind;
  double horizon_hours;
  const uint64_t *number;
  const uint64_t *process;
  /// The parameters of the laws.
  const double *even_first;
  const double *even_second;
  const double *odd_first;
  const double *odd_second;
  /// The chance that each is up at the start, and 1 divided by it.
  const double *chance;
  const double *reciprocal;
  /// Of a Weibull up time: the address at which interval 0 of its table of what is left would stand, DRAW_ROW_LENGTH
  /// coefficients for each interval, and the lowest number with an interval. The bits of a number but for the
  /// DRAW_INTERVAL_BITS low ones are its interval; there is one for every number from that lowest to 36.8.
  const uint64_t *residual;
  const double *least;
  /// A first number below it lets each fail after the horizon.
  const double *calm;
};

/// Outages that begin before the horizon, in ticks, and the numbers of their processes; and the numbers of the processes of
/// which nothing is told, since they are down at the start.
struct draw_outages {
  int64_t *starts;
  int64_t *ends;
  int64_t *numbers;
  int64_t capacity;
  int64_t count;
  int64_t *apart;
  int64_t apart_count;
};

/// Adds the outages of all processes in a replication; those of one process come in order.
///
/// Returns whether there was room; if not, what was added means nothing. `apart` holds as many as there are processes.
int32_t draw_cycles(int32_t level, const struct draw_keys *keys, uint32_t replication, const struct draw_cycles *cycles,
                    struct draw_outages *outages);

#endif
