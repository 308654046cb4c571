#pragma once
#include <stddef.h>

/// One data file, as it was when the program was compiled.
typedef struct {
  const char *name;            ///< Path below `Data/`, such as `drugs/morphine.json`.
  const unsigned char *bytes;  ///< Its content, not terminated.
  size_t length;               ///< Number of bytes.
} thecal_data_file;

/// Number of data files; the last is the manifest of the others.
size_t thecal_data_file_count(void);

/// The data file at `index`, which is less than the count. They are ordered by name.
thecal_data_file thecal_data_file_at(size_t index);
