#!/bin/sh
# What is installed works: the C example compiles without a warning and gives the numbers of the command line, the
# library leaks nothing, and the wheel passes its tests in an environment of its own. Swift's folder is hidden where the
# system lets us, so that only what is shipped can be found.
# usage: check.sh BUILD_FOLDER VENV
set -eu
build=$(cd "$1" && pwd) venv=$(cd "$2" && pwd)
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
make --no-print-directory install PREFIX="$home/usr" > "$home/install.log"
export PKG_CONFIG_PATH="$home/usr/lib/pkgconfig"
# What the library shows is what the header declares.
nm -D --defined-only "$home/usr/lib/libthecal.so.0" | awk '$2 ~ /[TDBRWV]/ { sub(/@.*/, "", $3); print $3 }' | sort > "$home/shown"
sh notebooks-export/packaging/symbols.sh > "$home/declared"
cmp "$home/shown" "$home/declared"
# Where it looks for libraries: where the system does, and nowhere else.
if readelf -d "$home/usr/lib/libthecal.so.0" "$home/usr/bin/thecal" | grep -E 'R(UN)?PATH'; then exit 1; fi
"$venv/bin/python" notebooks-export/packaging/startup.py "$home/usr/bin/thecal" Benchmarks/Thresholds/startup.json
cc -Wall -Wextra -Werror Data/examples/simulate.c $(pkg-config --cflags --libs thecal) -o "$home/simulate"
cc -Wall -Wextra -Werror Tests/Sanitizers/threads.c $(pkg-config --cflags --libs thecal) -lpthread -o "$home/threads"
cc -Wall -Wextra -Werror Tests/Sanitizers/calls.c $(pkg-config --cflags --libs thecal) -o "$home/calls"
swift=$(ldd "$build/libThecalC.so" | awk '/libswiftCore/ { print $3 }' | xargs dirname)
empty="$home/empty"
mkdir -p "$empty"
hidden() {
  if unshare --mount true 2> /dev/null; then
    unshare --mount sh -c "mount --bind '$empty' '$swift' && exec \"\$@\"" hidden "$@"
  else
    echo "note: Swift's folder cannot be hidden here" >&2
    "$@"
  fi
}
scenario=$PWD/Data/examples/morphine-bolus.yaml
hidden "$home/usr/bin/thecal" --version
hidden "$home/usr/bin/thecal" simulate "$scenario" -o "$home/command.csv" --quiet
hidden "$home/simulate" "$scenario" > "$home/c.csv"
"$venv/bin/python" - "$home" <<'PY'
import sys
import numpy, pandas
read = lambda name: pandas.read_csv(f"{sys.argv[1]}/{name}", float_precision="round_trip" if int(pandas.__version__[0]) < 3 else None)
a, b = read("command.csv"), read("c.csv")
b.columns = a.columns
assert numpy.array_equal(a.values, b.values, equal_nan=True), "C and the command line differ"
print("C: the numbers of the command line, bit for bit")
PY
mkdir -p "$home/many"
hidden "$home/threads" "$home/many" 20
hidden "$home/calls" 1000000
if command -v valgrind > /dev/null; then
  # The same library with its names left in, so that what is known of others' code can be told from ours.
  clean() {
    LD_LIBRARY_PATH="$PWD/out/bundle/symbols" OPENBLAS_CORETYPE=Haswell valgrind --quiet --leak-check=full \
      --show-leak-kinds=definite --errors-for-leak-kinds=definite --suppressions=Tests/Sanitizers/valgrind.supp \
      --error-exitcode=9 "$@"
  }
  clean "$home/simulate" "$scenario" > /dev/null
  mkdir "$home/sweeps"
  clean "$home/threads" "$home/sweeps" 1
  echo "C: nothing lost"
fi
"$venv/bin/python" -m venv --system-site-packages "$home/env"
"$home/env/bin/pip" install --quiet --no-deps --force-reinstall notebooks-export/dist/thecal-*.whl
export THECAL="$home/usr/bin/thecal" THECAL_EXAMPLES="$PWD/Data/examples" PYTHONPATH="$("$venv/bin/python" -c 'import site; print(site.getsitepackages()[0])')"
cp notebooks-export/tests/*.py "$home/"
cd "$home"
hidden "$home/env/bin/python" -m pytest -q "$home"
