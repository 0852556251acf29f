#!/usr/bin/env bash
# Brings a program of the tests and benchmarks with all it needs to .build/npm/NAME. Does nothing when it is there.
# usage: npm-tree.sh NAME, a folder beside this file with package.json, package-lock.json and, where much of it is of no use, unneeded.txt
set -euo pipefail

name=$1
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
wanted=$root/build/bootstrap/$name
tree=$root/.build/npm/$name

say() { echo "npm-tree.sh: $*" >&2; }

die() {
    say "$@"
    exit 2
}

is_ready() {
    cmp -s "$wanted/package.json" "$tree/package.json" && cmp -s "$wanted/package-lock.json" "$tree/package-lock.json"
}

mkdir -p "$root/.build/npm"
exec 9>"$root/.build/npm/.$name.lock"
flock 9
! is_ready || exit 0

command -v npm >/dev/null || die "npm is missing: run ./build.sh, which installs it, or apt-get install npm."
say "fetching $name"
rm -rf "$tree" "$tree.new"
mkdir "$tree.new"
cp "$wanted/package.json" "$wanted/package-lock.json" "$tree.new"
npm ci --prefix "$tree.new" --ignore-scripts --no-audit --no-fund --loglevel=error </dev/null >"$tree.new/log" 2>&1 9>&- ||
    die "npm cannot install $name: $(grep -m1 'npm error' "$tree.new/log" || tail -n 1 "$tree.new/log")"
# Paths within node_modules that nothing loads here.
[[ ! -e $wanted/unneeded.txt ]] || (cd "$tree.new/node_modules" && xargs -r -a "$wanted/unneeded.txt" rm -r)
mv "$tree.new" "$tree"
