#pragma once
#include <stddef.h>

/* The same chain as ThecalSolvers.LinearNetwork. */
typedef struct {
  ptrdiff_t nodes;
  const double *volume, *onward, *back, *loss, *source;
} peer_chain;

/* Integrates the chain with CVODE: BDF, Newton, banded solver with the exact Jacobian, restarted at each of
   `changes` rate changes (times[k], rates[k]); reads `probes` pairs of nodes with weights at `readings` times
   `every` apart, beginning at 0. Returns the number of internal steps, or −1. */
long peer_cvode(
    const peer_chain *chain, double rtol, double atol, ptrdiff_t changes, const double *times,
    const double *rates, ptrdiff_t readings, double every, ptrdiff_t probes, const long *node,
    const double *weight, double *values);

/* The version of SUNDIALS. */
const char *peer_sundials_version(void);

/* LAPACK's dgtsv, as any program would call it, on `count` systems of `nodes` unknowns. */
void peer_dgtsv(
    ptrdiff_t count, ptrdiff_t nodes, const double *lower, const double *diagonal, const double *upper,
    double *solutions, double *work);
