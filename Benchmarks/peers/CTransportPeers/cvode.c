#include <cvode/cvode.h>
#include <nvector/nvector_serial.h>
#include <string.h>
#include <sundials/sundials_version.h>
#include <sunlinsol/sunlinsol_band.h>
#include <sunmatrix/sunmatrix_band.h>

#include "CTransportPeers.h"

typedef struct {
  const peer_chain *chain;
  double rate;
} problem;

static int slope(realtype t, N_Vector y, N_Vector dy, void *data) {
  (void)t;
  const problem *p = data;
  const peer_chain *c = p->chain;
  const double *x = NV_DATA_S(y);
  double *d = NV_DATA_S(dy), carried = 0;
  for (ptrdiff_t i = 0; i < c->nodes; i++) {
    const double next = i + 1 < c->nodes ? c->onward[i] * x[i] - c->back[i] * x[i + 1] : 0;
    d[i] = (carried - next - c->loss[i] * x[i] + p->rate * c->source[i]) / c->volume[i];
    carried = next;
  }
  return 0;
}

static int jacobian(
    realtype t, N_Vector y, N_Vector f, SUNMatrix J, void *data, N_Vector a, N_Vector b, N_Vector e) {
  (void)t, (void)y, (void)f, (void)a, (void)b, (void)e;
  const peer_chain *c = ((const problem *)data)->chain;
  for (ptrdiff_t i = 0; i < c->nodes; i++) {
    double out = c->loss[i];
    if (i + 1 < c->nodes) {
      out += c->onward[i];
      SM_ELEMENT_B(J, i + 1, i) = c->onward[i] / c->volume[i + 1];
      SM_ELEMENT_B(J, i, i + 1) = c->back[i] / c->volume[i];
    }
    if (i > 0) out += c->back[i - 1];
    SM_ELEMENT_B(J, i, i) = -out / c->volume[i];
  }
  return 0;
}

long peer_cvode(
    const peer_chain *chain, double rtol, double atol, ptrdiff_t changes, const double *times,
    const double *rates, ptrdiff_t readings, double every, ptrdiff_t probes, const long *node,
    const double *weight, double *values) {
  SUNContext context;
  if (SUNContext_Create(NULL, &context)) return -1;
  problem p = {chain, 0};
  N_Vector y = N_VNew_Serial(chain->nodes, context);
  N_VConst(0, y);
  void *memory = CVodeCreate(CV_BDF, context);
  SUNMatrix J = SUNBandMatrix(chain->nodes, 1, 1, context);
  SUNLinearSolver solver = SUNLinSol_Band(y, J, context);
  CVodeInit(memory, slope, 0, y);
  CVodeSetUserData(memory, &p);
  CVodeSStolerances(memory, rtol, atol);
  CVodeSetLinearSolver(memory, solver, J);
  CVodeSetJacFn(memory, jacobian);
  CVodeSetMaxNumSteps(memory, 1000000);
  long total = 0, failed = 0;
  ptrdiff_t next = 0;
  for (ptrdiff_t r = 0; r < readings && !failed; r++) {
    const double now = r * every;
    realtype reached;
    if (r > 0) failed = CVode(memory, now, y, &reached, CV_NORMAL) < 0;
    for (ptrdiff_t k = 0; k < probes; k++) {
      const double *x = NV_DATA_S(y);
      values[k * readings + r] = weight[2 * k] * x[node[2 * k]] + weight[2 * k + 1] * x[node[2 * k + 1]];
    }
    if (next < changes && times[next] == now) {
      long steps = 0;
      CVodeGetNumSteps(memory, &steps);
      total += steps;
      p.rate = rates[next++];
      CVodeReInit(memory, now, y);
      CVodeSetStopTime(memory, next < changes ? times[next] : readings * every);
    }
  }
  long steps = 0;
  CVodeGetNumSteps(memory, &steps);
  total += steps;
  CVodeFree(&memory);
  SUNLinSolFree(solver);
  SUNMatDestroy(J);
  N_VDestroy(y);
  SUNContext_Free(&context);
  return failed ? -1 : total;
}

const char *peer_sundials_version(void) {
  static char version[64];
  SUNDIALSGetVersion(version, sizeof version);
  return version;
}
