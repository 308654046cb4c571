#!/bin/sh
# Links library and command line once more, with the Swift runtime inside, so that they run without Swift installed. The
# library shows the functions of thecal.h and nothing else, each with a version; everything that it is linked with
# (libyaml, the runtime) stays hidden.
# usage: bundle.sh BUILD_FOLDER TARGET_FOLDER
set -eu
build=$1 target=$2
root=$(cd "$(dirname "$0")/../.." && pwd)
mkdir -p "$target"
debian="-lnettle -llapacke -lopenblas -lxlsxwriter -lcsv -lnetcdf"
# In the order in which they need each other.
foundation="-lFoundation -lCoreFoundation -lFoundationInternationalization -lFoundationEssentials -l_FoundationCShims
  -l_FoundationCollections -l_FoundationICU -lstdc++"
{
  echo "THECAL_0 { global:"
  sh "$root/notebooks-export/packaging/symbols.sh" | sed 's/$/;/'
  echo "local: *; };"
} > "$target/thecal.map"
swiftc -emit-library -static-stdlib -o "$target/libthecal.so.0" @"$build/ThecalC.product/Objects.LinkFileList" \
  -Xlinker --version-script="$target/thecal.map" -Xlinker -soname=libthecal.so.0 -Xlinker --no-undefined \
  -Xlinker --gc-sections -Xlinker --as-needed \
  $debian $foundation 2> "$target/link.log" || { cat "$target/link.log" >&2; exit 1; }
# The build gives the main function a name of its own, so that tests can have another.
swiftc -emit-executable -static-stdlib -o "$target/thecal" @"$build/thecal.product/Objects.LinkFileList" \
  -Xlinker --defsym=main=ThecalCommand_main -Xlinker --gc-sections -Xlinker --as-needed \
  $debian $foundation 2> "$target/link.log" || { cat "$target/link.log" >&2; exit 1; }
rm "$target/link.log" "$target/thecal.map"
strip --strip-all "$target/libthecal.so.0" "$target/thecal"
ln -sf libthecal.so.0 "$target/libthecal.so"
