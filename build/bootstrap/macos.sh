# shellcheck shell=bash
# Sourced by build.sh on macOS, which has bash 3.2, BSD tools and no Debian packages: asks for newer ones, and takes the official packages.

use_gnu_tools() {
    local formula
    if [[ ${BASH_VERSINFO[0]} -lt 5 ]] || ! command -v brew >/dev/null || ! command -v flock >/dev/null; then
        echo "build.sh: macOS needs bash 5 and GNU tools: brew install bash coreutils findutils gnu-tar flock libsndfile libsoxr libebur128 fftw; then run  bash build.sh  with that bash." >&2
        exit 2
    fi
    for formula in coreutils findutils gnu-tar; do
        PATH=$(brew --prefix "$formula")/libexec/gnubin:$PATH
    done
}
