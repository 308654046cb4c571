/* The C library in fifty lines: a scenario in, levels out. Build it with
 *   cc -Wall -Wextra -Werror simulate.c $(pkg-config --cflags --libs thecal) -o simulate
 */
#include <stdio.h>
#include <stdlib.h>
#include <thecal.h>

int main(int count, char **arguments) {
  if (count != 2) {
    fprintf(stderr, "usage: simulate SCENARIO.yaml\n");
    return 64;
  }
  FILE *file = fopen(arguments[1], "rb");
  if (file == NULL) {
    perror(arguments[1]);
    return 66;
  }
  static char text[65536];
  size_t length = fread(text, 1, sizeof text, file);
  fclose(file);

  thecal_result *result = NULL;
  thecal_status status = thecal_simulate(text, length, &result);
  if (status != THECAL_OK) {
    fprintf(stderr, "%s\n", thecal_message(result));
    thecal_free(result);
    return status;
  }
  size_t rows = 0, columns = 0;
  thecal_shape(result, &rows, &columns);
  double *times = malloc(rows * sizeof *times), *levels = malloc(rows * columns * sizeof *levels);
  if (times == NULL || levels == NULL) return THECAL_IO;
  thecal_times_h(result, times, rows);
  thecal_levels_ng_per_mL(result, levels, rows * columns);
  printf("time_h");
  for (size_t c = 0; c < columns; c++) {
    const char *name = "";
    thecal_column_name(result, c, &name);
    printf(",%s_ng_per_mL", name);
  }
  printf("\n");
  for (size_t r = 0; r < rows; r++) {
    printf("%.17g", times[r]);
    for (size_t c = 0; c < columns; c++) printf(",%.17g", levels[r * columns + c]);
    printf("\n");
  }
  free(times);
  free(levels);
  thecal_free(result);
  return 0;
}
