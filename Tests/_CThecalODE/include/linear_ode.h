#pragma once
#include <stddef.h>

/* Integrates dy/dt = K y + feed over `span` with CVODE (BDF, dense Newton), K
   row by row, n ≤ 8. Relative tolerance `rtol`, absolute `atol`. Returns 0, or CVODE's flag. */
int thecal_linear_ode(
    ptrdiff_t n, const double *K, const double *feed, double span, double rtol, double atol, double *y);
