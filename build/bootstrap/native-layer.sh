#!/usr/bin/env bash
# Compiles libTorchSharpNative.so to .build/native. Does nothing when its sources and its libtorch are those it was made from.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
sources=$root/src/Compat/TorchSharp/native
native=$root/.build/native
if [[ -n ${LIBTORCH:-} ]]; then
    libtorch="libtorch $(cat "$LIBTORCH/build-version" 2>/dev/null || echo unknown) in $LIBTORCH"
else
    libtorch=$(dpkg-query -W -f='libtorch-dev ${Version}' libtorch-dev 2>/dev/null || echo unknown)
fi
made_from=$(echo "$libtorch"; find "$sources" -type f | LC_ALL=C sort | xargs sha256sum | cut -d' ' -f1)

[[ -e $native/libTorchSharpNative.so && $(cat "$native/made-from" 2>/dev/null) == "$made_from" ]] && exit 0

echo "native-layer.sh: compiling the native layer over $libtorch (about half a minute)" >&2
rm -rf "$native/new"
mkdir -p "$native/new"
{ cmake -S "$sources" -B "$native/new/cmake" -DCMAKE_BUILD_TYPE=Release && cmake --build "$native/new/cmake" --parallel 2; } >"$native/log" 2>&1 || {
    grep -i error "$native/log" | head -n 20 >&2 || tail -n 20 "$native/log" >&2
    echo "native-layer.sh: the native layer does not compile (whole log: .build/native/log)." >&2
    exit 2
}
rm -f "$native/made-from"
find "$root/.build" -maxdepth 2 -name 'ready-*' ! -name '*.new' -delete # what was ready with another libtorch is so no more
mv "$native/new/libTorchSharpNative.so" "$native/libTorchSharpNative.so"
echo "$made_from" >"$native/made-from"
rm -rf "$native/new"
