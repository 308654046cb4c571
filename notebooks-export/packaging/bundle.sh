#!/bin/sh
# Links library and command line once more, with the Swift runtime inside, so that they run without Swift installed. The
# library shows the functions of thecal.h and nothing else, each with a version; everything that it is linked with
# (libyaml, the runtime) stays hidden.
# usage: bundle.sh BUILD_FOLDER TARGET_FOLDER
set -eu
build=$1 target=$2
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$target"
debian="-lnettle -llapacke -lopenblas -lxlsxwriter -lcsv -lnetcdf"
# In the order in which they need each other.
foundation="-lFoundation -lCoreFoundation -lFoundationInternationalization -lFoundationEssentials -l_FoundationCShims
  -l_FoundationCollections -l_FoundationICU -lstdc++"
# A module's own request for a library comes before any option of ours: the linker is told first that a library in which
# nothing is looked up is none.
linker=$(clang -print-prog-name=ld)
printf '#!/bin/sh\nexec "%s" --as-needed "$@"\n' "$linker" > "$target/ld"
chmod +x "$target/ld"
{
  echo "THECAL_0 { global:"
  sh "$here/symbols.sh" | sed 's/$/;/'
  echo "local: *; };"
} > "$target/thecal.map"
swiftc -emit-library -static-stdlib -ld-path="$target/ld" -o "$target/libthecal.so.0" @"$build/ThecalC.product/Objects.LinkFileList" \
  -Xlinker --version-script="$target/thecal.map" -Xlinker -soname=libthecal.so.0 -Xlinker --no-undefined \
  -Xlinker --gc-sections \
  $debian $foundation 2> "$target/link.log" || { cat "$target/link.log" >&2; exit 1; }
# The command loads what few of its calls need when they need it (lazy.sh); elsewhere than on x86-64 it loads all of it.
lazy="" libraries=$debian
if [ "$(uname -m)" = x86_64 ]; then
  folder=$(dirname "$(cc -print-file-name=libnetcdf.so)")
  sh "$here/lazy.sh" "$build/thecal.product/Objects.LinkFileList" \
    "$folder/libnetcdf.so" "$folder/libxlsxwriter.so" "$folder/liblapacke.so" "$folder/libopenblas.so" > "$target/lazy.S"
  cc -c -O2 -fPIC -o "$target/lazy-entries.o" "$target/lazy.S"
  cc -c -O2 -fPIC -Wall -Wextra -Werror -o "$target/lazy.o" "$here/lazy.c"
  lazy="$target/lazy-entries.o $target/lazy.o" libraries="-lnettle -lcsv"
fi
# The build gives the main function a name of its own, so that tests can have another.
printf '{ local: *; };\n' > "$target/thecal.map"
swiftc -emit-executable -static-stdlib -ld-path="$target/ld" -o "$target/thecal" @"$build/thecal.product/Objects.LinkFileList" $lazy \
  -Xlinker --version-script="$target/thecal.map" -Xlinker --defsym=main=ThecalCommand_main \
  -Xlinker --gc-sections \
  $libraries $foundation 2> "$target/link.log" || { cat "$target/link.log" >&2; exit 1; }
rm -f "$target/ld" "$target/link.log" "$target/thecal.map" "$target"/lazy*
# The library with its names, for those who look into it with valgrind; it is not installed.
mkdir -p "$target/symbols"
strip --strip-debug -o "$target/symbols/libthecal.so.0" "$target/libthecal.so.0"
strip --strip-all "$target/libthecal.so.0" "$target/thecal"
ln -sf libthecal.so.0 "$target/libthecal.so"
