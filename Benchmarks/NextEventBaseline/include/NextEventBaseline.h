#ifndef NEXT_EVENT_BASELINE_H
#define NEXT_EVENT_BASELINE_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum baseline_law { BASELINE_EXPONENTIAL, BASELINE_WEIBULL, BASELINE_LOGNORMAL, BASELINE_GAMMA };

/// A law: mean; scale and shape; mu and sigma; scale and shape.
struct baseline_distribution {
  int32_t law;
  double first;
  double second;
};

/// Thirty repairable components in nine groups, six of three and three of four; one component of each may be down.
struct thirty_components {
  struct baseline_distribution up;
  struct baseline_distribution down;
  double horizon_hours;
};

/// What the replications add up to.
struct baseline_totals {
  /// Hours with at least one group short of a second component, and the sum of their squares over replications.
  double downtime_hours;
  double squared_downtime_hours;
  /// Failures and repairs handled.
  int64_t events;
};

/// A plain next-event simulation, everything up at the start. `uses_heap`: the next event comes from a binary heap, else
/// from a scan over all components.
struct baseline_totals simulate_thirty_components(const struct thirty_components *system, int32_t uses_heap,
                                                  uint64_t seed, int64_t replications);

#ifdef __cplusplus
}
#endif

#endif
