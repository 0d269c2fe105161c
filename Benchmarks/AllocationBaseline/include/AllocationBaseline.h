#ifndef ALLOCATION_BASELINE_H
#define ALLOCATION_BASELINE_H

/// The dynamic programme of a text book over whole units of two resources, for subsystems in series.
///
/// Option o belongs to a subsystem and takes cost[o] and weight[o]; options of one subsystem stand together, in order.
/// After it `logs[c * (weightLimit + 1) + w]` is the greatest log reliability within c and w; -1e300 where there is none.
void allocate(int options, const int *subsystem, const int *cost, const int *weight, const double *logReliability,
              int costLimit, int weightLimit, double *logs);

#endif
