/* Thecal as a C library: intrathecal pumps, oral regimens to pump doses, with a source for every number.
 *
 * For clinicians, pharmacists and researchers who check the basis of every number. Not a cleared medical device.
 *
 * Bytes and values in, bytes and values out: the library opens no file but those that a call is given by path (a sweep's
 * output, the parts that are joined, a sweep that is weighed), and writes no temporary one. Every call that computes makes
 * a result, which the caller frees. Calls may be made from any number of threads, with the same handles too; only what
 * stands in one converter waits for each other. Nothing of the process is changed: no signal, no variable of the
 * environment, no handler at exit, no number of BLAS threads. A forked child may go on calling.
 *
 * No call ends the process: null pointers, wrong sizes and foreign or freed handles give a status. A handle is never given
 * out twice. Texts are UTF-8. Units are in the names.
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
  THECAL_OK = 0,         /* done */
  THECAL_BLOCKED = 1,    /* done, but something is blocked or in error: read the answer */
  THECAL_USAGE = 64,     /* an argument is null, of the wrong size, or no handle */
  THECAL_DATA = 65,      /* the input is unusable: the message says where and why */
  THECAL_NO_INPUT = 66,  /* a file to read is not there */
  THECAL_NO_OUTPUT = 73, /* a file to write cannot be created */
  THECAL_IO = 74         /* memory, or reading or writing a file, failed */
};

/* What a call made. Opaque. */
typedef struct thecal_result thecal_result;

/* A converter of patients, made once and used as often as wanted. Opaque. */
typedef struct thecal_converter thecal_converter;

/* A scenario of which some parameters are free, prepared once and used as often as wanted. Opaque. */
typedef struct thecal_model thecal_model;

/* A file that a text names (`scenario: base.yaml`, `diary: scores.csv`), handed over under that name. */
typedef struct thecal_file {
  const char *name;
  const char *text;
  size_t length;
} thecal_file;

/* The version of the engine, and that of the data. Static: not to be freed. */
const char *thecal_version(void);
const char *thecal_data_version(void);

/* Converts a table of patients, as `thecal convert` does. `format` is "csv" or "jsonl". The table is the text of the
 * result. THECAL_BLOCKED where a row is blocked or in error. */
thecal_status thecal_convert(const char *table, size_t length, const char *format, thecal_result **result);

/* Reads what hospitals export (a table, a FHIR R4 bundle, resource or NDJSON), as `thecal intake` does: the text of the
 * result is the table that thecal_convert takes, a row for each medicine, as `format` "csv" or "jsonl". `as_of` is the day on which ages are counted,
 * null for none; `map` holds `count` entries "HEADER=column", and may be null where `count` is 0. THECAL_BLOCKED where a
 * medicine is asked for. */
thecal_status thecal_intake(const char *source, size_t length, const char *format, const char *as_of,
                            const char *const *map, size_t count, thecal_result **result);

/* The same for rows, with their header, of a table that has `lines_before` lines between the header and them: lines are
 * counted as in the whole table. */
thecal_status thecal_intake_part(const char *source, size_t length, const char *format, const char *as_of,
                                 const char *const *map, size_t count, size_t lines_before, thecal_result **result);

/* Makes a converter for rows with these `count` columns, named as in a table (`patient_id`, `drug`, `dose`, `unit`, …).
 * `mme_table` and `ratio_table` are ids of tables; null for the usual ones. What went wrong is the message of `result`,
 * which may be null where nobody asks. */
thecal_status thecal_converter_new(const char *const *columns, size_t count, const char *mme_table,
                                   const char *ratio_table, thecal_converter **converter, thecal_result **result);

/* Converts `rows` rows of cells, row by row, each with one text per column (null for an empty one); the lines of a patient
 * stand together. The result has a row for each patient and drug of the pump, and the columns of `thecal convert`: read
 * them with thecal_cell and thecal_number. THECAL_BLOCKED where a row is blocked or in error. More than 2 GiB of cells in
 * one call is an error. */
thecal_status thecal_converter_convert(thecal_converter *converter, const char *const *cells, size_t rows,
                                       thecal_result **result);

/* The same for rows of a table that has `rows_before` rows before them: messages count lines as in the whole table. */
thecal_status thecal_converter_part(thecal_converter *converter, const char *const *cells, size_t rows,
                                    size_t rows_before, thecal_result **result);

/* Frees a converter. Null is allowed. */
void thecal_converter_free(thecal_converter *converter);

/* Computes a scenario in YAML, as `thecal simulate` does. The result has a row per time and a column per site; its text is one
 * JSON object, that of `--json` without times and levels: drug, sources, bound of the error, areas, ledger. THECAL_BLOCKED
 * where the clinical rules refuse a dose: there are no levels then. */
thecal_status thecal_simulate(const char *scenario, size_t length, thecal_result **result);

/* Plans a titration from YAML, or holds a text of facts against the checklist of candidates. A diary that the plan names is
 * among the `count` files. The text of the result is one JSON object, that of `--json`. THECAL_BLOCKED where the plan is
 * refused: there is no dose in it. */
thecal_status thecal_titrate(const char *plan, size_t length, const thecal_file *files, size_t count,
                             thecal_result **result);
thecal_status thecal_candidate(const char *facts, size_t length, thecal_result **result);

/* The tools around a pump, as `thecal pump TOOL --json` gives them: `tool` is "refill", "bridge", "admix", …; `flags` holds
 * `count` texts, the long flags without the hyphens before them ("dose=4 mg/day", "keep-old"), and may be null where `count`
 * is 0. `history` of "discrepancy" names a file. The text is one JSON object. THECAL_BLOCKED where what is asked for is
 * refused: there is no dose in it. */
thecal_status thecal_pump(const char *tool, const char *const *flags, size_t count, thecal_result **result);

/* A clinic's refills, the soonest first, as `thecal pump list` gives them: `table` is CSV, a line for each drug of a pump;
 * days are counted from `as_of` ("2026-01-31"). The text is a table, as `format` "csv" or "jsonl". THECAL_BLOCKED where a
 * patient cannot be read. */
thecal_status thecal_pump_list(const char *table, size_t length, const char *format, const char *as_of,
                               thecal_result **result);

/* The risks of a dose, as `thecal risk --json` gives them, by `count` long flags without their hyphens ("drug=morphine",
 * "dose=0.5 mg/day", "regimen=continuous", "tolerance=naive", "frail"). The text is one JSON object. THECAL_BLOCKED where the
 * rules refuse the dose: there is no risk in it. */
thecal_status thecal_risk(const char *const *flags, size_t count, thecal_result **result);

/* One patient from regimen to refill, as `thecal plan --json` gives it: every part is the answer of its own call. The text is
 * one JSON object. THECAL_BLOCKED where something is refused: there is no dose in it. */
thecal_status thecal_plan(const char *patient, size_t length, thecal_result **result);

/* Oral, transdermal, intravenous and intrathecal drug on one axis of time, as `thecal timeline --json` gives it. The text is
 * one JSON object. THECAL_BLOCKED where a dose is refused: there are no levels in it. */
thecal_status thecal_timeline(const char *plan, size_t length, thecal_result **result);

/* Levels of a systemic model for an event table in CSV, as `thecal pk` gives them. `model` is a structure ("oral2") or the id
 * of a published model; `set` holds `count` texts "CL=10"; `omega` holds `varied` texts "CL=30 %", of which `samples` people
 * per subject are drawn from `seed` (0 for the typical person alone). The text is CSV. */
thecal_status thecal_pk(const char *model, const char *const *set, size_t count, const char *const *omega, size_t varied,
                        int32_t samples, uint64_t seed, const char *events, size_t length, thecal_result **result);

/* Why a ratio of doses is no ratio of levels, as `thecal explain-ratio --json` says: `tip` and `at` are vertebrae ("T10"),
 * `samples` (20 to 100000) people are drawn from `seed`. Research: no dose follows. The text is one JSON object. */
thecal_status thecal_explain_ratio(const char *drug, const char *tip, const char *at, int32_t samples, uint64_t seed,
                                   thecal_result **result);

/* Estimates parameters from measured levels, as `thecal fit` does: `spec` in YAML names a scenario, measurements, what is
 * estimated and the residual; files that it names are among the `count` files. The text is one JSON object. THECAL_BLOCKED
 * where the clinical rules refuse a dose that was given. */
thecal_status thecal_fit(const char *spec, size_t length, const thecal_file *files, size_t count,
                         thecal_result **result);

/* The document behind a source id of an answer, as `thecal cite` prints it. The text is one JSON object. */
thecal_status thecal_cite(const char *id, thecal_result **result);

/* The names of the files that a text in YAML refers to, as a JSON list of texts. */
thecal_status thecal_files(const char *text, size_t length, thecal_result **result);

/* Computes part `shard` of `shards` (1 of 1 for all) of the sweep that `spec` specifies in YAML, and writes it to the file
 * at `output`, as `thecal sweep` does; the scenario that it names is among the `count` files. With `resume` other than 0 it
 * goes on from what a killed call has left. THECAL_BLOCKED where samples failed: the file says why; and
 * where the clinical rules refuse a dose: then there is no file, and the text is the refusal as one JSON object. */
thecal_status thecal_sweep(const char *spec, size_t length, const thecal_file *files, size_t count, const char *output,
                           int32_t shard, int32_t shards, int32_t threads, int32_t resume, thecal_result **result);

/* The same, and `progress`, which may be null, is told now and then how many samples of how many are done, with `context` as it
 * was given: on a thread of the library, one call at a time, and no more when the call returns. */
typedef void (*thecal_progress)(void *context, size_t done, size_t of);
thecal_status thecal_sweep_watched(const char *spec, size_t length, const thecal_file *files, size_t count,
                                   const char *output, int32_t shard, int32_t shards, int32_t threads, int32_t resume,
                                   thecal_progress progress, void *context, thecal_result **result);

/* Joins the `count` files at `parts`, the shards of one sweep in any order, to the file at `output`. */
thecal_status thecal_merge(const char *const *parts, size_t count, const char *output, thecal_result **result);

/* Which parameter of the sweep in the file at `path` weighs how much, as `thecal sensitivity` says. The text is one JSON
 * object. */
thecal_status thecal_sensitivity(const char *path, thecal_result **result);

/* What went wrong or should be known, in words; an empty text if nothing. Lives as long as the result. For no result,
 * a text that says so. */
const char *thecal_message(const thecal_result *result);

/* Prepares a scenario of which the `count` parameters named by `free_keys` are free: "loss", "catheter.tip",
 * "program[1].rate". The result holds times, sites and levels of the scenario itself; its text is one JSON object: drug,
 * sources, `error_bound` (of time and cells together, as a share of the level that is reached), codes, and for each of the free
 * `parameters` its key, unit and value. `model` is null where the call fails, and where the clinical rules refuse a dose:
 * THECAL_BLOCKED. */
thecal_status thecal_model_new(const char *scenario, size_t length, const char *const *free_keys, size_t count,
                               thecal_model **model, thecal_result **result);

/* The levels (ng/mL) of `rows` sets: `theta` holds rows x parameters numbers in the units of the model, `levels` has room
 * for `count` = rows x times x sites. A set that cannot be computed is NaN; the status is then THECAL_BLOCKED, the text a
 * table with the columns row and reason. The numbers do not depend on `threads`. One model may be used by several threads. */
thecal_status thecal_model_levels(const thecal_model *model, const double *theta, size_t rows, int32_t threads,
                                  double *levels, size_t count, thecal_result **result);

/* What the sum of weight x level gains per unit of each free parameter: `weights` holds rows x times x sites numbers,
 * `gradient` has room for `count` = rows x parameters. Exact for the levels of the model, by the adjoint of the same
 * systems. A set without levels, or off the fast path (tissue, plasma, baricity, systemic doses), is NaN as above. */
thecal_status thecal_model_gradient(const thecal_model *model, const double *theta, size_t rows, int32_t threads,
                                    const double *weights, double *gradient, size_t count, thecal_result **result);

/* What each level gains per unit of each free parameter: `jacobian` has room for `count` = rows x times x sites x parameters.
 * By the tangents of the same systems, for at most (parameters + 1) times the cost of the levels. NaN as above. */
thecal_status thecal_model_jacobian(const thecal_model *model, const double *theta, size_t rows, int32_t threads,
                                    double *jacobian, size_t count, thecal_result **result);

/* The logarithm of the likelihood of measured levels for `rows` sets: `data` holds times x sites levels in ng/mL, NaN where
 * nothing was measured; the logarithm of a measurement is normal about that of the level with standard deviation `sigma`.
 * Where `below` (times x sites, may be null) is not 0, the measurement is a limit below which the level was seen to lie.
 * `values` has room for `rows` numbers: minus infinity where a set has no levels, or none where one was measured.
 * `gradient` may be null, else has room for rows x parameters: what the logarithm gains per unit of each parameter, for at
 * most four times the cost of the levels. THECAL_BLOCKED as above. */
thecal_status thecal_model_loglikelihood(const thecal_model *model, const double *theta, size_t rows, int32_t threads,
                                         const double *data, const uint8_t *below, double sigma, double *values,
                                         double *gradient, thecal_result **result);

/* Frees a model. Null is allowed. */
void thecal_model_free(thecal_model *model);

/* The text of a result and its length without the NUL that ends it. Lives as long as the result. */
thecal_status thecal_text(const thecal_result *result, const char **text, size_t *length);

/* The size of a simulation or conversion, and the name of a column: "tip", "L4", "cranial"; "start", "start_unit". */
thecal_status thecal_shape(const thecal_result *result, size_t *rows, size_t *columns);
thecal_status thecal_column_name(const thecal_result *result, size_t column, const char **name);

/* A cell of a conversion, as text or as a number; rows and columns are counted from 0. The text lives as long as the
 * result. An empty cell, or one that is no number, is NaN. */
thecal_status thecal_cell(const thecal_result *result, size_t row, size_t column, const char **text);
thecal_status thecal_number(const thecal_result *result, size_t row, size_t column, double *number);

/* All cells of a conversion at once, row by row, each ended by a NUL: `length` bytes, which live as long as the result. And
 * the row of the input, counted from 0, on which the patient of a row begins. */
thecal_status thecal_cells(const thecal_result *result, const char **cells, size_t *length);
thecal_status thecal_first_row(const thecal_result *result, size_t row, size_t *first);

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
