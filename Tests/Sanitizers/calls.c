/* One converter, a million patients: no file, no memory that stays, and no parsing of what does not change.
 * usage: calls COUNT
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <thecal.h>
#include <time.h>

static long resident(void) {
  struct rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss;
}

int main(int count, char **arguments) {
  if (count != 2) return THECAL_USAGE;
  const long calls = atol(arguments[1]);
  const char *columns[] = {"patient_id", "drug", "dose", "unit", "frequency", "opioid_days"};
  thecal_converter *converter = NULL;
  if (thecal_converter_new(columns, 6, NULL, NULL, &converter, NULL) != THECAL_OK) return 1;
  long settled = 0;
  const clock_t start = clock();
  for (long k = 0; k < calls; k++) {
    char dose[16];
    snprintf(dose, sizeof dose, "%ld", 20 + k % 200);
    const char *cells[] = {"a", "morphine", dose, "mg", "bid", "30"};
    thecal_result *result = NULL;
    thecal_status status = thecal_converter_convert(converter, cells, 1, &result);
    size_t rows = 0, width = 0;
    if (status > THECAL_BLOCKED || thecal_shape(result, &rows, &width) != THECAL_OK || rows != 1) return 1;
    thecal_free(result);
    if (k == calls / 10) settled = resident();
  }
  const double each = (double)(clock() - start) / CLOCKS_PER_SEC / (double)calls;
  thecal_converter_free(converter);
  const long grown = resident() - settled;
  printf("C: %ld conversions by one handle, %.1f microseconds each, %ld kB more memory\n", calls, 1e6 * each, grown);
  return grown > 4096;
}
