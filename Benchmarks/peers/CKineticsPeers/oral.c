#include "CKineticsPeers.h"

#include <math.h>

#if defined(__x86_64__) && defined(__linux__)
#define CLONES __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define CLONES
#endif

enum { L = 8 };
typedef double lanes __attribute__((vector_size(64)));
typedef double lanes_in_memory __attribute__((vector_size(64), aligned(8), may_alias));

CLONES void peer_oral1(
    ptrdiff_t groups, const double *people, double dose, int doses, int every, int times, double *out) {
  for (ptrdiff_t g = 0; g < groups; g++) {
    const double *p = people + g * 3 * L;
    lanes decay, absorbed, size;
    for (int i = 0; i < L; i++) {
      const double k = p[i] / p[L + i], ka = p[2 * L + i];
      decay[i] = exp(-k), absorbed[i] = exp(-ka);
      size[i] = dose * ka / p[L + i] / (ka - k);
    }
    lanes x = {0}, y = {0};
    int next = 0, given = 0;
    for (int t = 0; t < times; t++) {
      if (t > 0) x *= decay, y *= absorbed;
      if (t == next && given < doses) x += size, y += size, given++, next += every;
      *(lanes_in_memory *)out = x - y;
      out += L;
    }
  }
}

CLONES void peer_oral2(
    ptrdiff_t groups, const double *people, double dose, int doses, int every, int times, double *out) {
  for (ptrdiff_t g = 0; g < groups; g++) {
    const double *p = people + g * 5 * L;
    lanes fast, slow, absorbed, A, B;
    for (int i = 0; i < L; i++) {
      const double k10 = p[i] / p[L + i], ka = p[2 * L + i], k12 = p[3 * L + i] / p[L + i];
      const double k21 = p[3 * L + i] / p[4 * L + i], sum = k10 + k12 + k21;
      const double alpha = (sum + sqrt(sum * sum - 4 * k10 * k21)) / 2, beta = k10 * k21 / alpha;
      fast[i] = exp(-alpha), slow[i] = exp(-beta), absorbed[i] = exp(-ka);
      A[i] = dose * ka / p[L + i] * (k21 - alpha) / ((ka - alpha) * (beta - alpha));
      B[i] = dose * ka / p[L + i] * (k21 - beta) / ((ka - beta) * (alpha - beta));
    }
    const lanes C = A + B;
    lanes x = {0}, y = {0}, z = {0};
    int next = 0, given = 0;
    for (int t = 0; t < times; t++) {
      if (t > 0) x *= fast, y *= slow, z *= absorbed;
      if (t == next && given < doses) x += A, y += B, z += C, given++, next += every;
      *(lanes_in_memory *)out = x + y - z;
      out += L;
    }
  }
}
