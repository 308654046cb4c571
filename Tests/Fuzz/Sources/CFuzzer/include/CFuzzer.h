/* libFuzzer without its own main function. */
#ifndef CFUZZER_H
#define CFUZZER_H

#include <stddef.h>
#include <stdint.h>

/* Runs `one` on the inputs that libFuzzer makes, as its flags in `arguments` say; ends the process or returns its status. */
int LLVMFuzzerRunDriver(int *count, char ***arguments, int (*one)(const uint8_t *data, size_t size));

#endif
