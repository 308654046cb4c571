#!/bin/sh
# Puts the library and the Swift runtime that it needs into one folder, from which it runs without Swift installed.
# usage: bundle.sh BUILD_FOLDER TARGET_FOLDER
set -eu
build=$1 target=$2
mkdir -p "$target"
install -m 755 "$build/libThecalC.so" "$target/libthecal.so"
strip --strip-debug "$target/libthecal.so"
# Only what lies in Swift's own folder goes along; the rest is Debian's.
ldd "$build/libThecalC.so" "$build/thecal" | awk '/swift\/linux/ { print $3 }' | sort -u | while read -r library; do
  install -m 755 "$library" "$target/"
done
