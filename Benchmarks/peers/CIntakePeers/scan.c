#include "CIntakePeers.h"

#include <stdbool.h>

static bool is_word(uint8_t byte) {
  return (uint8_t)((byte | 0x20) - 'a') < 26 || (uint8_t)(byte - '0') < 10;
}

// FNV-1a. Source: Fowler, Noll and Vo, RFC 9923.
uint64_t peer_scan(const uint8_t *text, size_t count) {
  uint64_t sum = 0;
  size_t i = 0;
  while (i < count) {
    while (i < count && !is_word(text[i])) i++;
    uint64_t hash = 0xcbf29ce484222325u;
    for (; i < count && is_word(text[i]); i++) hash = (hash ^ (text[i] | 0x20)) * 0x100000001b3u;
    sum += hash;
  }
  return sum;
}
