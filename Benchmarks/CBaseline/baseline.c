// The baseline: what one writes in an hour in plain C, and what textbooks show. A binary heap holds the next event
// of each component; every event pops, flips the component, draws its next time and sifts down.

#include "CBaseline.h"

#include <math.h>

enum { GROUPS = 10, PER_GROUP = 3, COMPONENTS = GROUPS * PER_GROUP, NEEDED = 2 };

// xoshiro256++ (Blackman and Vigna, 2019), seeded by splitmix64.
struct generator {
  uint64_t state[4];
};

static uint64_t rotated(uint64_t x, int by) { return (x << by) | (x >> (64 - by)); }

static struct generator generator_with(uint64_t seed) {
  struct generator made;
  for (int i = 0; i < 4; i++) {
    uint64_t z = (seed += 0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    made.state[i] = z ^ (z >> 31);
  }
  return made;
}

static double uniform(struct generator *from) {
  uint64_t *s = from->state;
  uint64_t result = rotated(s[0] + s[3], 23) + s[0];
  uint64_t t = s[1] << 17;
  s[2] ^= s[0];
  s[3] ^= s[1];
  s[1] ^= s[2];
  s[0] ^= s[3];
  s[2] ^= t;
  s[3] = rotated(s[3], 45);
  return ((double)(result >> 12) + 0.5) * 0x1p-52;
}

static double exponential(struct generator *from, double mean) { return -mean * log(uniform(from)); }

struct event {
  double time;
  int component;
};

static void sift_down(struct event *heap, int place) {
  struct event moved = heap[place];
  for (;;) {
    int child = 2 * place + 1;
    if (child >= COMPONENTS) break;
    if (child + 1 < COMPONENTS && heap[child + 1].time < heap[child].time) child++;
    if (heap[child].time >= moved.time) break;
    heap[place] = heap[child];
    place = child;
  }
  heap[place] = moved;
}

struct baseline_totals simulate_thirty_components(struct thirty_components system, uint64_t seed,
                                                  int64_t replications) {
  struct baseline_totals totals = {0, 0, 0, 0};
  struct generator random = generator_with(seed);
  double unavailability = system.mean_down_hours / (system.mean_up_hours + system.mean_down_hours);

  for (int64_t replication = 0; replication < replications; replication++) {
    struct event heap[COMPONENTS];
    int is_down[COMPONENTS];
    int down_in_group[GROUPS] = {0};
    int groups_down = 0;
    // Exponential laws have no memory, so the long-run state is a coin for each component.
    for (int i = 0; i < COMPONENTS; i++) {
      is_down[i] = uniform(&random) < unavailability;
      double mean = is_down[i] ? system.mean_down_hours : system.mean_up_hours;
      heap[i] = (struct event){exponential(&random, mean), i};
      if (is_down[i] && ++down_in_group[i / PER_GROUP] == PER_GROUP - NEEDED + 1) groups_down++;
    }
    for (int i = COMPONENTS / 2 - 1; i >= 0; i--) sift_down(heap, i);

    double downtime = 0;
    double since = 0;
    while (heap[0].time < system.horizon_hours) {
      double now = heap[0].time;
      int i = heap[0].component;
      int group = i / PER_GROUP;
      totals.events++;
      if (is_down[i]) {
        is_down[i] = 0;
        if (down_in_group[group]-- == PER_GROUP - NEEDED + 1 && --groups_down == 0) downtime += now - since;
        heap[0].time = now + exponential(&random, system.mean_up_hours);
      } else {
        is_down[i] = 1;
        if (++down_in_group[group] == PER_GROUP - NEEDED + 1 && groups_down++ == 0) {
          since = now;
          totals.outages++;
        }
        heap[0].time = now + exponential(&random, system.mean_down_hours);
      }
      sift_down(heap, 0);
    }
    if (groups_down > 0) downtime += system.horizon_hours - since;
    totals.downtime_hours += downtime;
    totals.squared_downtime_hours += downtime * downtime;
  }
  return totals;
}
