/* Thecal as a C library: intrathecal pumps, oral regimens to pump doses, with a source for every number.
 *
 * For clinicians, pharmacists and researchers who check the basis of every number. Not a cleared medical device.
 *
 * Every call that computes makes a result, which the caller frees. There is no global state: calls may be made from
 * any number of threads, each result being used by one thread at a time. No call ends the process: null pointers,
 * wrong sizes and foreign or freed results give a status. Texts are UTF-8. Units are in the names.
 */
#ifndef THECAL_H
#define THECAL_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* How a call went. The numbers are the exit codes of the command line. */
typedef int32_t thecal_status;
enum {
  THECAL_OK = 0,       /* done */
  THECAL_BLOCKED = 1,  /* done, but something is blocked or in error: read the answer */
  THECAL_USAGE = 64,   /* an argument is null, of the wrong size, or no result */
  THECAL_DATA = 65,    /* the input is unusable: the message says where and why */
  THECAL_IO = 74       /* memory or a temporary file failed */
};

/* What a call made. Opaque. */
typedef struct thecal_result thecal_result;

/* The version of the engine, and that of the data. Static: not to be freed. */
const char *thecal_version(void);
const char *thecal_data_version(void);

/* Converts a table of patients, as `thecal convert` does. `format` is "csv" or "jsonl". The table is the text of the
 * result. THECAL_BLOCKED where a row is blocked or in error. */
thecal_status thecal_convert(const char *table, size_t length, const char *format, thecal_result **result);

/* Computes a scenario in YAML, as `thecal simulate` does. The result has a row per time and a column per site. */
thecal_status thecal_simulate(const char *scenario, size_t length, thecal_result **result);

/* Plans a titration from YAML, or holds a file of facts against the checklist of candidates. The text of the result is
 * one JSON object, that of `--json`. THECAL_BLOCKED where the plan is refused: there is no dose in it. */
thecal_status thecal_titrate(const char *plan, size_t length, thecal_result **result);
thecal_status thecal_candidate(const char *facts, size_t length, thecal_result **result);

/* The risks of a dose, as `thecal risk` does: `dose` is "0.3 mg" for `regimen` "single" and "0.5 mg/day" for
 * "continuous"; `patients` virtual people (0 to 100000) are drawn from `seed`. The text is one JSON object. */
thecal_status thecal_risk(const char *drug, const char *dose, const char *regimen, int32_t patients, uint64_t seed,
                          thecal_result **result);

/* Computes part `shard` of `shards` (1 of 1 for all) of the sweep that the file at `spec` specifies, and writes it to
 * the file at `output`, as `thecal sweep` does; with `resume` other than 0 it goes on from what a killed call has left.
 * THECAL_BLOCKED where samples failed: the file says why. */
thecal_status thecal_sweep(const char *spec, const char *output, int32_t shard, int32_t shards, int32_t threads,
                           int32_t resume, thecal_result **result);

/* What went wrong or should be known, in words; an empty text if nothing. Lives as long as the result. For no result,
 * a text that says so. */
const char *thecal_message(const thecal_result *result);

/* The text of a result and its length without the NUL that ends it. Lives as long as the result. */
thecal_status thecal_text(const thecal_result *result, const char **text, size_t *length);

/* The size of a simulation, and the name of a column: "tip", "L4", "cranial". */
thecal_status thecal_shape(const thecal_result *result, size_t *rows, size_t *columns);
thecal_status thecal_column_name(const thecal_result *result, size_t column, const char **name);

/* Copies the times (h), or the concentrations (ng/mL) row by row, into an array of the caller with room for `count`
 * numbers, which must be exactly rows, or rows x columns. Where there is no value: NaN. */
thecal_status thecal_times_h(const thecal_result *result, double *times, size_t count);
thecal_status thecal_levels_ng_per_mL(const thecal_result *result, double *levels, size_t count);

/* Frees a result. Null is allowed. */
void thecal_free(thecal_result *result);

#ifdef __cplusplus
}
#endif
#endif
