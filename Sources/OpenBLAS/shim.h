#ifndef RELMODEL_OPENBLAS_SHIM_H
#define RELMODEL_OPENBLAS_SHIM_H

#include <stdint.h>

/* The few symbols of libopenblas in use, declared here so that no header of a distribution is needed:
   Debian has no LAPACKE in it, and its include path depends on the flavour installed. */

#ifdef __cplusplus
extern "C" {
#endif

/* Rows after each other, and no transposition, as in cblas.h. */
enum { BLAS_ROW_MAJOR = 101, BLAS_NO_TRANSPOSE = 111 };

/* C = alpha A B + beta C. */
void cblas_dgemm(int order, int transpose_a, int transpose_b, int32_t rows, int32_t columns, int32_t inner,
                 double alpha, const double *a, int32_t row_length_a, const double *b, int32_t row_length_b,
                 double beta, double *c, int32_t row_length_c);

/* How many threads the library may use; one is six times faster on small matrices. */
void openblas_set_num_threads(int count);

#ifdef __cplusplus
}
#endif

#endif
