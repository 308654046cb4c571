#include <string.h>

#include "CTransportPeers.h"

extern void dgtsv_(
    const int *n, const int *nrhs, double *dl, double *d, double *du, double *b, const int *ldb, int *info);

void peer_dgtsv(
    ptrdiff_t count, ptrdiff_t nodes, const double *lower, const double *diagonal, const double *upper,
    double *solutions, double *work) {
  const int n = (int)nodes, one = 1;
  for (ptrdiff_t k = 0; k < count; k++) {
    /* dgtsv overwrites the matrix: a caller who needs it again copies it first. */
    memcpy(work, lower + k * nodes, nodes * sizeof *work);
    memcpy(work + nodes, diagonal + k * nodes, nodes * sizeof *work);
    memcpy(work + 2 * nodes, upper + k * nodes, nodes * sizeof *work);
    int info;
    dgtsv_(&n, &one, work, work + nodes, work + 2 * nodes, solutions + k * nodes, &n, &info);
  }
}
