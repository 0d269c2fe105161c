#ifndef CBASELINE_H
#define CBASELINE_H

#include <stdint.h>

/// Thirty repairable components in ten groups of three, two of each group needed; exponential laws.
struct thirty_components {
  double mean_up_hours;
  double mean_down_hours;
  double horizon_hours;
};

/// What the replications add up to.
struct baseline_totals {
  /// Hours with at least one group short of two components, and the sum of their squares over replications.
  double downtime_hours;
  double squared_downtime_hours;
  /// How often the system went down.
  int64_t outages;
  /// Failures and repairs handled.
  int64_t events;
};

/// A plain next-event simulation: a binary heap with the next event of each component.
struct baseline_totals simulate_thirty_components(struct thirty_components system, uint64_t seed,
                                                  int64_t replications);

#endif
