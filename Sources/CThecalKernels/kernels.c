#include "CThecalKernels.h"

#include <math.h>

#include "dispatch.h"

/* B(z) for |z| ≤ 1/4 by its Taylor series, z/(e^z − 1) = 1 − z/2 + Σ B₂ₖ z²ᵏ/(2k)! with Bernoulli's numbers
   (abramowitz1964, 23.1.1); the first term left out is below 3e-17. */
#define BERNOULLI_SMALL 0.25
THECAL_INLINE double even_part(double z) {
  const double y = z * z;
  return 1 + y * (1.0 / 12 + y * (-1.0 / 720 + y * (1.0 / 30240 + y * (-1.0 / 1209600
      + y * (1.0 / 47900160)))));
}

THECAL_CLONES void thecal_exponential_fitting(
    ptrdiff_t count, const double *conductance, const double *flow, double *onward, double *back) {
  double steepest = 0;
  for (ptrdiff_t i = 0; i < count; i++) {
    const double g = conductance[i], z = flow[i] / g, even = g * even_part(z);
    onward[i] = even + flow[i] / 2;
    back[i] = even - flow[i] / 2;
    const double size = fabs(z);
    steepest = size > steepest ? size : steepest;
  }
  if (steepest <= BERNOULLI_SMALL) return;
  for (ptrdiff_t i = 0; i < count; i++) {
    const double g = conductance[i], size = fabs(flow[i]), z = size / g;
    if (z <= BERNOULLI_SMALL) continue;
    const double against = size / expm1(z), along = against + size;  // B(z) and B(−z) = B(z) + z
    onward[i] = flow[i] > 0 ? along : against;
    back[i] = flow[i] > 0 ? against : along;
  }
}

THECAL_CLONES void thecal_rotate(
    ptrdiff_t count, double *factor_re, double *factor_im, const double *turn_re, const double *turn_im) {
  for (ptrdiff_t k = 0; k < count; k++) {
    const double re = factor_re[k], im = factor_im[k];
    factor_re[k] = re * turn_re[k] - im * turn_im[k];
    factor_im[k] = re * turn_im[k] + im * turn_re[k];
  }
}

void thecal_turns(
    ptrdiff_t count, const double *rate_re, const double *rate_im, double span, double *re, double *im) {
  for (ptrdiff_t k = 0; k < count; k++) {
    const double size = exp(rate_re[k] * span), angle = rate_im[k] * span;
    re[k] = size * cos(angle);
    im[k] = size * sin(angle);
  }
}
