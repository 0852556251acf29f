#!/usr/bin/env bash
# Prepares this machine and the front door when something changed, then hands over to build/ (Tmrvc.Build).
# Options of its own: --no-install (only check), --packages=feed|official. Everything else goes to the front door: see --help.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
package_set=feed
install=yes
groups=pipeline
arguments=()
for argument in "$@"; do
    case $argument in
        --no-install) install=no ;;
        --packages=feed | --packages=official) package_set=${argument#--packages=} ;;
        --packages=*) echo "build.sh: --packages is '${argument#--packages=}'; feed and official are allowed." >&2; exit 2 ;;
        *) arguments+=("$argument") ;;
    esac
    case ${argument,,} in
        --target=test) groups='pipeline test' ;;
        --target=benchmark) groups='pipeline benchmark' ;;
    esac
done

# The stamp names the groups that are ready; it is older than a source file exactly when that file may have changed.
libtorch=${LIBTORCH:-debian}
stamp=$root/.build/$package_set/ready-${groups// /-}-${libtorch//\//-}
front_door=$root/.build/$package_set/front-door
is_ready() {
    [[ -e $stamp && -x $front_door/Tmrvc.Build ]] &&
        [[ -z $(find "$root"/{build,src,Directory.*,global.json,build.sh} -newer "$stamp" -print -quit) ]]
}

if [[ $install == no ]] || ! is_ready; then
    # shellcheck source=build/bootstrap/prepare.sh
    source "$root/build/bootstrap/prepare.sh"
    prepare "$root" "$package_set" "$install" "$stamp" "$front_door" "$groups"
    [[ $install == yes || ${#arguments[@]} -gt 0 ]] || exit 0
fi

export TMRVC_ROOT=$root
export TMRVC_PACKAGE_SET=$package_set
exec "$(readlink -f "$front_door")/Tmrvc.Build" "${arguments[@]}"
