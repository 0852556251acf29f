# shellcheck shell=bash
# Sourced by build.sh when the machine or the sources may have changed. Installs what is missing, builds what is stale.

# prepare ROOT PACKAGE_SET INSTALL STAMP FRONT_DOOR GROUPS
prepare() {
    local root=$1 package_set=$2 install=$3 stamp=$4 front_door=$5 groups=$6 sources
    mkdir -p "$root/.build/$package_set"
    require_dotnet "$root"
    exec 8>"$root/.build/prepare.lock"
    flock -n 8 || { say "another build.sh is preparing; waiting for it" && flock 8; }

    install_debian_packages "$root" "$package_set" "$install" "$groups"
    if [[ $install == yes ]]; then
        touch "$stamp.new" # before the sources are read: an edit from now on is newer
        "$root/build/bootstrap/npm-parts.sh" "$package_set" 8>&-
        [[ $groups == pipeline ]] || "$root/build/bootstrap/npm-tree.sh" azurite 8>&-
        [[ $groups != *test* ]] || "$root/build/bootstrap/npm-tree.sh" workflow-parser 8>&-
        [[ $groups != *test* ]] || "$root/build/bootstrap/npm-tree.sh" onnxruntime-node 8>&-
        [[ $package_set != feed ]] || "$root/build/bootstrap/native-layer.sh" 8>&-
        sources=$(content_of "$root"/{build,src,Directory.*,global.json,build.sh})
        [[ -x $front_door/Tmrvc.Build && $(cat "$front_door/sources") == "$sources" ]] ||
            publish_front_door "$root" "$package_set" "$front_door" "$sources"
        mv "$stamp.new" "$stamp"
    fi
    flock -u 8
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
    (cd "$1" && dotnet --version) >"$1/.build/dotnet.log" 2>&1 || {
        cat "$1/.build/dotnet.log" >&2
        die "this .NET SDK does not fit global.json: install dotnet-sdk-10.0 (see https://dot.net) and run again."
    }
}

# show_failure LOG PATTERN: the lines that matter, or the last ones.
show_failure() {
    local lines
    lines=$(grep -E "$2" "$1" | sort -u | head -n 20 || true)
    if [[ -n $lines ]]; then echo "$lines" >&2; else tail -n 20 "$1" >&2; fi
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
        [[ $package == @(libtorch-dev|libgloo-dev) && ( -n ${LIBTORCH:-} || $package_set == official ) ]] && continue
        [[ $package == npm && -n $(command -v npm) ]] && continue
        [[ $(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null) == installed ]] || echo "$package"
    done <"$root/build/bootstrap/debian-packages.txt"
}

install_debian_packages() {
    local root=$1 package_set=$2 install=$3 groups=$4 missing sudo=
    if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
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
    # shellcheck disable=SC2086 # one word each
    { $sudo apt-get update && $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $missing; } \
        >"$root/.build/apt.log" 2>&1 </dev/null 8>&- || {
        show_failure "$root/.build/apt.log" '^E: '
        die "apt-get failed (whole log: .build/apt.log); mend that, or run as root  apt-get install $missing"
    }
}

# Each version of the sources has a folder of its own and a running build holds a lock on it; three are kept, and those in use.
publish_front_door() {
    local root=$1 package_set=$2 front_door=$3 sources=$4
    local versions=$root/.build/$package_set/front-doors
    local version=$versions/${sources:0:16}
    if [[ ! -e $version ]]; then
        say "building the front door"
        rm -rf "$version.new"
        dotnet publish "$root/build/Build.csproj" -c Release -o "$version.new" -p:PackageSet="$package_set" --nologo -v quiet \
            >"$root/.build/publish.log" 2>&1 8>&- || {
            show_failure "$root/.build/publish.log" 'error|warning'
            die "the front door does not build (whole log: .build/publish.log)."
        }
        echo "$sources" >"$version.new/sources"
        mv "$version.new" "$version"
    fi
    touch "$version"
    ln -sfn "$version" "$front_door.new"
    mv -T "$front_door.new" "$front_door"
    prune_front_doors "$versions"
}

prune_front_doors() {
    local old
    find "$1" -mindepth 1 -maxdepth 1 -printf '%T@ %p\n' | sort -rn | tail -n +4 | cut -d' ' -f2- | while read -r old; do
        flock -n -x "$old/sources" rm -rf "$old" || true
    done
}
