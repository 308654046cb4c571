#!/bin/sh
# Proves package and wheel where there is nothing but Debian: no Swift, no compiler, no headers. The package installs with
# what it depends on, converts the example clinic to the expected bytes, and goes without a trace; the wheel simulates in
# an environment of its own, with none of the libraries of the system, and gives the numbers of the command line.
# usage: prove.sh ROOT      (a folder for the fresh system; kept for the next time)
set -eu
here=$(cd "$(dirname "$0")" && pwd)
top=$(cd "$here/../.." && pwd)
mkdir -p "$1"
root=$(cd "$1" && pwd)
mirror=${DEBIAN_MIRROR:-http://deb.debian.org/debian}
[ "$(id -u)" = 0 ] || { echo "prove.sh needs root, for debootstrap and chroot" >&2; exit 77; }
if [ ! -e "$root/etc/debian_version" ]; then
  command -v debootstrap > /dev/null || apt-get install -y -qq debootstrap > /dev/null
  debootstrap --variant=minbase --include=ca-certificates "$(. /etc/os-release && echo "$VERSION_CODENAME")" "$root" "$mirror"
fi
in_root() { chroot "$root" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"; }
# A program learns its arguments from /proc.
mountpoint -q "$root/proc" || mount -t proc proc "$root/proc"
trap 'umount "$root/proc"' EXIT
rm -rf "$root/proof"
mkdir -p "$root/proof/wheels"
cp "$top"/thecal_*.deb "$top"/notebooks-export/dist/thecal-*.whl "$root/proof/"
cp -r "$top/Data/examples" "$root/proof/examples"
# A second reader of the expected values, and the wheels of others, from outside: the root asks nobody.
"$top/.venv/bin/pip" download --quiet --dest "$root/proof/wheels" --only-binary :all: --python-version 3.11 numpy "pandas>=2" xarray
for tool in swift swiftc cc gcc clang pkg-config; do
  if in_root sh -c "command -v $tool" > /dev/null 2>&1; then echo "$tool is in the fresh system" >&2; exit 1; fi
done
in_root apt-get update -qq
in_root sh -c 'apt-get install -y -qq --no-install-recommends python3 python3-venv' > "$root/proof/apt.log" 2>&1

echo "== the wheel, before the package: none of its libraries is here"
in_root sh -c 'python3 -m venv /proof/env && /proof/env/bin/pip install --quiet --no-index --find-links /proof/wheels /proof/thecal-*.whl'
in_root /proof/env/bin/python -c '
import pathlib, thecal
print("thecal", thecal.__version__, "data", thecal.data_version())
found = thecal.simulate(pathlib.Path("/proof/examples/morphine-bolus.yaml"))
frame = found.csf.to_pandas()
frame.columns = [f"{name}_ng_per_mL" for name in frame.columns]
frame.index.name = "time_h"
frame.to_csv("/proof/wheel.csv")
print("simulated", *found.csf.shape)
'
echo "== the package"
in_root sh -c 'apt-get install -y -qq --no-install-recommends /proof/thecal_*.deb' >> "$root/proof/apt.log" 2>&1
in_root thecal --version
in_root sh -c 'cd /proof && thecal convert examples/clinic.csv -o clinic.csv --quiet; [ $? -le 1 ] && cmp clinic.csv examples/clinic.expected.csv'
echo "the example clinic: the expected bytes"
in_root sh -c 'cd /proof && thecal simulate examples/morphine-bolus.yaml -o command.csv --quiet'
in_root /proof/env/bin/python -c '
import pandas
ours, theirs = pandas.read_csv("/proof/wheel.csv"), pandas.read_csv("/proof/command.csv")
scale = theirs.abs().max().max()
difference = (ours.fillna(0) - theirs.fillna(0)).abs().max().max()
assert list(ours.columns) == list(theirs.columns) and difference <= 1e-12 * scale, difference
print("wheel and package: the same numbers, largest difference", difference)
'
in_root sh -c 'apt-get purge -y -qq thecal' >> "$root/proof/apt.log" 2>&1
if in_root sh -c 'dpkg -L thecal' > /dev/null 2>&1 || [ -e "$root/usr/bin/thecal" ]; then echo "the package left something" >&2; exit 1; fi
echo "the package goes without a trace"
