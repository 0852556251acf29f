#!/usr/bin/env bash
# Prepares this machine and the front door when something changed, then hands over to build/ (Tmrvc.Build).
# Options of its own: --no-install (only check), --packages=feed|official. Everything else goes to the front door: see --help.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
package_set=feed
install=yes
groups=pipeline
arguments=()
if [[ $OSTYPE == darwin* ]]; then
    # shellcheck source=build/bootstrap/macos.sh
    source "$root/build/bootstrap/macos.sh"
    use_gnu_tools
    package_set=official
fi
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

# A stamp says what was made ready: package set, groups, libtorch. A source file that changed since has a later change time.
libtorch=${LIBTORCH:-debian}
stamp=$root/.build/$package_set/ready-${groups// /-}-${libtorch//\//-}
front_door=$root/.build/$package_set/front-door
is_ready() {
    [[ -e $stamp && -x $front_door/Tmrvc.Build ]] &&
        [[ -z $(find "$root"/{build,src,Directory.*,global.json,build.sh} -cnewer "$stamp" -print -quit) ]]
}

if [[ $install == no ]] || ! is_ready; then
    # shellcheck source=build/bootstrap/prepare.sh
    source "$root/build/bootstrap/prepare.sh"
    prepare "$root" "$package_set" "$install" "$stamp" "$front_door" "$groups"
    [[ $install == yes || ${#arguments[@]} -gt 0 ]] || exit 0
    [[ -x $front_door/Tmrvc.Build ]] || die "the front door is not built yet: run without --no-install."
fi

export TMRVC_ROOT=$root
export TMRVC_PACKAGE_SET=$package_set
export DOTNET_ROOT=${DOTNET_ROOT:-$(dirname "$(readlink -f "$(command -v dotnet)")")}
version=$(readlink -f "$front_door")
exec 7<"$version/sources"
flock -s 7 # held while the front door runs: its folder is not pruned
exec "$version/Tmrvc.Build" "${arguments[@]}"
