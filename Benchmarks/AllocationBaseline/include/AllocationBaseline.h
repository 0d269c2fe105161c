#ifndef ALLOCATION_BASELINE_H
#define ALLOCATION_BASELINE_H

/// The dynamic programme of a text book over whole units of two resources, for subsystems in series.
///
/// Option o belongs to a subsystem and takes cost[o] and weight[o]; options of one subsystem stand together, in order.
/// After it `logs[c * (weightLimit + 1) + w]` is the greatest log reliability within c and w; -1e300 where there is none.
void allocate(int options, const int *subsystem, const int *cost, const int *weight, const double *logReliability,
              int costLimit, int weightLimit, double *logs);

/// Depth first branch and bound of a text book over a structure of up to 20 places: what is left at the best that fits beside
/// the least of the others bounds each branch.
///
/// `works[state]` says whether the system works when the places whose bits are set do. Option o belongs to the place p with
/// `first[p] <= o < first[p + 1]` and takes `use[2 * o]` and `use[2 * o + 1]`. Returns the greatest reliability within both
/// limits; -1 when nothing fits, -2 when more than `nodeLimit` branches were looked at.
double allocateNetwork(int places, const unsigned char *works, const int *first, const double *reliability,
                       const double *use, const double *limits, long nodeLimit);

#endif
