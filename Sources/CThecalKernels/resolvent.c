#include "CThecalKernels.h"
#include "dispatch.h"

/* Elimination without subtraction. Of the pivot of node i, p = e + onward, the part e is kept apart: what
   leaves node i and everything before it for good (loss, z V, side nodes, and what the nodes before i do not
   send back). Then e_i = own_i + back · e_{i−1} / p_{i−1}; for z ≥ 0 every term is positive and nothing
   cancels, however stiff the chain. Thomas' algorithm on the diagonal itself loses ‖M‖ ε instead. */

enum { Q = THECAL_INTERLEAVE, L = THECAL_LANES };

ptrdiff_t thecal_resolvent_work(ptrdiff_t nodes, ptrdiff_t sources) {
  return nodes * (2 + 2 * sources) * Q * L;
}

typedef struct {
  thecal_lanes re, im;
} complex_lanes;

#define COEFFICIENT(array, i) (lanes ? LOAD((array) + (i) * L) : SPLAT((array)[i]))

#define WEIGHT(probes, entry) \
  ((probes)->lane_weight ? LOAD((probes)->lane_weight + (entry) * L) : SPLAT((probes)->entries[entry].weight))

/* What leaves node i for good by itself: loss, z V, and through each side layer into · s / (out + s) with
   s = loss + z V of the side node. */
THECAL_INLINE complex_lanes own(
    const thecal_chain *c, ptrdiff_t i, const int lanes, const thecal_lanes *shift_re,
    const thecal_lanes *shift_im) {
  const thecal_lanes zr = *shift_re, zi = *shift_im;
  const thecal_lanes v = COEFFICIENT(c->volume, i);
  complex_lanes sum = {COEFFICIENT(c->loss, i) + zr * v, zi * v};
  const ptrdiff_t length = c->nodes * (lanes ? L : 1);
  for (ptrdiff_t k = 0; k < c->layers; k++) {
    const double *side = c->side + 4 * k * length;
    const thecal_lanes sv = COEFFICIENT(side, i), into = COEFFICIENT(side + length, i);
    const thecal_lanes out = COEFFICIENT(side + 2 * length, i);
    const thecal_lanes sr = COEFFICIENT(side + 3 * length, i) + zr * sv, si = zi * sv;
    const thecal_lanes pr = out + sr, scale = into / (pr * pr + si * si);
    sum.re += scale * (sr * pr + si * si);
    sum.im += scale * (si * pr - sr * si);
  }
  return sum;
}

/* The concentration of side node (i, layer) per concentration of node i: into / (out + loss + z V). */
THECAL_INLINE complex_lanes side_ratio(
    const thecal_chain *c, ptrdiff_t i, ptrdiff_t layer, const int lanes, const thecal_lanes *shift_re,
    const thecal_lanes *shift_im) {
  const thecal_lanes zr = *shift_re, zi = *shift_im;
  const ptrdiff_t length = c->nodes * (lanes ? L : 1);
  const double *side = c->side + 4 * layer * length;
  const thecal_lanes sv = COEFFICIENT(side, i), into = COEFFICIENT(side + length, i);
  const thecal_lanes pr = COEFFICIENT(side + 2 * length, i) + COEFFICIENT(side + 3 * length, i) + zr * sv;
  const thecal_lanes pi = zi * sv, scale = into / (pr * pr + pi * pi);
  return (complex_lanes){scale * pr, -scale * pi};
}

/* Forward elimination of Q groups of lanes; `work` row: Q inverses, then per source Q values p⁻¹ g. */
THECAL_INLINE void eliminate(
    const thecal_chain *c, const int lanes, const ptrdiff_t sources, const double *source,
    const thecal_lanes *zr, const thecal_lanes *zi, double *work) {
  const ptrdiff_t n = c->nodes, row = (2 + 2 * sources) * Q * L;
  const thecal_lanes zero = SPLAT(0.0);
  complex_lanes kept[Q];
  for (int q = 0; q < Q; q++) kept[q] = (complex_lanes){zero, zero};
  for (ptrdiff_t i = 0; i < n; i++) {
    const thecal_lanes f = i + 1 < n ? COEFFICIENT(c->onward, i) : zero;
    const thecal_lanes b = i > 0 ? COEFFICIENT(c->back, i - 1) : zero;
    const thecal_lanes before = i > 0 ? COEFFICIENT(c->onward, i - 1) : zero;
    double *w = work + i * row;
#pragma clang loop unroll(full)
    for (int q = 0; q < Q; q++) {
      complex_lanes e = own(c, i, lanes, zr + q, zi + q);
      e.re += b * kept[q].re;
      e.im += b * kept[q].im;
      const thecal_lanes pr = e.re + f, pi = e.im;
      const thecal_lanes r = 1.0 / (pr * pr + pi * pi);
      const thecal_lanes ir = pr * r, ii = -pi * r;
      kept[q].re = e.re * ir - e.im * ii;
      kept[q].im = e.re * ii + e.im * ir;
      STORE(w + 2 * q * L, ir);
      STORE(w + (2 * q + 1) * L, ii);
      for (ptrdiff_t s = 0; s < sources; s++) {
        double *u = w + (2 * Q * (s + 1) + 2 * q) * L;
        thecal_lanes gr = COEFFICIENT(source + s * n * (lanes ? L : 1), i), gi = zero;
        if (i > 0) {
          gr += before * LOAD(u - row);
          gi += before * LOAD(u - row + L);
        }
        STORE(u, ir * gr - ii * gi);
        STORE(u + L, ir * gi + ii * gr);
      }
    }
  }
}

/* Back substitution for one source, adding each probed value where it is met. */
THECAL_INLINE void substitute(
    const thecal_chain *c, const int lanes, const ptrdiff_t sources, const ptrdiff_t s,
    const thecal_lanes *zr, const thecal_lanes *zi, const double *work, const thecal_probes *probes,
    const thecal_layout *layout, double *out) {
  const ptrdiff_t n = c->nodes, row = (2 + 2 * sources) * Q * L;
  const ptrdiff_t step = layout->shift * (lanes ? 1 : L);
  const thecal_lanes zero = SPLAT(0.0);
  complex_lanes x[Q];
  for (int q = 0; q < Q; q++) x[q] = (complex_lanes){zero, zero};
  ptrdiff_t next = 0;
  for (ptrdiff_t i = n - 1; i >= 0 && next < probes->count; i--) {
    const thecal_lanes b = i + 1 < n ? COEFFICIENT(c->back, i) : zero;
    const double *w = work + i * row;
#pragma clang loop unroll(full)
    for (int q = 0; q < Q; q++) {
      const double *u = w + (2 * Q * (s + 1) + 2 * q) * L;
      const thecal_lanes ir = LOAD(w + 2 * q * L), ii = LOAD(w + (2 * q + 1) * L);
      const thecal_lanes xr = b * x[q].re, xi = b * x[q].im;
      x[q].re = LOAD(u) + (ir * xr - ii * xi);
      x[q].im = LOAD(u + L) + (ir * xi + ii * xr);
    }
    for (; next < probes->count && probes->entries[next].row == i; next++) {
      const thecal_entry *entry = probes->entries + next;
      double *re = out + entry->probe * layout->probe + s * layout->source, *im = re + layout->imaginary;
      const thecal_lanes weight = WEIGHT(probes, next);
      for (int q = 0; q < Q; q++) {
        complex_lanes value = x[q];
        if (entry->layer >= 0) {
          const complex_lanes k = side_ratio(c, i, entry->layer, lanes, zr + q, zi + q);
          value = (complex_lanes){k.re * x[q].re - k.im * x[q].im, k.re * x[q].im + k.im * x[q].re};
        }
        STORE(re + q * step, LOAD(re + q * step) + weight * value.re);
        STORE(im + q * step, LOAD(im + q * step) + weight * value.im);
      }
    }
  }
}

THECAL_INLINE void resolvent(
    const thecal_chain *c, const int lanes, const ptrdiff_t sources, const double *source,
    const ptrdiff_t shifts, const double *shift_re, const double *shift_im, const thecal_probes *probes,
    const thecal_layout *layout, double *work, double *out) {
  const ptrdiff_t size = 2 * probes->probes * sources * shifts * (lanes ? L : 1);
  for (ptrdiff_t k = 0; k < size; k++) out[k] = 0;
  const ptrdiff_t step = lanes ? Q : Q * L;
  for (ptrdiff_t first = 0; first < shifts; first += step) {
    thecal_lanes zr[Q], zi[Q];
    for (int q = 0; q < Q; q++) {
      zr[q] = lanes ? SPLAT(shift_re[first + q]) : LOAD(shift_re + first + q * L);
      zi[q] = lanes ? SPLAT(shift_im[first + q]) : LOAD(shift_im + first + q * L);
    }
    eliminate(c, lanes, sources, source, zr, zi, work);
    for (ptrdiff_t s = 0; s < sources; s++) {
      substitute(c, lanes, sources, s, zr, zi, work, probes, layout, out + first * layout->shift);
    }
  }
}

THECAL_CLONES void thecal_resolvent(
    const thecal_chain *chain, ptrdiff_t sources, const double *source, ptrdiff_t shifts,
    const double *shift_re, const double *shift_im, const thecal_probes *probes, const thecal_layout *layout,
    double *work, double *out) {
  if (sources == 1) {
    resolvent(chain, 0, 1, source, shifts, shift_re, shift_im, probes, layout, work, out);
  } else {
    resolvent(chain, 0, sources, source, shifts, shift_re, shift_im, probes, layout, work, out);
  }
}

THECAL_CLONES void thecal_resolvent_lanes(
    const thecal_chain *chain, ptrdiff_t sources, const double *source, ptrdiff_t shifts,
    const double *shift_re, const double *shift_im, const thecal_probes *probes, const thecal_layout *layout,
    double *work, double *out) {
  if (sources == 1) {
    resolvent(chain, 1, 1, source, shifts, shift_re, shift_im, probes, layout, work, out);
  } else {
    resolvent(chain, 1, sources, source, shifts, shift_re, shift_im, probes, layout, work, out);
  }
}

ptrdiff_t thecal_adjoint_work(ptrdiff_t nodes, ptrdiff_t sources) {
  return thecal_resolvent_work(nodes, sources) + nodes * 2 * Q * L;
}

/* Replaces what elimination left of source s by its solution X. */
THECAL_INLINE void solve_in_place(
    const thecal_chain *c, const ptrdiff_t sources, const ptrdiff_t s, double *work) {
  const ptrdiff_t n = c->nodes, row = (2 + 2 * sources) * Q * L;
  for (ptrdiff_t i = n - 2; i >= 0; i--) {
    const thecal_lanes b = LOAD(c->back + i * L);
    const double *w = work + i * row;
#pragma clang loop unroll(full)
    for (int q = 0; q < Q; q++) {
      double *u = work + i * row + (2 * Q * (s + 1) + 2 * q) * L;
      const thecal_lanes ir = LOAD(w + 2 * q * L), ii = LOAD(w + (2 * q + 1) * L);
      const thecal_lanes xr = b * LOAD(u + row), xi = b * LOAD(u + row + L);
      STORE(u, LOAD(u) + (ir * xr - ii * xi));
      STORE(u + L, LOAD(u + L) + (ir * xi + ii * xr));
    }
  }
}

/* The forward half of the adjoint: the transposed matrix has the same pivots, with back and onward exchanged. `held`
   holds Q values per row. Each probe's own part of the gradient falls off on the way. */
THECAL_INLINE void adjoin(
    const thecal_chain *c, const ptrdiff_t sources, const ptrdiff_t s, const thecal_probes *probes,
    const thecal_layout *layout, const double *gamma, const double *work, double *held, double *by_weight) {
  const ptrdiff_t n = c->nodes, row = (2 + 2 * sources) * Q * L;
  const thecal_lanes zero = SPLAT(0.0);
  complex_lanes v[Q];
  for (int q = 0; q < Q; q++) v[q] = (complex_lanes){zero, zero};
  ptrdiff_t next = probes->count - 1;
  for (ptrdiff_t i = 0; i < n; i++) {
    const thecal_lanes b = i > 0 ? LOAD(c->back + (i - 1) * L) : zero;
    const double *w = work + i * row;
    complex_lanes g[Q];
    for (int q = 0; q < Q; q++) g[q] = (complex_lanes){b * v[q].re, b * v[q].im};
    for (; next >= 0 && probes->entries[next].row == i; next--) {
      const thecal_lanes weight = WEIGHT(probes, next);
      const double *re = gamma + probes->entries[next].probe * layout->probe + s * layout->source;
      const double *im = re + layout->imaginary;
      thecal_lanes sum = LOAD(by_weight + next * L);
      for (int q = 0; q < Q; q++) {
        /* Re(x) counts gamma_re times and Im(x) gamma_im times: the real part of (gamma_re − i gamma_im) x. */
        const thecal_lanes gr = LOAD(re + q * layout->shift), gi = -LOAD(im + q * layout->shift);
        const double *x = w + (2 * Q * (s + 1) + 2 * q) * L;
        sum += gr * LOAD(x) - gi * LOAD(x + L);
        g[q].re += weight * gr;
        g[q].im += weight * gi;
      }
      STORE(by_weight + next * L, sum);
    }
#pragma clang loop unroll(full)
    for (int q = 0; q < Q; q++) {
      const thecal_lanes ir = LOAD(w + 2 * q * L), ii = LOAD(w + (2 * q + 1) * L);
      v[q].re = ir * g[q].re - ii * g[q].im;
      v[q].im = ir * g[q].im + ii * g[q].re;
      STORE(held + (i * Q + q) * 2 * L, v[q].re);
      STORE(held + ((i * Q + q) * 2 + 1) * L, v[q].im);
    }
  }
}

/* The backward half, and what each number of the chain contributes: −Re(u · dA x) and Re(u · db). */
THECAL_INLINE void gather(
    const thecal_chain *c, const ptrdiff_t sources, const ptrdiff_t s, const thecal_lanes *zr,
    const thecal_lanes *zi, const double *work, const double *held, const thecal_gradient *out) {
  const ptrdiff_t n = c->nodes, row = (2 + 2 * sources) * Q * L;
  const thecal_lanes zero = SPLAT(0.0);
  complex_lanes u[Q], x[Q];
  for (int q = 0; q < Q; q++) u[q] = x[q] = (complex_lanes){zero, zero};
  for (ptrdiff_t i = n - 1; i >= 0; i--) {
    const int inner = i + 1 < n;
    const thecal_lanes f = inner ? LOAD(c->onward + i * L) : zero;
    const double *w = work + i * row;
    thecal_lanes loss = zero, volume = zero, onward = zero, back = zero, source = zero;
#pragma clang loop unroll(full)
    for (int q = 0; q < Q; q++) {
      const thecal_lanes ir = LOAD(w + 2 * q * L), ii = LOAD(w + (2 * q + 1) * L);
      const thecal_lanes tr = f * u[q].re, ti = f * u[q].im;
      const double *h = held + (i * Q + q) * 2 * L, *xs = w + (2 * Q * (s + 1) + 2 * q) * L;
      const complex_lanes here = {LOAD(h) + (ir * tr - ii * ti), LOAD(h + L) + (ir * ti + ii * tr)};
      const complex_lanes level = {LOAD(xs), LOAD(xs + L)};
      const thecal_lanes pr = here.re * level.re - here.im * level.im;
      const thecal_lanes pi = here.re * level.im + here.im * level.re;
      loss += pr;
      volume += zr[q] * pr - zi[q] * pi;
      source += here.re;
      const thecal_lanes dr = here.re - u[q].re, di = here.im - u[q].im;
      onward += level.re * dr - level.im * di;
      back -= x[q].re * dr - x[q].im * di;
      u[q] = here;
      x[q] = level;
    }
    STORE(out->loss + i * L, LOAD(out->loss + i * L) - loss);
    STORE(out->volume + i * L, LOAD(out->volume + i * L) - volume);
    STORE(out->source + (s * n + i) * L, LOAD(out->source + (s * n + i) * L) + source);
    if (inner) {
      STORE(out->onward + i * L, LOAD(out->onward + i * L) - onward);
      STORE(out->back + i * L, LOAD(out->back + i * L) - back);
    }
  }
}

THECAL_CLONES void thecal_adjoint_lanes(
    const thecal_chain *chain, ptrdiff_t sources, const double *source, ptrdiff_t shifts,
    const double *shift_re, const double *shift_im, const thecal_probes *probes, const thecal_layout *layout,
    const double *gamma, double *work, const thecal_gradient *gradient) {
  double *held = work + thecal_resolvent_work(chain->nodes, sources);
  for (ptrdiff_t first = 0; first < shifts; first += Q) {
    thecal_lanes zr[Q], zi[Q];
    for (int q = 0; q < Q; q++) {
      zr[q] = SPLAT(shift_re[first + q]);
      zi[q] = SPLAT(shift_im[first + q]);
    }
    eliminate(chain, 1, sources, source, zr, zi, work);
    for (ptrdiff_t s = 0; s < sources; s++) {
      solve_in_place(chain, sources, s, work);
      adjoin(chain, sources, s, probes, layout, gamma + first * layout->shift, work, held, gradient->weight);
      gather(chain, sources, s, zr, zi, work, held, gradient);
    }
  }
}

/* What the solution X of source s gains along one direction: A dX = db − dA X, with the pivots at hand. Each probe takes
   its share of dX, and of X where its weight changes. `isPlain` says that no volume and no source changes. */
THECAL_INLINE void follow(
    const thecal_chain *c, const ptrdiff_t sources, const ptrdiff_t s, const int isPlain, const thecal_lanes *zr,
    const thecal_lanes *zi, const double *work, const double *direction, const thecal_probes *probes,
    const thecal_layout *layout, double *held, double *out) {
  const ptrdiff_t n = c->nodes, row = (2 + 2 * sources) * Q * L;
  const double *d_volume = direction, *d_onward = d_volume + n * L, *d_back = d_onward + n * L;
  const double *d_loss = d_back + n * L, *d_source = d_loss + (1 + s) * n * L;
  const double *d_weight = d_loss + (1 + sources) * n * L;
  const thecal_lanes zero = SPLAT(0.0);
  complex_lanes u[Q], flux[Q];
  for (int q = 0; q < Q; q++) u[q] = flux[q] = (complex_lanes){zero, zero};
  for (ptrdiff_t i = 0; i < n; i++) {
    const int inner = i + 1 < n;
    const thecal_lanes before = i > 0 ? LOAD(c->onward + (i - 1) * L) : zero;
    const thecal_lanes forth = inner ? LOAD(d_onward + i * L) : zero, back = inner ? LOAD(d_back + i * L) : zero;
    const thecal_lanes loss = LOAD(d_loss + i * L), volume = isPlain ? zero : LOAD(d_volume + i * L);
    const thecal_lanes b = isPlain ? zero : LOAD(d_source + i * L);
    const double *w = work + i * row;
#pragma clang loop unroll(full)
    for (int q = 0; q < Q; q++) {
      const double *x = w + (2 * Q * (s + 1) + 2 * q) * L, *next = inner ? x + row : x;
      const thecal_lanes xr = LOAD(x), xi = LOAD(x + L);
      const thecal_lanes fr = forth * xr - back * LOAD(next), fi = forth * xi - back * LOAD(next + L);
      thecal_lanes gr, gi;
      if (isPlain) {
        gr = flux[q].re - loss * xr - fr + before * u[q].re;
        gi = flux[q].im - loss * xi - fi + before * u[q].im;
      } else {
        const thecal_lanes ar = loss + zr[q] * volume, ai = zi[q] * volume;
        gr = b - (ar * xr - ai * xi) - fr + flux[q].re + before * u[q].re;
        gi = flux[q].im - (ar * xi + ai * xr) - fi + before * u[q].im;
      }
      const thecal_lanes ir = LOAD(w + 2 * q * L), ii = LOAD(w + (2 * q + 1) * L);
      flux[q] = (complex_lanes){fr, fi};
      u[q] = (complex_lanes){ir * gr - ii * gi, ir * gi + ii * gr};
      STORE(held + (i * Q + q) * 2 * L, u[q].re);
      STORE(held + ((i * Q + q) * 2 + 1) * L, u[q].im);
    }
  }
  for (int q = 0; q < Q; q++) u[q] = (complex_lanes){zero, zero};
  ptrdiff_t next = 0;
  for (ptrdiff_t i = n - 1; i >= 0 && next < probes->count; i--) {
    const thecal_lanes b = i + 1 < n ? LOAD(c->back + i * L) : zero;
    const double *w = work + i * row;
#pragma clang loop unroll(full)
    for (int q = 0; q < Q; q++) {
      const thecal_lanes ir = LOAD(w + 2 * q * L), ii = LOAD(w + (2 * q + 1) * L);
      const thecal_lanes xr = b * u[q].re, xi = b * u[q].im;
      const double *h = held + (i * Q + q) * 2 * L;
      u[q].re = LOAD(h) + (ir * xr - ii * xi);
      u[q].im = LOAD(h + L) + (ir * xi + ii * xr);
    }
    for (; next < probes->count && probes->entries[next].row == i; next++) {
      double *re = out + probes->entries[next].probe * layout->probe + s * layout->source, *im = re + layout->imaginary;
      const thecal_lanes weight = WEIGHT(probes, next), change = LOAD(d_weight + next * L);
      for (int q = 0; q < Q; q++) {
        const double *x = w + (2 * Q * (s + 1) + 2 * q) * L;
        double *to = re + q * layout->shift, *too = im + q * layout->shift;
        STORE(to, LOAD(to) + weight * u[q].re + change * LOAD(x));
        STORE(too, LOAD(too) + weight * u[q].im + change * LOAD(x + L));
      }
    }
  }
}

/* What the probes show of the solution X of source s. */
THECAL_INLINE void show(
    const ptrdiff_t sources, const ptrdiff_t s, const double *work, const thecal_probes *probes,
    const thecal_layout *layout, double *out) {
  const ptrdiff_t row = (2 + 2 * sources) * Q * L;
  for (ptrdiff_t k = 0; k < probes->count; k++) {
    const thecal_entry *entry = probes->entries + k;
    double *re = out + entry->probe * layout->probe + s * layout->source, *im = re + layout->imaginary;
    const thecal_lanes weight = WEIGHT(probes, k);
    for (int q = 0; q < Q; q++) {
      const double *x = work + entry->row * row + (2 * Q * (s + 1) + 2 * q) * L;
      double *to = re + q * layout->shift, *too = im + q * layout->shift;
      STORE(to, LOAD(to) + weight * LOAD(x));
      STORE(too, LOAD(too) + weight * LOAD(x + L));
    }
  }
}

/* Whether all of `count` numbers are zero. */
static int are_zero(const double *numbers, ptrdiff_t count) {
  for (ptrdiff_t k = 0; k < count; k++) {
    if (numbers[k] != 0) return 0;
  }
  return 1;
}

THECAL_CLONES void thecal_tangent_lanes(
    const thecal_chain *chain, ptrdiff_t sources, const double *source, ptrdiff_t shifts,
    const double *shift_re, const double *shift_im, const thecal_probes *probes, const thecal_layout *layout,
    ptrdiff_t directions, const double *direction, double *work, double *out, double *gains) {
  double *held = work + thecal_resolvent_work(chain->nodes, sources);
  const ptrdiff_t length = thecal_tangent_length(chain->nodes, sources, probes->count);
  const ptrdiff_t size = 2 * probes->probes * sources * shifts * L;
  for (ptrdiff_t k = 0; k < size; k++) out[k] = 0;
  for (ptrdiff_t k = 0; k < directions * size; k++) gains[k] = 0;
  for (ptrdiff_t first = 0; first < shifts; first += Q) {
    thecal_lanes zr[Q], zi[Q];
    for (int q = 0; q < Q; q++) {
      zr[q] = SPLAT(shift_re[first + q]);
      zi[q] = SPLAT(shift_im[first + q]);
    }
    eliminate(chain, 1, sources, source, zr, zi, work);
    for (ptrdiff_t s = 0; s < sources; s++) {
      solve_in_place(chain, sources, s, work);
      show(sources, s, work, probes, layout, out + first * layout->shift);
      for (ptrdiff_t d = 0; d < directions; d++) {
        const double *own = direction + d * length;
        double *to = gains + d * size + first * layout->shift;
        const ptrdiff_t part = chain->nodes * L;
        if (are_zero(own, part) && are_zero(own + (4 + s) * part, part)) {
          follow(chain, sources, s, 1, zr, zi, work, own, probes, layout, held, to);
        } else {
          follow(chain, sources, s, 0, zr, zi, work, own, probes, layout, held, to);
        }
      }
    }
  }
}

ptrdiff_t thecal_tangent_length(ptrdiff_t nodes, ptrdiff_t sources, ptrdiff_t entries) {
  return ((4 + sources) * nodes + entries) * L;
}
