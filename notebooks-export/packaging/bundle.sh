#!/bin/sh
# Links library and command line once more, with the Swift runtime inside, so that they run without Swift installed. The
# library shows nothing but the functions of thecal.h, each with a version (thecal.map).
# usage: bundle.sh BUILD_FOLDER TARGET_FOLDER
set -eu
build=$1 target=$2
here=$(dirname "$0")
mkdir -p "$target"
debian="-lnettle -llapacke -lopenblas -lxlsxwriter -lcsv -lnetcdf"
# In the order in which they need each other.
foundation="-lFoundation -lCoreFoundation -lFoundationInternationalization -lFoundationEssentials -l_FoundationCShims
  -l_FoundationCollections -l_FoundationICU -lstdc++"
swiftc -emit-library -static-stdlib -o "$target/libthecal.so.0" @"$build/ThecalC.product/Objects.LinkFileList" \
  -Xlinker --version-script="$here/thecal.map" -Xlinker -soname=libthecal.so.0 -Xlinker --no-undefined \
  $debian $foundation 2> "$target/link.log" || { cat "$target/link.log" >&2; exit 1; }
# The build gives the main function a name of its own, so that tests can have another.
swiftc -emit-executable -static-stdlib -o "$target/thecal" @"$build/thecal.product/Objects.LinkFileList" \
  -Xlinker --defsym=main=ThecalCommand_main $debian $foundation 2> "$target/link.log" || { cat "$target/link.log" >&2; exit 1; }
rm "$target/link.log"
strip --strip-debug "$target/libthecal.so.0" "$target/thecal"
ln -sf libthecal.so.0 "$target/libthecal.so"
