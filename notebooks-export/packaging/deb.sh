#!/bin/sh
# Builds the Debian package from a folder that `make install PREFIX=/usr DESTDIR=…` has filled: what it depends on is read
# from the binaries.
# usage: deb.sh STAGE VERSION TARGET_FOLDER
set -eu
stage=$1 version=$2 target=$3
here=$(cd "$(dirname "$0")" && pwd)
architecture=$(dpkg --print-architecture)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# dpkg-shlibdeps reads the control file of a source package.
mkdir "$work/debian"
printf 'Source: thecal\n\nPackage: thecal\nArchitecture: any\n' > "$work/debian/control"
depends=$(cd "$work" && dpkg-shlibdeps -O "$stage/usr/bin/thecal" "$stage"/usr/lib/*/libthecal.so.0 2> "$work/log" ||
  { cat "$work/log" >&2; exit 1; })
depends=${depends#shlibs:Depends=}
doc=$stage/usr/share/doc/thecal
mkdir -p "$stage/DEBIAN" "$doc"
python3 "$here/copyright.py" > "$doc/copyright"
gzip -9nc "$here/../../CHANGELOG.md" > "$doc/changelog.gz"
gzip -9nf "$stage/usr/share/man/man1/thecal.1"
find "$stage" -type d -exec chmod 755 {} +
cat > "$stage/DEBIAN/control" <<EOF
Package: thecal
Version: $version
Architecture: $architecture
Maintainer: Thecal maintainers <maintainers@thecal.example>
Installed-Size: $(du -ks --exclude=DEBIAN "$stage" | cut -f1)
Depends: $depends
Suggests: gnuplot-nox
Section: science
Priority: optional
Description: intrathecal pumps: oral regimens to pump doses, with a source for every number
 Conversion of oral opioid and baclofen regimens, pump arithmetic, transport in the cerebrospinal fluid, titration and
 risk, as a command line and as a C library. For clinicians, pharmacists and researchers who check the basis of every
 number. Not a cleared medical device.
EOF
(cd "$stage" && find usr -type f -print0 | LC_ALL=C sort -z | xargs -0 md5sum) > "$stage/DEBIAN/md5sums"
printf 'activate-noawait ldconfig\n' > "$stage/DEBIAN/triggers"
printf 'libthecal 0 thecal (>= %s)\n' "$version" > "$stage/DEBIAN/shlibs"
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-0} dpkg-deb --root-owner-group -Zxz --build "$stage" "$target" > /dev/null
ls -l "$target"/thecal_*.deb
