#pragma once
#include <stddef.h>

/* How often the calling thread has asked for memory since it started. Linking this target puts malloc and its
   kin behind a counter; it belongs in test bundles and benchmarks, never in the product. */
size_t thecal_allocation_count(void);
