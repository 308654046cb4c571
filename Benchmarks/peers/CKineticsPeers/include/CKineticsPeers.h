#pragma once
#include <stddef.h>

/* The textbook's closed form of one or two compartments with first-order absorption, written for nothing but the
   task that is measured: `doses` of `dose` mg every `every` hours, read at every hour from 0 on. Eight people side
   by side per SIMD register, each parameter a row of eight: CL, V, KA, and for two compartments Q, V2. `out` holds
   `times` rows per group of eight. */

void peer_oral1(ptrdiff_t groups, const double *people, double dose, int doses, int every, int times, double *out);
void peer_oral2(ptrdiff_t groups, const double *people, double dose, int doses, int every, int times, double *out);
