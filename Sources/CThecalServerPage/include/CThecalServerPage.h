#pragma once
#include <stddef.h>

/// One file of the page, as it was when the program was compiled.
typedef struct {
  const char *name;            ///< Its name in the address, such as `page.js`.
  const unsigned char *bytes;  ///< Its content, not terminated.
  size_t length;               ///< Number of bytes.
} thecal_page_file;

/// Number of files.
size_t thecal_page_file_count(void);

/// The file at `index`, which is less than the count.
thecal_page_file thecal_page_file_at(size_t index);
