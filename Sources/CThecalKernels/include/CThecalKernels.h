#pragma once
#include <stddef.h>

#include "thecal_mammillary.h"

/* The innermost loops of ThecalSolvers. They know no medicine, allocate nothing, keep no state, and are
   compiled several times, for each generation of CPU; the dynamic loader picks one at start-up.

   A chain is a row of nodes. Node i has `volume[i]`; `onward[i]` is the clearance from node i to node i + 1,
   `back[i]` from node i + 1 to node i, `loss[i]` the clearance out of the chain. Beside every node there may
   be one node of each of `layers` side layers: `side` holds, layer after layer, the four arrays volume, into,
   out and loss. Single: one number per row. Lanes: THECAL_LANES numbers per row, one per parameter set. */

#define THECAL_LANES 8
/* Groups of lanes that are eliminated together, so that one group's division hides behind another's. */
#define THECAL_INTERLEAVE 4

typedef struct {
  ptrdiff_t nodes;
  ptrdiff_t layers;
  const double *volume, *onward, *back, *loss;
  const double *side;
} thecal_chain;

/* A weight on the concentration of one node: `layer` is −1 for the chain, else the side layer. Entries are
   sorted by `row`, falling; the entries of one `probe` are added up. */
typedef struct {
  ptrdiff_t row, layer, probe;
  double weight;
} thecal_entry;

typedef struct {
  ptrdiff_t count;
  const thecal_entry *entries;
  ptrdiff_t probes;
  /* Where the lanes read at different places: THECAL_LANES weights per entry, in place of the entry's own. */
  const double *lane_weight;
} thecal_probes;

/* Where results go: out[probe · p + source · s + shift · z (+ imaginary)] (+ lane). In the single form
   `shift` is 1 and the lanes are consecutive shifts. */
typedef struct {
  ptrdiff_t probe, source, shift, imaginary;
} thecal_layout;

/* Number of doubles of workspace that the resolvents need. */
ptrdiff_t thecal_resolvent_work(ptrdiff_t nodes, ptrdiff_t sources);

/* Probes of the solutions X of (z V − M) X = S for `shifts` complex numbers z (a multiple of THECAL_LANES ×
   THECAL_INTERLEAVE) and one chain. `source` is [source][row]. `out` holds 2 · probes · sources · shifts. */
void thecal_resolvent(
    const thecal_chain *chain, ptrdiff_t sources, const double *source, ptrdiff_t shifts,
    const double *shift_re, const double *shift_im, const thecal_probes *probes, const thecal_layout *layout,
    double *work, double *out);

/* The same for THECAL_LANES chains at once and `shifts` (a multiple of THECAL_INTERLEAVE) numbers z shared by
   them. `source` is [source][row][lane]; `out` holds as much per lane. */
void thecal_resolvent_lanes(
    const thecal_chain *chain, ptrdiff_t sources, const double *source, ptrdiff_t shifts,
    const double *shift_re, const double *shift_im, const thecal_probes *probes, const thecal_layout *layout,
    double *work, double *out);

/* What a weighted sum of the probed values gains per unit of each number of THECAL_LANES chains, by the adjoint of the
   same systems: with X as of `thecal_resolvent_lanes` and `gamma` laid out as its `out`, the sum is Σ gamma_re Re(X) +
   gamma_im Im(X). Each array holds [row][lane], `source` of them [source][row][lane], `weight` [entry][lane]; what is
   found is added. `work` holds thecal_adjoint_work doubles. */
typedef struct {
  double *volume, *onward, *back, *loss, *source, *weight;
} thecal_gradient;

ptrdiff_t thecal_adjoint_work(ptrdiff_t nodes, ptrdiff_t sources);

void thecal_adjoint_lanes(
    const thecal_chain *chain, ptrdiff_t sources, const double *source, ptrdiff_t shifts,
    const double *shift_re, const double *shift_im, const thecal_probes *probes, const thecal_layout *layout,
    const double *gamma, double *work, const thecal_gradient *gradient);

/* The same as thecal_resolvent_lanes, and what it gives gains along each of `directions`, by the tangents of the same systems:
   one elimination serves all. A direction is
   thecal_tangent_length doubles: the changes of volume, onward, back and loss, each [row][lane], of the sources,
   [source][row][lane], and of the entries' weights, [entry][lane]. `gains` holds, direction after direction, as
   much as `out`; `work` holds thecal_adjoint_work doubles. */
ptrdiff_t thecal_tangent_length(ptrdiff_t nodes, ptrdiff_t sources, ptrdiff_t entries);

void thecal_tangent_lanes(
    const thecal_chain *chain, ptrdiff_t sources, const double *source, ptrdiff_t shifts,
    const double *shift_re, const double *shift_im, const thecal_probes *probes, const thecal_layout *layout,
    ptrdiff_t directions, const double *direction, double *work, double *out, double *gains);

/* Exponential fitting of `count` faces (Scharfetter–Gummel): with z = flow / conductance, onward = conductance
   · B(−z) and back = conductance · B(z), where B(z) = z / (e^z − 1). Exact to 4 units in the last place. */
void thecal_exponential_fitting(
    ptrdiff_t count, const double *conductance, const double *flow, double *onward, double *back);

/* factor[k] ← factor[k] · turn[k] for `count` complex numbers. */
void thecal_rotate(
    ptrdiff_t count, double *factor_re, double *factor_im, const double *turn_re, const double *turn_im);

/* out[k] = exp(rate[k] · span) for `count` complex numbers. */
void thecal_turns(
    ptrdiff_t count, const double *rate_re, const double *rate_im, double span, double *re, double *im);

/* The same calls with the arrays one by one, as Swift passes them without closures. */
void thecal_resolvent_of(
    ptrdiff_t nodes, ptrdiff_t layers, const double *volume, const double *onward, const double *back,
    const double *loss, const double *side, ptrdiff_t sources, const double *source, ptrdiff_t shifts,
    const double *shift_re, const double *shift_im, ptrdiff_t entries, const thecal_entry *entry,
    ptrdiff_t probes, thecal_layout layout, double *work, double *out);

void thecal_resolvent_lanes_of(
    ptrdiff_t nodes, const double *volume, const double *onward, const double *back, const double *loss,
    ptrdiff_t sources, const double *source, ptrdiff_t shifts, const double *shift_re,
    const double *shift_im, ptrdiff_t entries, const thecal_entry *entry, const double *lane_weight,
    ptrdiff_t probes, thecal_layout layout, double *work, double *out);

void thecal_adjoint_lanes_of(
    ptrdiff_t nodes, const double *volume, const double *onward, const double *back, const double *loss,
    ptrdiff_t sources, const double *source, ptrdiff_t shifts, const double *shift_re,
    const double *shift_im, ptrdiff_t entries, const thecal_entry *entry, const double *lane_weight,
    ptrdiff_t probes, thecal_layout layout, const double *gamma, double *work, double *g_volume,
    double *g_onward, double *g_back, double *g_loss, double *g_source, double *g_weight);

void thecal_tangent_lanes_of(
    ptrdiff_t nodes, const double *volume, const double *onward, const double *back, const double *loss,
    ptrdiff_t sources, const double *source, ptrdiff_t shifts, const double *shift_re,
    const double *shift_im, ptrdiff_t entries, const thecal_entry *entry, const double *lane_weight,
    ptrdiff_t probes, thecal_layout layout, ptrdiff_t directions, const double *direction, double *work,
    double *out, double *gains);
