# Sourced by build.sh when the machine or the sources may have changed. Installs what is missing, builds what is stale.

# prepare ROOT PACKAGE_SET INSTALL STAMP FRONT_DOOR GROUPS
prepare() {
    local root=$1 package_set=$2 install=$3 stamp=$4 front_door=$5 groups=$6
    require_dotnet
    mkdir -p "$root/.build/$package_set"
    exec 8>"$root/.build/prepare.lock"
    flock 8 # a second build.sh waits here and finds everything ready

    install_debian_packages "$root" "$package_set" "$install" "$groups"
    [[ $install == yes ]] || { exec 8>&-; return 0; }
    "$root/build/bootstrap/npm-parts.sh" "$package_set"
    [[ $package_set != feed ]] || "$root/build/bootstrap/native-layer.sh"
    local sources
    sources=$(content_of "$root"/{build,src,Directory.*,global.json,build.sh})
    if [[ ! -x $front_door/Tmrvc.Build || $(cat "$front_door/sources" 2>/dev/null) != "$sources" ]]; then
        publish_front_door "$root" "$package_set" "$front_door" "$sources"
    fi
    touch "$stamp"
    exec 8>&-
}

say() { echo "build.sh: $*" >&2; }

die() {
    say "$@"
    exit 2
}

require_dotnet() {
    command -v dotnet >/dev/null ||
        die "the .NET SDK is missing: install dotnet-sdk-10.0 (see https://dot.net) and run again."
}

# One hash over names and contents of all files below the given paths.
content_of() {
    find "$@" -type f -not -path '*/bin/*' -not -path '*/obj/*' -print0 | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -d' ' -f1
}

# The packages of the groups that dpkg does not list as installed.
missing_debian_packages() {
    local root=$1 package_set=$2 groups=$3 group package
    while read -r group package _; do
        [[ $group != '#' && " $groups " == *" $group "* ]] || continue
        [[ $package == libtorch-dev && ( -n ${LIBTORCH:-} || $package_set == official ) ]] && continue
        [[ $package == npm && -n $(command -v npm) ]] && continue
        [[ $(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null) == installed ]] || echo "$package"
    done <"$root/build/bootstrap/debian-packages.txt"
}

install_debian_packages() {
    local root=$1 package_set=$2 install=$3 groups=$4 missing sudo=
    if ! command -v dpkg-query apt-get >/dev/null; then
        say "this is not Debian: make sure that these are installed: $(grep -v '^#' "$root/build/bootstrap/debian-packages.txt" | awk '{print $2}' | paste -sd' ')"
        return
    fi
    missing=$(missing_debian_packages "$root" "$package_set" "$groups" | paste -sd' ')
    if [[ -z $missing ]]; then
        [[ $install == yes ]] || say "all Debian packages are installed."
        return
    fi
    [[ $install == yes ]] || die "missing: run  apt-get install $missing"
    if [[ $(id -u) != 0 ]]; then
        command -v sudo >/dev/null || die "missing, and neither root nor sudo is at hand: run as root  apt-get install $missing"
        sudo=sudo
    fi
    say "installing $missing"
    { DEBIAN_FRONTEND=noninteractive $sudo apt-get update &&
        DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y --no-install-recommends $missing; } >"$root/.build/apt.log" 2>&1 ||
        { tail -n 5 "$root/.build/apt.log" >&2; die "apt-get failed (whole log: .build/apt.log); mend that, or run as root  apt-get install $missing"; }
}

# Each version of the sources has a folder of its own, so a running build keeps the files it started from; three are kept.
publish_front_door() {
    local root=$1 package_set=$2 front_door=$3 sources=$4
    local versions=$root/.build/$package_set/front-doors
    local version=$versions/${sources:0:16}
    say "building the front door"
    rm -rf "$version" "$version.new"
    dotnet publish "$root/build/Build.csproj" -c Release -o "$version.new" -p:PackageSet="$package_set" --nologo -v quiet \
        >"$root/.build/publish.log" 2>&1 || {
        grep -E 'error|warn' "$root/.build/publish.log" | sort -u | head -20 >&2
        die "the front door does not build (whole log: .build/publish.log)."
    }
    echo "$sources" >"$version.new/sources"
    mv "$version.new" "$version"
    ln -sfn "$version" "$front_door.new"
    mv -T "$front_door.new" "$front_door"
    find "$versions" -mindepth 1 -maxdepth 1 -printf '%T@ %p\n' | sort -rn | tail -n +4 | cut -d' ' -f2- | xargs -r rm -rf
}
