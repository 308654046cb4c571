#!/usr/bin/env bash
# A program that uses doses as values (the product `ThecalDoses`) builds, answers, and links no library of models and files.
set -euo pipefail
cd "$(dirname "$0")/../.."

# By hand: (20 - 1.4) mL / (0.2 mL/day x 1.145) = 81.2 days from January 1.
out=$PWD/.build/products
swift build --package-path Tests/Products --scratch-path "$out" --product DosesClient
found=$("$out/debug/DosesClient")
echo "$found"
[ "$found" = "$(printf 'start 0.2 review\nflow 0.2 2026-03-23')" ]
libraries=$(ldd "$out/debug/DosesClient" | awk '{ print $1 }')
if grep -E 'lapack|blas|netcdf|hdf5|xlsx|libcsv|sqlite' <<< "$libraries"; then
  echo "linked, although doses as values need none of it"
  exit 1
fi
echo "doses as values: $(wc -l <<< "$libraries") libraries, none for models or files"
