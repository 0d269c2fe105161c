// The baseline: what one writes in an hour in C++. The next event of each component waits in a binary heap or an array
// that is scanned; every event flips its component and draws its next time from one mt19937_64.

#include "NextEventBaseline.h"

#include <cmath>
#include <random>

namespace {

constexpr int groups = 9, components = 30;
constexpr int group_of[components] = {0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4,
                                      5, 5, 5, 6, 6, 6, 6, 7, 7, 7, 7, 8, 8, 8, 8};

struct source {
  std::mt19937_64 generator;
  std::normal_distribution<double> normal;

  double uniform() { return (static_cast<double>(generator() >> 12) + 0.5) * 0x1p-52; }

  double draw(const baseline_distribution &of) {
    switch (of.law) {
      case BASELINE_EXPONENTIAL: return -of.first * std::log(uniform());
      case BASELINE_WEIBULL: return of.first * std::pow(-std::log(uniform()), 1 / of.second);
      case BASELINE_LOGNORMAL: return std::exp(of.first + of.second * normal(generator));
      default: return std::gamma_distribution<double>(of.second, of.first)(generator);
    }
  }
};

struct event {
  double time;
  int component;
};

struct heap {
  event events[components];

  void sift_down(int place) {
    event moved = events[place];
    for (;;) {
      int child = 2 * place + 1;
      if (child >= components) break;
      if (child + 1 < components && events[child + 1].time < events[child].time) child++;
      if (events[child].time >= moved.time) break;
      events[place] = events[child];
      place = child;
    }
    events[place] = moved;
  }

  void start() {
    for (int place = components / 2 - 1; place >= 0; place--) sift_down(place);
  }
  const event &next() { return events[0]; }
  void reschedule(double time) {
    events[0].time = time;
    sift_down(0);
  }
};

struct scan {
  event events[components];
  int first;

  void start() {
    first = 0;
    for (int place = 1; place < components; place++) first = events[place].time < events[first].time ? place : first;
  }
  const event &next() { return events[first]; }
  void reschedule(double time) {
    events[first].time = time;
    start();
  }
};

template <typename schedule>
baseline_totals simulate(const thirty_components &system, uint64_t seed, int64_t replications) {
  baseline_totals totals = {0, 0, 0};
  source random = {std::mt19937_64(seed), {}};
  for (int64_t replication = 0; replication < replications; replication++) {
    schedule pending;
    bool is_down[components] = {};
    int down_in_group[groups] = {};
    int groups_down = 0;
    double downtime = 0, since = 0;
    for (int i = 0; i < components; i++) pending.events[i] = {random.draw(system.up), i};
    pending.start();
    while (pending.next().time < system.horizon_hours) {
      auto [now, i] = pending.next();
      int &down = down_in_group[group_of[i]];
      totals.events++;
      if (is_down[i]) {
        if (down-- == 2 && --groups_down == 0) downtime += now - since;
      } else if (++down == 2 && groups_down++ == 0) {
        since = now;
      }
      is_down[i] = !is_down[i];
      pending.reschedule(now + random.draw(is_down[i] ? system.down : system.up));
    }
    if (groups_down > 0) downtime += system.horizon_hours - since;
    totals.downtime_hours += downtime;
    totals.squared_downtime_hours += downtime * downtime;
  }
  return totals;
}

}  // namespace

baseline_totals simulate_thirty_components(const thirty_components *system, int32_t uses_heap, uint64_t seed,
                                           int64_t replications) {
  return uses_heap ? simulate<heap>(*system, seed, replications) : simulate<scan>(*system, seed, replications);
}
