#pragma once
#include <stddef.h>
#include <stdint.h>

/* THECAL_LANES mammillary systems walked through time together, one per lane: a central node, up to two side
   nodes that exchange with it, and a depot that empties into it at a rate of its own. Everything is a sum of
   modes, so every step is exact whatever its length.

   Rows are THECAL_LANES numbers. With m modes (the central node and m − 1 side nodes):

     parameters  depot rate, volume and clearance of the central node, then exchange and volume of each side
                 node: 1 + 2 m rows
     system      1 + m + 2 m² rows: depot rate, the rates of the modes, what one unit in node k puts into mode j,
                 what mode j holds in node k
     steps       2 + 4 m rows per length of step
     state       4 + 4 m rows: amount in the depot and its feed, amplitudes of the modes and their feeds, and as
                 much again for a state set aside */

typedef struct {
  int32_t kind, at;
  double value;
} thecal_action;

enum {
  THECAL_ADVANCE, /* by the step of index `at` */
  THECAL_READ,    /* the next readings */
  THECAL_COAST,   /* `value` times the step of index `at`, with readings after each */
  THECAL_GIVE,    /* `value` into node `at`: 0 is the depot, 1 the central node */
  THECAL_FEED,    /* the feed of node `at` changes by `value` per time */
  THECAL_REST,    /* nothing is fed any more, to the last bit */
  THECAL_CLEAR,   /* everything is gone, feeds too */
  THECAL_ASIDE,   /* the state is set aside, and a clear one taken */
  THECAL_JOIN,    /* the state set aside is added */
  THECAL_CLOSE,   /* from what one cycle of length `at` has left, to what endless cycles leave */
  THECAL_SETTLE   /* what an endless feed of `value` into node `at` holds is added */
};

/* The modes of the systems with these parameters. With `readings` 0 a mode is measured by what it adds to the level
   of the central node, and what it holds is not to be asked. */
void thecal_mammillary_modes(ptrdiff_t modes, const double *parameters, int readings, double *system);

/* The coefficients of a step of length `span` into `step`; those of feeds only where `feeds` is not 0. */
void thecal_mammillary_step(ptrdiff_t modes, const double *system, double span, int feeds, double *step);

/* One of the rare acts (rest, clear, aside, join, close, settle) on the rows of the state: beside the others it would cost
   the loops of the walk their registers. `step` is that of the act. */
void thecal_mammillary_act(
    ptrdiff_t modes, const double *system, const double *step, const thecal_action *action, double *state);

/* Carries out `count` actions. With `readings` 0 every THECAL_READ writes the level of the central node, else
   the amounts in the depot and every node and then the level: m + 2 rows; the modes must have been found with the
   same `readings`. `isFed` says that feeds occur. */
void thecal_mammillary_walk(
    ptrdiff_t modes, const double *system, const double *steps, ptrdiff_t count, const thecal_action *actions,
    int readings, int isFed, double *state, double *out);
