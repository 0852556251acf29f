#!/usr/bin/env bash
# Brings Azurite, the blob server of the tests and benchmarks, to .build/npm/azurite. Does nothing when it is there.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
wanted=$root/build/bootstrap/azurite
azurite=$root/.build/npm/azurite

say() { echo "azurite.sh: $*" >&2; }

die() {
    say "$@"
    exit 2
}

is_ready() {
    cmp -s "$wanted/package.json" "$azurite/package.json" && cmp -s "$wanted/package-lock.json" "$azurite/package-lock.json"
}

mkdir -p "$root/.build/npm"
exec 9>"$root/.build/npm/.azurite.lock"
flock 9
! is_ready || exit 0

command -v npm >/dev/null || die "npm is missing: run ./build.sh, which installs it, or apt-get install npm."
say "fetching Azurite"
rm -rf "$azurite" "$azurite.new"
mkdir "$azurite.new"
cp "$wanted/package.json" "$wanted/package-lock.json" "$azurite.new"
npm ci --prefix "$azurite.new" --ignore-scripts --no-audit --no-fund --loglevel=error </dev/null >"$azurite.new/log" 2>&1 9>&- ||
    die "npm cannot install Azurite: $(grep -m1 'npm error' "$azurite.new/log" || tail -n 1 "$azurite.new/log")"
mv "$azurite.new" "$azurite"
