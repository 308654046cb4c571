/* Loads a shared library when the first of its functions is called: a program that converts a patient does not wait for
 * NetCDF, LAPACK and the forty libraries that these bring along. `lazy.sh` writes the table and the entries that come here.
 */
#include <dlfcn.h>
#include <stdio.h>
#include <unistd.h>

/* A function, and the library that has it. */
struct thecal_lazy { const char *library, *function; };
extern const struct thecal_lazy thecal_lazy_table[] __attribute__((visibility("hidden")));
void *thecal_lazy_find(unsigned long index) __attribute__((visibility("hidden")));

void *thecal_lazy_find(unsigned long index) {
  const struct thecal_lazy *wanted = &thecal_lazy_table[index];
  /* Global, because HDF5's functions are looked up by name; loading twice counts and does nothing else. */
  void *library = dlopen(wanted->library, RTLD_LAZY | RTLD_GLOBAL);
  void *function = library == NULL ? NULL : dlsym(library, wanted->function);
  if (function == NULL) {
    fprintf(stderr, "thecal: %s\n", dlerror());
    _exit(74);
  }
  return function;
}
