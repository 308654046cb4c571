#include "linear_ode.h"

#include <cvode/cvode.h>
#include <nvector/nvector_serial.h>
#include <sunlinsol/sunlinsol_dense.h>
#include <sunmatrix/sunmatrix_dense.h>

typedef struct {
  ptrdiff_t n;
  const double *K, *feed;
} problem;

static int slope(realtype t, N_Vector y, N_Vector dy, void *data) {
  (void)t;
  const problem *p = data;
  for (ptrdiff_t i = 0; i < p->n; i++) {
    double sum = p->feed[i];
    for (ptrdiff_t j = 0; j < p->n; j++) sum += p->K[i * p->n + j] * NV_DATA_S(y)[j];
    NV_DATA_S(dy)[i] = sum;
  }
  return 0;
}

static int jacobian(
    realtype t, N_Vector y, N_Vector f, SUNMatrix J, void *data, N_Vector a, N_Vector b, N_Vector c) {
  (void)t, (void)y, (void)f, (void)a, (void)b, (void)c;
  const problem *p = data;
  for (ptrdiff_t i = 0; i < p->n; i++) {
    for (ptrdiff_t j = 0; j < p->n; j++) SM_ELEMENT_D(J, i, j) = p->K[i * p->n + j];
  }
  return 0;
}

int thecal_linear_ode(
    ptrdiff_t n, const double *K, const double *feed, double span, double rtol, double atol, double *y) {
  SUNContext context;
  if (SUNContext_Create(NULL, &context)) return -1;
  problem p = {n, K, feed};
  N_Vector state = N_VMake_Serial(n, y, context);
  void *memory = CVodeCreate(CV_BDF, context);
  SUNMatrix J = SUNDenseMatrix(n, n, context);
  SUNLinearSolver solver = SUNLinSol_Dense(state, J, context);
  CVodeInit(memory, slope, 0, state);
  CVodeSetUserData(memory, &p);
  CVodeSStolerances(memory, rtol, atol);
  CVodeSetLinearSolver(memory, solver, J);
  CVodeSetJacFn(memory, jacobian);
  CVodeSetMaxNumSteps(memory, 1000000);
  CVodeSetStopTime(memory, span);
  realtype reached;
  const int flag = CVode(memory, span, state, &reached, CV_NORMAL);
  CVodeFree(&memory);
  SUNLinSolFree(solver);
  SUNMatDestroy(J);
  N_VDestroy(state);
  SUNContext_Free(&context);
  return flag < 0 ? flag : 0;
}
