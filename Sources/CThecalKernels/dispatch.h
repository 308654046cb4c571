#pragma once
/* One source, one compilation per generation of CPU, chosen when the program starts. No compiler flag is
   needed, so the package stays usable as a dependency. */
#if defined(__x86_64__) && defined(__linux__)
#define THECAL_CLONES __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define THECAL_CLONES
#endif
#define THECAL_INLINE static inline __attribute__((always_inline))

typedef double thecal_lanes __attribute__((vector_size(64)));
typedef double thecal_lanes_in_memory __attribute__((vector_size(64), aligned(8), may_alias));

#define LOAD(p) (*(const thecal_lanes_in_memory *)(p))
#define STORE(p, v) (*(thecal_lanes_in_memory *)(p) = (v))
#define SPLAT(x) ((thecal_lanes){(x), (x), (x), (x), (x), (x), (x), (x)})
