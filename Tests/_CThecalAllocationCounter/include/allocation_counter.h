#ifndef THECAL_ALLOCATION_COUNTER_H
#define THECAL_ALLOCATION_COUNTER_H

#include <stdint.h>

/// Calls of malloc, calloc, realloc and aligned allocation in this process so far, on all threads.
uint64_t thecal_allocation_count(void);

/// The same on the calling thread alone, so that tests beside each other do not disturb the count.
uint64_t thecal_allocation_count_of_thread(void);

#endif
