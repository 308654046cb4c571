/* What a lock of Swift's standard library does when another thread holds it, for the thread sanitizer: the library waits in
 * the kernel, which the sanitizer does not see, so that it would report a race for every lock that two threads want. This
 * waits for the same word in sight of the sanitizer. Linked into the test program, it is found before the library's own.
 */
#include <sched.h>
#include <stdatomic.h>
#include <stdint.h>

__attribute__((swiftcall)) void lock_slowly(uint32_t thread, __attribute__((swift_context)) _Atomic uint32_t *word)
    __asm__("$s15Synchronization12_MutexHandleV9_lockSlowyys6UInt32VF");

__attribute__((swiftcall)) void lock_slowly(uint32_t thread, __attribute__((swift_context)) _Atomic uint32_t *word) {
  for (uint32_t free = 0; !atomic_compare_exchange_weak(word, &free, thread); free = 0) sched_yield();
}
