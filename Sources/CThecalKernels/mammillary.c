#include "CThecalKernels.h"

#include <string.h>

#include "dispatch.h"

enum { L = THECAL_LANES };

typedef int64_t lane_bits __attribute__((vector_size(64)));

#define CHOOSE(mask, a, b) ((thecal_lanes)(((lane_bits)(a) & (mask)) | ((lane_bits)(b) & ~(mask))))
#define SQRT(x) __builtin_elementwise_sqrt(x)

#define LARGER(a, b) CHOOSE((a) > (b), a, b)
#define SMALLER(a, b) CHOOSE((a) > (b), b, a)
/* By the order of the bits, which leaves the units of multiplication alone. */
#define NOT_BELOW_ZERO(a) ((thecal_lanes)__builtin_elementwise_max((lane_bits)(a), (lane_bits){0}))

/* The functions below take and give lanes by address: by value they would depend on the generation of CPU. */

/* e^−x for x ≥ 0: −x = n ln 2 + r with |r| ≤ ln 2 / 2, Taylor's series of r to the 13th power (the next term is
   below 5e-18), times 2ⁿ. Above 700 it is e^−700, which is 1e-304. Within 2 units in the last place. */
THECAL_INLINE void decay(const thecal_lanes *at, thecal_lanes *result) {
  const thecal_lanes x = LARGER(-*at, SPLAT(-700.0));
  /* Adding 1.5 · 2⁵² rounds to whole numbers and leaves them in the low bits. */
  const thecal_lanes shifter = SPLAT(0x1.8p52);
  const thecal_lanes shifted = x * 0x1.71547652b82fep0 + shifter, n = shifted - shifter;
  const thecal_lanes r = (x - n * 0x1.62e42feep-1) - n * 0x1.a39ef35793c76p-33;
  static const double factorials[] = {
      479001600, 39916800, 3628800, 362880, 40320, 5040, 720, 120, 24, 6, 2, 1, 1};
  thecal_lanes p = SPLAT(1.0 / 6227020800);
#pragma clang loop unroll(full)
  for (int k = 0; k < 13; k++) p = p * r + 1.0 / factorials[k];
  *result = (thecal_lanes)((lane_bits)p + ((lane_bits)shifted << 52));
}

/* (slow − fast) / z, where fast = slow · e^−z and z ≥ 0: below ½, where the difference would cancel, slow times the
   series Σ (−z)ᵏ / (k + 1)!. */
THECAL_INLINE void quotient(
    const thecal_lanes *slow, const thecal_lanes *fast, const thecal_lanes *at, thecal_lanes *result) {
  const thecal_lanes z = *at;
  thecal_lanes series = SPLAT(1.0);
#pragma clang loop unroll(full)
  for (int k = 14; k >= 1; k--) series = 1.0 - z * series * (1.0 / (k + 1));
  const lane_bits small = z < 0.5;
  *result = CHOOSE(small, *slow * series, (*slow - *fast) / CHOOSE(small, SPLAT(1.0), z));
}

/* (1 − e^−z) / z for z ≥ 0. */
THECAL_INLINE void mean_decay(const thecal_lanes *at, thecal_lanes *result) {
  const thecal_lanes whole = SPLAT(1.0);
  thecal_lanes left;
  decay(at, &left);
  quotient(&whole, &left, at, result);
}

/* ∫₀ʰ e^(−a (h − s)) e^(−b s) ds: the divided difference of the decay, without cancellation where a is near b.
   What is left of both is known: `atA` is e^(−a h), `atB` e^(−b h). */
THECAL_INLINE void between(
    const thecal_lanes *a, const thecal_lanes *atA, const thecal_lanes *b, const thecal_lanes *atB, double h,
    thecal_lanes *result) {
  const thecal_lanes gap = (LARGER(*a, *b) - SMALLER(*a, *b)) * h;
  const thecal_lanes slow = LARGER(*atA, *atB), fast = SMALLER(*atA, *atB);
  thecal_lanes mean;
  quotient(&slow, &fast, &gap, &mean);
  *result = h * mean;
}

/* ∫₀ʰ e^(−a (h − s)) ∫₀ˢ e^(−b u) du ds, the second divided difference at 0, a and b, from the first one, `both`,
   and the mean decay at the slower rate, `mean`. It is divided by the largest difference; where all three lie together,
   Σ (−1)ᵏ hᵏ⁺² / (k + 2)! · hₖ(a, b) with complete homogeneous polynomials hₖ. */
THECAL_INLINE void between_zero(
    const thecal_lanes *a, const thecal_lanes *b, const thecal_lanes *both, const thecal_lanes *mean, double h,
    thecal_lanes *result) {
  const thecal_lanes high = LARGER(*a, *b), x = SMALLER(*a, *b) * h, y = high * h;
  thecal_lanes sum = SPLAT(0.0), homogeneous = SPLAT(1.0), power = SPLAT(1.0);
  double factorial = 2, sign = 1;
  for (int k = 0; k < 18; k++) {
    sum += homogeneous * (sign / factorial);
    power *= y;
    homogeneous = homogeneous * x + power;
    factorial *= k + 3;
    sign = -sign;
  }
  const lane_bits small = y < 1.0;
  const thecal_lanes safe = CHOOSE(small, SPLAT(1.0), high);
  *result = CHOOSE(small, sum * (h * h), (h * *mean - *both) / safe);
}

/* One Jacobi rotation of the symmetric matrix s in the plane of p and q, and of the columns of u. */
#define ROTATE(m, s, u, p, q)                                                            \
  do {                                                                                   \
    const thecal_lanes off = s[p][q], gap = s[q][q] - s[p][p];                           \
    const thecal_lanes root = SQRT(gap * gap + 4.0 * off * off);                         \
    const thecal_lanes down = gap + CHOOSE(gap < 0.0, -root, root);                      \
    const lane_bits idle = off == 0.0;                                                   \
    const thecal_lanes t = CHOOSE(idle, SPLAT(0.0), 2.0 * off / CHOOSE(idle, SPLAT(1.0), down)); \
    const thecal_lanes c = 1.0 / SQRT(1.0 + t * t), sine = c * t;                        \
    s[p][p] -= t * off;                                                                  \
    s[q][q] += t * off;                                                                  \
    s[p][q] = s[q][p] = SPLAT(0.0);                                                      \
    for (int k = 0; k < m; k++) {                                                        \
      if (k != p && k != q) {                                                            \
        const thecal_lanes a = s[k][p], b = s[k][q];                                     \
        s[k][p] = s[p][k] = c * a - sine * b;                                            \
        s[k][q] = s[q][k] = sine * a + c * b;                                            \
      }                                                                                  \
      const thecal_lanes a = u[k][p], b = u[k][q];                                       \
      u[k][p] = c * a - sine * b;                                                        \
      u[k][q] = sine * a + c * b;                                                        \
    }                                                                                    \
  } while (0)

/* In amounts divided by the roots of the volumes the system is symmetric, so rotations diagonalize it: one for two
   nodes, six rounds of three for three (the errors fall quadratically; tests hold it to rounding). */
THECAL_INLINE void modes_of(const int m, const double *parameters, int readings, double *system) {
  thecal_lanes s[3][3], u[3][3], root[3], exchange[3];
  for (int i = 0; i < m; i++) {
    for (int j = 0; j < m; j++) u[i][j] = SPLAT(i == j ? 1.0 : 0.0), s[i][j] = SPLAT(0.0);
    root[i] = SQRT(LOAD(parameters + (i == 0 ? 1 : 2 + 2 * i) * L));
  }
  exchange[0] = LOAD(parameters + 2 * L);  // the clearance
  s[0][0] = exchange[0] / (root[0] * root[0]);
  for (int i = 1; i < m; i++) {
    exchange[i] = LOAD(parameters + (1 + 2 * i) * L);
    s[0][0] += exchange[i] / (root[0] * root[0]);
    s[i][i] = exchange[i] / (root[i] * root[i]);
    s[0][i] = s[i][0] = -exchange[i] / (root[0] * root[i]);
  }
  if (m == 2) ROTATE(m, s, u, 0, 1);
  for (int sweep = 0; m == 3 && sweep < 6; sweep++) {
    ROTATE(m, s, u, 0, 1);
    ROTATE(m, s, u, 0, 2);
    ROTATE(m, s, u, 1, 2);
  }
  STORE(system, LOAD(parameters));
  double *into = system + (1 + m) * L, *holds = into + m * m * L;
  for (int j = 0; j < m; j++) {
    /* The rate as a sum of terms of one sign, which keeps the digits of slow modes. */
    const thecal_lanes first = u[0][j] / root[0];
    thecal_lanes rate = exchange[0] * first * first;
    for (int i = 1; i < m; i++) {
      const thecal_lanes gap = u[i][j] / root[i] - first;
      rate += exchange[i] * gap * gap;
    }
    STORE(system + (1 + j) * L, rate);
    for (int i = 0; i < m; i++) {
      STORE(into + (i * m + j) * L, readings ? u[i][j] / root[i] : first * u[i][j] / root[i]);
      STORE(holds + (i * m + j) * L, u[i][j] * root[i]);
    }
  }
}

THECAL_CLONES void thecal_mammillary_modes(
    ptrdiff_t modes, const double *parameters, int readings, double *system) {
  if (modes == 1) modes_of(1, parameters, readings, system);
  if (modes == 2) modes_of(2, parameters, readings, system);
  if (modes == 3) modes_of(3, parameters, readings, system);
}

THECAL_CLONES void thecal_mammillary_step(
    ptrdiff_t modes, const double *system, double span, int feeds, double *step) {
  const thecal_lanes depot = LOAD(system), empties = depot * span;
  const double *rates = system + L, *into = rates + modes * L;
  const thecal_lanes whole = SPLAT(1.0);
  thecal_lanes emptied, emptiedMean, kept, keptMean, both, result;
  decay(&empties, &emptied);
  STORE(step, emptied);
  if (feeds) {
    quotient(&whole, &emptied, &empties, &emptiedMean);
    STORE(step + L, span * emptiedMean);
  }
  for (ptrdiff_t j = 0; j < modes; j++) {
    const thecal_lanes rate = LOAD(rates + j * L), arrival = LOAD(into + j * L) * depot, goes = rate * span;
    double *own = step + (2 + 4 * j) * L;
    decay(&goes, &kept);
    STORE(own, kept);
    between(&rate, &kept, &depot, &emptied, span, &both);
    STORE(own + L, arrival * both);
    if (!feeds) continue;
    quotient(&whole, &kept, &goes, &keptMean);
    STORE(own + 2 * L, span * keptMean);
    const thecal_lanes slowerMean = CHOOSE(depot > rate, keptMean, emptiedMean);
    between_zero(&depot, &rate, &both, &slowerMean, span, &result);
    STORE(own + 3 * L, arrival * result);
  }
}

typedef struct {
  thecal_lanes depot, feed, mode[3], modeFeed[3];
} walk_state;

/* What cancels down to rounding is nothing; amounts are not negative. */
#define ROUNDING 0x1p-49
THECAL_INLINE double *read_amounts(const int m, const double *system, const walk_state *x, double *out) {
  const double *into = system + (1 + m) * L, *holds = into + m * m * L;
  STORE(out, LARGER(x->depot, SPLAT(0.0)));
  for (int row = 0; row <= m; row++) {
    const double *weights = row < m ? holds + row * m * L : into;
    thecal_lanes sum = SPLAT(0.0), size = SPLAT(0.0);
    for (int j = 0; j < m; j++) {
      const thecal_lanes term = LOAD(weights + j * L) * x->mode[j];
      sum += term;
      size += LARGER(term, -term);
    }
    STORE(out + (row + 1) * L, CHOOSE(sum > size * ROUNDING, sum, SPLAT(0.0)));
  }
  return out + (m + 2) * L;
}

/* In levels alone the amplitudes are measured by what they add to the level. */
THECAL_INLINE double *read_level(const int m, const walk_state *x, double *out) {
  thecal_lanes level = x->mode[0];
#pragma clang loop unroll(full)
  for (int j = 1; j < m; j++) level += x->mode[j];
  STORE(out, NOT_BELOW_ZERO(level));
  return out + L;
}

THECAL_INLINE void advance(const int m, const int isFed, const double *step, walk_state *x) {
#pragma clang loop unroll(full)
  for (int j = 0; j < m; j++) {
    const double *own = step + (2 + 4 * j) * L;
    thecal_lanes next = LOAD(own) * x->mode[j] + LOAD(own + L) * x->depot;
    if (isFed) next += LOAD(own + 2 * L) * x->modeFeed[j] + LOAD(own + 3 * L) * x->feed;
    x->mode[j] = next;
  }
  x->depot *= LOAD(step);
  if (isFed) x->depot += LOAD(step + L) * x->feed;
}

/* The hot loop of levels without feeds, everything in registers. What arrives from the depot falls as it does. */
THECAL_INLINE double *coast(const int m, const double *step, ptrdiff_t count, walk_state *x, double *out) {
  const thecal_lanes emptied = LOAD(step);
  thecal_lanes kept[3], arriving[3];
#pragma clang loop unroll(full)
  for (int j = 0; j < m; j++) {
    kept[j] = LOAD(step + (2 + 4 * j) * L);
    arriving[j] = LOAD(step + (3 + 4 * j) * L) * x->depot;
  }
  for (ptrdiff_t k = 0; k < count; k++) {
#pragma clang loop unroll(full)
    for (int j = 0; j < m; j++) {
      x->mode[j] = kept[j] * x->mode[j] + arriving[j];
      arriving[j] *= emptied;
    }
    x->depot *= emptied;
    out = read_level(m, x, out);
  }
  return out;
}

/* Not static: the choice of a generation of CPU would then be made while the library is loaded, before a sanitizer is up. */
THECAL_CLONES void thecal_mammillary_act(
    ptrdiff_t m, const double *system, const double *step, const thecal_action *action, double *memory) {
  const double *into = system + (1 + m) * L;
  const double value = action->value;
  walk_state x, aside;
  memcpy(&x, memory, sizeof x);
  memcpy(&aside, memory + sizeof x / sizeof *memory, sizeof aside);
  switch (action->kind) {
  case THECAL_REST:
    x.feed = SPLAT(0.0);
    for (int j = 0; j < m; j++) x.modeFeed[j] = SPLAT(0.0);
    break;
  case THECAL_ASIDE:
    aside = x;
    memset(&x, 0, sizeof x);
    break;
  case THECAL_CLEAR:
    memset(&x, 0, sizeof x);
    break;
  case THECAL_JOIN:
    x.depot += aside.depot;
    x.feed += aside.feed;
    for (int j = 0; j < m; j++) x.mode[j] += aside.mode[j], x.modeFeed[j] += aside.modeFeed[j];
    break;
  case THECAL_CLOSE:
    x.depot = x.depot / (1.0 - LOAD(step));
    for (int j = 0; j < m; j++) {
      const double *own = step + (2 + 4 * j) * L;
      /* 1 − e^−z from the mean of the decay, which does not cancel for slow modes. */
      const thecal_lanes gone = LOAD(system + (1 + j) * L) * value;
      thecal_lanes mean;
      mean_decay(&gone, &mean);
      x.mode[j] = (x.mode[j] + LOAD(own + L) * x.depot) / (gone * mean);
    }
    break;
  case THECAL_SETTLE:
    if (action->at == 0) x.depot += value / LOAD(system);
    for (int j = 0; j < m; j++) {
      const ptrdiff_t node = action->at == 0 ? 0 : action->at - 1;
      x.mode[j] += LOAD(into + (node * m + j) * L) * value / LOAD(system + (1 + j) * L);
    }
    break;
  }
  memcpy(memory, &x, sizeof x);
  memcpy(memory + sizeof x / sizeof *memory, &aside, sizeof aside);
}

THECAL_INLINE void walk(
    const int m, const int isFed, const double *system, const double *steps, ptrdiff_t count,
    const thecal_action *actions, int readings, double *memory, double *out) {
  const double *into = system + (1 + m) * L;
  walk_state x;
  memcpy(&x, memory, sizeof x);
  for (const thecal_action *action = actions; action < actions + count; action++) {
    const double *step = steps + (ptrdiff_t)action->at * (2 + 4 * m) * L;
    const double value = action->value;
    switch (action->kind) {
    case THECAL_ADVANCE:
      advance(m, isFed, step, &x);
      break;
    case THECAL_READ:
      out = readings ? read_amounts(m, system, &x, out) : read_level(m, &x, out);
      break;
    case THECAL_COAST:
      if (!readings && !isFed) {
        out = coast(m, step, (ptrdiff_t)value, &x, out);
        break;
      }
      for (ptrdiff_t k = 0, n = (ptrdiff_t)value; k < n; k++) {
        advance(m, isFed, step, &x);
        out = readings ? read_amounts(m, system, &x, out) : read_level(m, &x, out);
      }
      break;
    case THECAL_GIVE:
      if (action->at == 0) {
        x.depot += value;
      } else {
        for (int j = 0; j < m; j++) x.mode[j] += LOAD(into + ((action->at - 1) * m + j) * L) * value;
      }
      break;
    case THECAL_FEED:
      if (action->at == 0) {
        x.feed += value;
      } else {
        for (int j = 0; j < m; j++) x.modeFeed[j] += LOAD(into + ((action->at - 1) * m + j) * L) * value;
      }
      break;
    default:
      memcpy(memory, &x, sizeof x);
      thecal_mammillary_act(m, system, step, action, memory);
      memcpy(&x, memory, sizeof x);
    }
  }
  memcpy(memory, &x, sizeof x);
}

THECAL_CLONES void thecal_mammillary_walk(
    ptrdiff_t modes, const double *system, const double *steps, ptrdiff_t count, const thecal_action *actions,
    int readings, int isFed, double *state, double *out) {
  if (modes == 1 && isFed) walk(1, 1, system, steps, count, actions, readings, state, out);
  if (modes == 2 && isFed) walk(2, 1, system, steps, count, actions, readings, state, out);
  if (modes == 3 && isFed) walk(3, 1, system, steps, count, actions, readings, state, out);
  if (modes == 1 && !isFed) walk(1, 0, system, steps, count, actions, readings, state, out);
  if (modes == 2 && !isFed) walk(2, 0, system, steps, count, actions, readings, state, out);
  if (modes == 3 && !isFed) walk(3, 0, system, steps, count, actions, readings, state, out);
}
