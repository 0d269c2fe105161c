/* The baseline of the decision diagrams: BuDDy (libbdd-dev) on the same functions, in the same order.
     buddy queens 8      queens on a board, one in each row
     buddy at-least 40   chains of any two of three neighbours, joined
   Prints how many states are true. A size of 0 measures the start of the process alone. */
#include <bdd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static BDD joined(BDD (*operation)(BDD, BDD), BDD left, BDD right) {
  BDD result = bdd_addref(operation(left, right));
  bdd_delref(left);
  bdd_delref(right);
  return result;
}

static BDD queens(int size) {
  BDD all = bdd_true();
  for (int row = 0; row < size; row++) {
    BDD any = bdd_false();
    for (int column = 0; column < size; column++)
      any = joined(bdd_or, any, bdd_addref(bdd_ithvar(row * size + column)));
    all = joined(bdd_and, all, any);
  }
  for (int row = 0; row < size; row++)
    for (int column = 0; column < size; column++) {
      BDD free = bdd_true();
      for (int i = 0; i < size; i++)
        for (int j = 0; j < size; j++) {
          int down = i - row, right = j - column;
          if ((down || right) && (!down || !right || down == right || down == -right))
            free = joined(bdd_and, free, bdd_addref(bdd_nithvar(i * size + j)));
        }
      all = joined(bdd_and, all, joined(bdd_or, bdd_addref(bdd_nithvar(row * size + column)), free));
    }
  return all;
}

static BDD at_least(int size) {
  BDD all = bdd_true();
  for (int first = 0; first + 9 <= size * 4; first += 4) {
    BDD reached[6];
    reached[0] = bdd_true();
    for (int k = 1; k < 6; k++) reached[k] = bdd_false();
    for (int i = 8; i >= 0; i--)
      for (int k = 5; k > 0; k--)
        reached[k] = bdd_addref(bdd_ite(bdd_ithvar(first + i), reached[k - 1], reached[k]));
    all = joined(bdd_and, all, bdd_addref(bdd_not(reached[5])));
  }
  return all;
}

int main(int count, char **arguments) {
  int size = count > 2 ? atoi(arguments[2]) : 0;
  if (size < 1) return 0;
  int isQueens = !strcmp(arguments[1], "queens");
  bdd_init(20000, 10000);
  bdd_setvarnum(isQueens ? size * size : size * 4);
  bdd_gbc_hook(NULL);
  printf("%g\n", bdd_satcount(isQueens ? queens(size) : at_least(size)));
  return 0;
}
