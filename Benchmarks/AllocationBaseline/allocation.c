#include "AllocationBaseline.h"

#include <stdlib.h>
#include <string.h>

void allocate(int options, const int *subsystem, const int *cost, const int *weight, const double *logReliability,
              int costLimit, int weightLimit, double *logs) {
  const int width = weightLimit + 1, cells = (costLimit + 1) * width;
  double *next = malloc(sizeof(double) * (size_t)cells);
  for (int cell = 0; cell < cells; cell++) logs[cell] = 0;
  for (int first = 0; first < options;) {
    int end = first;
    while (end < options && subsystem[end] == subsystem[first]) end++;
    for (int cell = 0; cell < cells; cell++) next[cell] = -1e300;
    for (int o = first; o < end; o++)
      for (int c = cost[o]; c <= costLimit; c++)
        for (int w = weight[o]; w <= weightLimit; w++) {
          const double value = logs[(c - cost[o]) * width + w - weight[o]] + logReliability[o];
          if (value > next[c * width + w]) next[c * width + w] = value;
        }
    memcpy(logs, next, sizeof(double) * (size_t)cells);
    first = end;
  }
  free(next);
}
