// Counts allocations by standing in front of the C library's own functions, which glibc lets a program replace as
// long as it passes the calls on. One relaxed atomic: the count is exact on any number of threads.
#include "allocation_counter.h"

#include <errno.h>
#include <stdatomic.h>
#include <stddef.h>

static _Atomic uint64_t count;

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t number, size_t size);
extern void *__libc_realloc(void *pointer, size_t size);
extern void *__libc_memalign(size_t alignment, size_t size);

// In the initial block of every thread: looking it up does not allocate.
static _Thread_local uint64_t count_of_thread __attribute__((tls_model("initial-exec")));

static void tick(void) {
  atomic_fetch_add_explicit(&count, 1, memory_order_relaxed);
  count_of_thread++;
}

uint64_t thecal_allocation_count_of_thread(void) { return count_of_thread; }

uint64_t thecal_allocation_count(void) { return atomic_load_explicit(&count, memory_order_relaxed); }

void *malloc(size_t size) {
  tick();
  return __libc_malloc(size);
}

void *calloc(size_t number, size_t size) {
  tick();
  return __libc_calloc(number, size);
}

void *realloc(void *pointer, size_t size) {
  tick();
  return __libc_realloc(pointer, size);
}

void *aligned_alloc(size_t alignment, size_t size) {
  tick();
  return __libc_memalign(alignment, size);
}

int posix_memalign(void **pointer, size_t alignment, size_t size) {
  tick();
  void *memory = __libc_memalign(alignment, size);
  if (memory == NULL) return ENOMEM;
  *pointer = memory;
  return 0;
}
