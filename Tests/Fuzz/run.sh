#!/usr/bin/env bash
# Fuzzes the readers of tables, numbers and quantities for so many seconds (20 by default), from the same seed each time.
#
# The modules are compiled anew here, because libFuzzer must see which way every byte takes through them.
set -euo pipefail
cd "$(dirname "$0")/../.."

seconds=${1:-20}
out=.build/fuzz
flags=(-O -wmo -parse-as-library -swift-version 6 -package-name thecal -sanitize=fuzzer -I "$out"
  -I Sources/CThecalCSV -I Sources/CThecalXLSX -I Sources/CThecalNetCDF -I Sources/CThecalNettle
  -enable-upcoming-feature InternalImportsByDefault -enable-upcoming-feature MemberImportVisibility)
mkdir -p "$out/corpus"

# Compiles a module unless it is newer than its sources.
module() {
  if [ -z "$(find "Sources/$1" Tests/Fuzz -newer "$out/$1.o" 2>/dev/null)" ] && [ -e "$out/$1.o" ]; then return; fi
  swiftc "${flags[@]}" -module-name "$1" -emit-module -emit-module-path "$out/$1.swiftmodule" \
    -c -o "$out/$1.o" Sources/"$1"/*.swift
}
module ThecalQuantities
module ThecalTabular
swiftc "${flags[@]}" -o "$out/readers" Tests/Fuzz/ReaderFuzzer.swift "$out"/Thecal{Quantities,Tabular}.o \
  -lcsv -lxlsxwriter -lnetcdf -lnettle

# What stands in the folder of seeds is where the fuzzer begins; what it finds worth keeping goes to the corpus.
# A fixed number of runs from a fixed seed: the same inputs every time; the seconds are a second bound.
"$out/readers" -runs="${THECAL_FUZZ_RUNS:-20000}" -max_total_time="$seconds" -seed=1 -timeout=10 -rss_limit_mb=2048 -print_final_stats=1 \
  -dict=Tests/Fuzz/words.dict -artifact_prefix="$out/" "$out/corpus" Tests/Fuzz/seeds >"$out/log" 2>&1 || {
  tail -n 40 "$out/log"
  echo "The input that failed is beside $out/readers; give it to that program to see it fail again."
  exit 1
}
grep -E 'stat::(number_of_executed_units|new_units_added|peak_rss_mb)' "$out/log"
