/* Every call of thecal.h from eight threads at once, with handles of their own and with shared ones: what the thread
 * sanitizer and valgrind look at. Each thread gets what a single one gets. usage: threads FOLDER [ROUNDS]
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <thecal.h>

#define THREADS 8
#define COLUMNS 6

static const char *columns[COLUMNS] = {"patient_id", "drug", "dose", "unit", "frequency", "opioid_days"};
static const char *cells[2 * COLUMNS] = {"0001", "morphine",  "60", "mg", "bid", "30",
                                         "NA",   "oxycodone", "20", "mg", "q6h", "30"};
static const char table[] = "patient_id,drug,dose,unit,frequency,opioid_days\n0001,morphine,60,mg,bid,30\n";
static const char scenario[] = "drug: morphine\ncatheter: {tip: T10}\nprogram: [{at: 0 h, rate: 1 mg/day}]\ncells: 60\n"
                               "output: {every: 6 h, until: 1 day, at: [tip, L4]}\n";
static const char plan[] = "drug: baclofen\nindication: spasticity_spinal\nage_years: 40\n"
                           "screening: {bolus: 50 mcg, effect: 6 h}\ntarget: {dose: 300 mcg/day}\ndays: 10\n";
static const char spec[] = "scenario: base.yaml\ndesign: {method: saltelli, samples: 4, seed: 1}\n"
                           "parameters:\n  loss: {lognormal: {median: 3.0e-5 1/s, cv: 40 %}}\n"
                           "  dispersion_c1: {lognormal: {median: 0.67 cm2/s, gsd: 2}}\noutputs: [csf, steady]\n";

static const char *folder;
static int rounds = 3;
static thecal_converter *shared;
static char *expected[5];

static void fail(const char *what, thecal_status status, const thecal_result *result) {
  fprintf(stderr, "%s: %d %s\n", what, (int)status, thecal_message(result));
  exit(1);
}

/* The text of a result that must have gone well, or all its cells; the result is freed. */
static char *taken(const char *what, thecal_status status, thecal_result *result) {
  if (status > THECAL_BLOCKED) fail(what, status, result);
  const char *text = "";
  size_t length = 0;
  if (thecal_cells(result, &text, &length) != THECAL_OK) thecal_text(result, &text, &length);
  char *copy = malloc(length + 1);
  if (copy == NULL) exit(1);
  memcpy(copy, text, length);
  copy[length] = 0;
  thecal_free(result);
  for (size_t k = 0; k < length; k++) {
    if (copy[k] == 0) copy[k] = '\n';
  }
  return copy;
}

static const char *const risk[] = {"drug=morphine", "dose=0.3 mg", "regimen=single", "patients=8"};

static char *call(int which) {
  thecal_result *result = NULL;
  thecal_status status;
  switch (which) {
    case 0: status = thecal_convert(table, sizeof table - 1, "csv", &result); break;
    case 1: status = thecal_converter_convert(shared, cells, 2, &result); break;
    case 2: status = thecal_titrate(plan, sizeof plan - 1, NULL, 0, &result); break;
    case 3: status = thecal_risk(risk, 4, &result); break;
    default: {
      status = thecal_simulate(scenario, sizeof scenario - 1, &result);
      size_t rows = 0, width = 0;
      if (status != THECAL_OK) fail("simulate", status, result);
      thecal_shape(result, &rows, &width);
      double *levels = malloc(rows * width * sizeof *levels);
      char *text = malloc(rows * width * 32 + 1);
      if (levels == NULL || text == NULL || rows * width == 0) exit(1);
      thecal_levels_ng_per_mL(result, levels, rows * width);
      text[0] = 0;
      for (size_t k = 0, at = 0; k < rows * width; k++) at += (size_t)sprintf(text + at, "%.17g ", levels[k]);
      free(levels);
      thecal_free(result);
      return text;
    }
  }
  return taken("call", status, result);
}

static void sweep(long thread, int round) {
  char path[512];
  snprintf(path, sizeof path, "%s/sweep-%ld-%d.nc", folder, thread, round);
  thecal_file file = {"base.yaml", scenario, sizeof scenario - 1};
  thecal_result *result = NULL;
  thecal_status status = thecal_sweep(spec, sizeof spec - 1, &file, 1, path, 1, 1, 1 + (int)(thread % 2), 0, &result);
  if (status != THECAL_OK) fail("sweep", status, result);
  thecal_free(result);
  status = thecal_sensitivity(path, &result);
  free(taken("sensitivity", status, result));
  remove(path);
}

static void *work(void *argument) {
  long thread = (long)argument;
  for (int round = 0; round < rounds; round++) {
    for (int which = 0; which < 5; which++) {
      char *found = call(which);
      if (strcmp(found, expected[which]) != 0) {
        fprintf(stderr, "thread %ld, call %d: not what one thread gets\n", thread, which);
        exit(1);
      }
      free(found);
    }
    sweep(thread, round);
  }
  return NULL;
}

int main(int count, char **arguments) {
  if (count < 2) return THECAL_USAGE;
  folder = arguments[1];
  if (count > 2) rounds = atoi(arguments[2]);
  thecal_result *result = NULL;
  thecal_status status = thecal_converter_new(columns, COLUMNS, NULL, NULL, &shared, &result);
  if (status != THECAL_OK) fail("converter", status, result);
  thecal_free(result);
  for (int which = 0; which < 5; which++) expected[which] = call(which);
  pthread_t threads[THREADS];
  for (long k = 0; k < THREADS; k++) {
    if (pthread_create(&threads[k], NULL, work, (void *)k) != 0) return 1;
  }
  for (int k = 0; k < THREADS; k++) pthread_join(threads[k], NULL);
  for (int which = 0; which < 5; which++) free(expected[which]);
  thecal_converter_free(shared);
  printf("%d threads, %d rounds: each gets what one gets\n", THREADS, rounds);
  return 0;
}
