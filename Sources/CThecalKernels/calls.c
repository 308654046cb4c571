#include "CThecalKernels.h"

void thecal_resolvent_of(
    ptrdiff_t nodes, ptrdiff_t layers, const double *volume, const double *onward, const double *back,
    const double *loss, const double *side, ptrdiff_t sources, const double *source, ptrdiff_t shifts,
    const double *shift_re, const double *shift_im, ptrdiff_t entries, const thecal_entry *entry,
    ptrdiff_t probes, thecal_layout layout, double *work, double *out) {
  const thecal_chain chain = {nodes, layers, volume, onward, back, loss, side};
  const thecal_probes list = {entries, entry, probes, 0};
  thecal_resolvent(&chain, sources, source, shifts, shift_re, shift_im, &list, &layout, work, out);
}

void thecal_resolvent_lanes_of(
    ptrdiff_t nodes, const double *volume, const double *onward, const double *back, const double *loss,
    ptrdiff_t sources, const double *source, ptrdiff_t shifts, const double *shift_re,
    const double *shift_im, ptrdiff_t entries, const thecal_entry *entry, const double *lane_weight,
    ptrdiff_t probes, thecal_layout layout, double *work, double *out) {
  const thecal_chain chain = {nodes, 0, volume, onward, back, loss, 0};
  const thecal_probes list = {entries, entry, probes, lane_weight};
  thecal_resolvent_lanes(&chain, sources, source, shifts, shift_re, shift_im, &list, &layout, work, out);
}

void thecal_adjoint_lanes_of(
    ptrdiff_t nodes, const double *volume, const double *onward, const double *back, const double *loss,
    ptrdiff_t sources, const double *source, ptrdiff_t shifts, const double *shift_re,
    const double *shift_im, ptrdiff_t entries, const thecal_entry *entry, const double *lane_weight,
    ptrdiff_t probes, thecal_layout layout, const double *gamma, double *work, double *g_volume,
    double *g_onward, double *g_back, double *g_loss, double *g_source, double *g_weight) {
  const thecal_chain chain = {nodes, 0, volume, onward, back, loss, 0};
  const thecal_probes list = {entries, entry, probes, lane_weight};
  const thecal_gradient gradient = {g_volume, g_onward, g_back, g_loss, g_source, g_weight};
  thecal_adjoint_lanes(
      &chain, sources, source, shifts, shift_re, shift_im, &list, &layout, gamma, work, &gradient);
}

void thecal_tangent_lanes_of(
    ptrdiff_t nodes, const double *volume, const double *onward, const double *back, const double *loss,
    ptrdiff_t sources, const double *source, ptrdiff_t shifts, const double *shift_re,
    const double *shift_im, ptrdiff_t entries, const thecal_entry *entry, const double *lane_weight,
    ptrdiff_t probes, thecal_layout layout, ptrdiff_t directions, const double *direction, double *work,
    double *out, double *gains) {
  const thecal_chain chain = {nodes, 0, volume, onward, back, loss, 0};
  const thecal_probes list = {entries, entry, probes, lane_weight};
  thecal_tangent_lanes(
      &chain, sources, source, shifts, shift_re, shift_im, &list, &layout, directions, direction, work, out, gains);
}
