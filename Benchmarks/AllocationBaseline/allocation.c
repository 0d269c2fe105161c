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

typedef struct {
  int places;
  const int *first;
  const double *reliability, *use;
  double least[21][2];
  double *levels[21];
  double best;
  long nodes, nodeLimit;
} Search;

/// The reliability of each state of the places behind this one, from that of each state with it.
static void fold(const double *from, double *to, int states, double reliability) {
  for (int state = 0; state < states; state++)
    to[state] = reliability * from[2 * state + 1] + (1 - reliability) * from[2 * state];
}

static int fits(const Search *search, int option, int place, const double *left) {
  return search->use[2 * option] <= left[0] - search->least[place + 1][0] + 1e-9 &&
         search->use[2 * option + 1] <= left[1] - search->least[place + 1][1] + 1e-9;
}

/// What all places from this one on would give if each had the best option that still fits.
static double bound(const Search *search, int place, const double *left, double *scratch) {
  const double *from = search->levels[place];
  for (int p = place; p < search->places; p++) {
    double best = 0;
    for (int r = 0, o = search->first[p]; o < search->first[p + 1]; o++) {
      for (r = 0; r < 2; r++) {
        const double others = search->least[place][r] - (search->least[p][r] - search->least[p + 1][r]);
        if (search->use[2 * o + r] > left[r] - others + 1e-9) break;
      }
      if (r == 2 && search->reliability[o] > best) best = search->reliability[o];
    }
    fold(from, scratch, 1 << (search->places - p - 1), best);
    from = scratch;
  }
  return from[0];
}

static void branch(Search *search, int place, const double *left, double *scratch) {
  if (search->nodes++ > search->nodeLimit) return;
  if (place == search->places) {
    if (search->levels[place][0] > search->best) search->best = search->levels[place][0];
    return;
  }
  if (bound(search, place, left, scratch) <= search->best * (1 + 1e-13)) return;
  for (int o = search->first[place]; o < search->first[place + 1]; o++) {
    if (!fits(search, o, place, left)) continue;
    const double rest[2] = {left[0] - search->use[2 * o], left[1] - search->use[2 * o + 1]};
    fold(search->levels[place], search->levels[place + 1], 1 << (search->places - place - 1), search->reliability[o]);
    branch(search, place + 1, rest, scratch);
  }
}

double allocateNetwork(int places, const unsigned char *works, const int *first, const double *reliability,
                       const double *use, const double *limits, long nodeLimit) {
  Search search = {places, first, reliability, use, {{0}}, {0}, -1, 0, nodeLimit};
  for (int p = places - 1; p >= 0; p--)
    for (int r = 0; r < 2; r++) {
      double least = 1e300;
      for (int o = first[p]; o < first[p + 1]; o++)
        if (use[2 * o + r] < least) least = use[2 * o + r];
      search.least[p][r] = search.least[p + 1][r] + least;
    }
  for (int p = 0; p <= places; p++) search.levels[p] = malloc(sizeof(double) << (places - p));
  for (int state = 0; state < 1 << places; state++) search.levels[0][state] = works[state];
  double *scratch = malloc(sizeof(double) << places);
  branch(&search, 0, limits, scratch);
  free(scratch);
  for (int p = 0; p <= places; p++) free(search.levels[p]);
  return search.nodes > nodeLimit ? -2 : search.best;
}
