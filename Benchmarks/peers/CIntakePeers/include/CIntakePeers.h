#ifndef C_INTAKE_PEERS_H
#define C_INTAKE_PEERS_H

#include <stddef.h>
#include <stdint.h>

/// Cuts `text` into words and numbers, folds capitals, and hashes each: the least that any reader of words does.
/// Returns the sum of the hashes, so that no compiler leaves the work out.
uint64_t peer_scan(const uint8_t *text, size_t count);

#endif
