#!/usr/bin/env bash
# Brings the files listed in npm-parts.txt to .build/npm. Does nothing when they are there.
# usage: npm-parts.sh [feed|official]
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
table=$root/build/bootstrap/npm-parts.txt
package_set=${1:-feed}
parts=$root/.build/npm

say() { echo "npm-parts.sh: $*" >&2; }

die() {
    say "$@"
    exit 2
}

# Integrity of a file in npm's own notation.
integrity_of() {
    local hex
    hex=$(sha512sum "$1" | cut -c1-128)
    # shellcheck disable=SC2001 # bash has no back-reference
    printf 'sha512-%s' "$(printf '%b' "$(sed 's/../\\x&/g' <<<"$hex")" | base64 -w0)"
}

# The lines of the table that belong to a package: its own, then its files.
block_of() {
    awk -v package="$1" '/^[^ #]/ { wanted = ($1 == package) } wanted && NF' "$table"
}

# fetch_package PACKAGE VERSION INTEGRITY FOLDER: the verified archive's contents in FOLDER/package.
fetch_package() {
    local package=$1 version=$2 integrity=$3 folder=$4 archive found patterns
    say "fetching $package $version"
    npm pack "$package@$version" --loglevel=error --pack-destination "$folder" </dev/null >/dev/null 2>"$folder/log" ||
        die "npm cannot fetch $package $version: $(grep -m1 'npm error' "$folder/log" || tail -n 1 "$folder/log")"
    archive=$(find "$folder" -name '*.tgz')
    found=$(integrity_of "$archive")
    [[ $found == "$integrity" ]] ||
        die "$package $version is not what npm-parts.txt promises: found $found, wanted $integrity. Nothing was taken from it."
    mapfile -t patterns < <(block_of "$package" | awk 'NR > 1 { print "*/" $1 }')
    tar -xzf "$archive" -C "$folder" --no-same-owner --wildcards --one-top-level=package --strip-components=1 "${patterns[@]}" ||
        die "$package $version lacks a file that npm-parts.txt names (see tar's message above)."
}

# place_files PACKAGE FOLDER: each wanted file appears at its place by one rename; prints the places.
place_files() {
    local package=$1 folder=$2 pattern place file target
    while read -r pattern place; do
        while IFS= read -r file; do
            target=$place
            [[ $place != */ ]] || target=$place$file
            mkdir -p "$(dirname "$parts/$target")"
            mv -f "$folder/package/$file" "$parts/$target"
            echo "$target"
        done < <(cd "$folder/package" && find . -type f -path "./$pattern" -printf '%P\n')
    done < <(block_of "$package" | tail -n +2)
}

# A package's stamp holds the hash of its block of the table and then the files that were placed.
is_ready() {
    local stamp=$1 block=$2 file
    [[ -e $stamp && $(head -n 1 "$stamp") == "$block" ]] || return 1
    while IFS= read -r file; do
        [[ -e $parts/$file ]] || return 1
    done < <(tail -n +2 "$stamp")
}

# Files of another version may have other names: none of them stays.
forget() {
    local stamp=$1 file
    [[ -e $stamp ]] || return 0
    while IFS= read -r file; do
        rm -f "$parts/$file"
    done < <(tail -n +2 "$stamp")
    rm -f "$stamp"
}

bring_package() {
    local package=$1 version=$2 integrity=$3 stamp block folder
    stamp=$parts/.ready/${package//\//-}
    block=$(block_of "$package" | sha256sum | cut -d' ' -f1)
    ! is_ready "$stamp" "$block" || return 0
    command -v npm >/dev/null || die "npm is missing: run ./build.sh, which installs it, or apt-get install npm."
    folder=$(mktemp -d "$parts/.fetch.XXXXXX")
    # shellcheck disable=SC2064
    trap "rm -rf '$folder'" EXIT
    fetch_package "$package" "$version" "$integrity" "$folder"
    forget "$stamp"
    { echo "$block" && place_files "$package" "$folder"; } >"$folder/placed"
    mv "$folder/placed" "$stamp"
    rm -rf "$folder"
    trap - EXIT
}

mkdir -p "$parts/.ready"
exec 9>"$parts/.lock"
! command -v flock >/dev/null || flock 9 # the bash of Git for Windows has none
while read -r package version wanted_by integrity; do
    [[ $wanted_by == any || $wanted_by == "$package_set" ]] || continue
    bring_package "$package" "$version" "$integrity"
done < <(grep -E '^[^ #]' "$table")
