#!/usr/bin/env bash
# Builds the library for the thread sanitizer, and calls all of it from eight threads. In a folder of its own: everything is
# compiled anew, which takes minutes. Memory is looked at by `check.sh`, with valgrind and the library as it ships.
set -euo pipefail
cd "$(dirname "$0")/../.."

out=.build/thread-sanitizer
swift build --sanitize=thread --product ThecalC --scratch-path "$out"
swift=$(dirname "$(ldd "$out/debug/libThecalC.so" | awk '/libswiftCore/ { print $3 }')")
clang -g -fsanitize=thread -Wall -Wextra -Werror -I Sources/CThecal/include Tests/Sanitizers/threads.c Tests/Sanitizers/mutex.c -rdynamic -o "$out/threads" \
  -L "$out/debug" -lThecalC -L "$swift" -ldispatch -lBlocksRuntime -Wl,-rpath,"$PWD/$out/debug" -Wl,-rpath,"$swift"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# Threads of BLAS are made by a library that was not built for the sanitizer.
OPENBLAS_NUM_THREADS=1 TSAN_OPTIONS="halt_on_error=1 suppressions=$PWD/Tests/Sanitizers/threads.supp" "$out/threads" "$work" 3
