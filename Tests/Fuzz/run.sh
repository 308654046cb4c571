#!/usr/bin/env bash
# Fuzzes each reader for so many runs from the same seed, the same inputs every time; no reader longer than its share of time.
# usage: run.sh [RUNS for each reader] [SECONDS for each reader] [READER…]
#
# Everything is compiled anew, because libFuzzer must see which way every byte takes.
set -euo pipefail
cd "$(dirname "$0")/../.."

runs=${1:-5000} seconds=${2:-20}
shift $(($# < 2 ? $# : 2))
out=$PWD/.build/fuzz
THECAL_FUZZ=1 swift build -c release --scratch-path "$out/build" -Xswiftc -sanitize=fuzzer \
  -Xswiftc -use-ld=lld --product ReaderFuzzer
readers=${*:-$(THECAL_READER='' "$out/build/release/ReaderFuzzer" | sed 's/.* one of //; s/,//g')}

# libFuzzer keeps the input of a trap only where nobody else answers the signal.
export SWIFT_BACKTRACE=enable=no
failed=0
for reader in $readers; do
  # What stands in the folder of seeds is where the fuzzer begins; what it finds worth keeping goes to the corpus.
  mkdir -p "$out/corpus/$reader" "$out/seeds/$reader"
  if [ -d "Tests/Fuzz/seeds/$reader" ]; then cp Tests/Fuzz/seeds/"$reader"/* "$out/seeds/$reader/"
  else cp Data/examples/*.yaml "$out/seeds/$reader/"; fi
  THECAL_READER=$reader "$out/build/release/ReaderFuzzer" -runs="$runs" -max_total_time="$seconds" -seed=1 -timeout=10 \
    -rss_limit_mb=2048 -max_len=4096 -print_final_stats=1 -dict=Tests/Fuzz/words.dict -artifact_prefix="$out/$reader-" \
    "$out/corpus/$reader" "$out/seeds/$reader" > "$out/$reader.log" 2>&1 || {
    tail -n 40 "$out/$reader.log"
    echo "$reader: the input that failed is in $out; THECAL_READER=$reader $out/build/release/ReaderFuzzer FILE shows it again."
    failed=1
    continue
  }
  awk -v reader="$reader" '/stat::number_of_executed_units/ { runs = $2 } /stat::new_units_added/ { new = $2 }
    END { printf "%s: %d runs, %d inputs kept, no finding\n", reader, runs, new }' "$out/$reader.log"
done
exit $failed
