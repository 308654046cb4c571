#!/bin/sh
# The functions that thecal.h declares, one a line.
set -eu
sed 's:/\*.*\*/::' "$(dirname "$0")/../../Sources/CThecal/include/thecal.h" | grep -v '^ \*' | grep -o 'thecal_[A-Za-z_]*(' | tr -d '(' | sort -u
