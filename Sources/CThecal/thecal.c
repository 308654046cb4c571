/* The functions are written in Swift, in ThecalCInterface; the compiler holds them against this header. */
#include "thecal.h"
