# SPDX-License-Identifier: Apache-2.0
# Shell functions that samples/quickstart.sh, test/run.sh and .ci/run share: they find the packages that are
# missing, install them, and choose the Boost. POSIX sh; source it.

say() { printf '== %s\n' "$*"; }
fail() {
    printf '%s\n' "$@" >&2
    exit 1
}

is_installed() {
    case $(dpkg-query -W -f '${db:Status-Abbrev}' "$1" 2>/dev/null) in ?i*) return 0 ;; esac
    return 1
}
is_available() { apt-cache show "$1" >/dev/null 2>&1; }
is_root() { [ "$(id -u)" -eq 0 ]; }

# The minor number of the newest Boost (1.81 or later) that is installed, or else that apt-get knows; or nothing.
boost_minor() {
    {
        dpkg-query -W -f '${db:Status-Abbrev} ${Package}\n' 'libboost1.*-dev' 2>/dev/null |
            sed -n 's/^.i. *libboost1\.\([0-9]*\)-dev$/9 \1/p'
        apt-cache search --names-only '^libboost-url1\.[0-9]+-dev$' 2>/dev/null |
            sed -n 's/^libboost-url1\.\([0-9]*\)-dev .*/1 \1/p'
    } | awk '$2 >= 81 { rank = $1 * 1000 + $2; if (rank > best) { best = rank; minor = $2 } } END { print minor }'
}

# choose_boost: sets minor and boost (its packages; none where the user names a Boost of his own).
choose_boost() {
    boost=""
    [ -z "${BOOST_ROOT:-}${Boost_ROOT:-}${Boost_DIR:-}" ] || return 0
    minor=$(boost_minor)
    [ -n "$minor" ] || return 1
    boost="libboost1.$minor-dev libboost-json1.$minor-dev libboost-url1.$minor-dev"
}

missing_of() {
    space=
    for package in "$@"; do
        is_installed "$package" || { printf '%s%s' "$space" "$package" && space=' '; }
    done
}

# as_root <command>...: runs it, through sudo where needed; what cannot become root prints the command and ends.
as_root() {
    if is_root; then
        "$@"
    elif command -v sudo >/dev/null 2>&1 && { sudo -n true 2>/dev/null || [ -t 0 ]; }; then
        sudo "$@"
    else
        fail "This needs root, and sudo is not at hand. As root, run" "    $install_command" "and then this script again."
    fi
}

# install_packages <package>...: the missing ones among them, and Boost. Removes nothing, ever.
install_packages() {
    if ! command -v apt-get >/dev/null 2>&1 || ! command -v dpkg-query >/dev/null 2>&1; then
        say "No apt-get here: going on with what is installed. Needed: a C++20 compiler (g++ 12 or clang 19, or" \
            "later), CMake 3.25, Ninja, pkg-config, Boost 1.81 with JSON and URL, OpenSSL 3, libyaml, CLI11, bubblewrap;" \
            "for the tests GoogleTest with GoogleMock, Google Benchmark, python, cowsay"
        return 0
    fi
    known=yes
    choose_boost || known=no
    missing=$(missing_of "$@" $boost)
    for package in $missing; do
        is_available "$package" || known=no
    done

    options="-y --no-remove --no-install-recommends"
    if [ "$known" = no ]; then
        install_command="apt-get update && apt-get install $options $missing"
        say "Reading the list of packages (apt-get update)"
        as_root apt-get update -q || fail "apt-get update failed; its reason stands above."
        choose_boost || fail "No Boost 1.81 or later among this system's packages." \
            "Install one by hand and name its folder: BOOST_ROOT=/opt/boost sh $0"
        missing=$(missing_of "$@" $boost)
        for package in $missing; do
            is_available "$package" || fail "This system's package sources have no $package." \
                "Debian 12 and Ubuntu 24.04 (with universe) have it; see /etc/apt/sources.list*."
        done
    fi
    [ -n "$missing" ] || return 0

    install_command="apt-get update && apt-get install $options $missing"
    # A rehearsal, which needs no rights: apt-get may see no way that leaves every package where it is.
    if ! rehearsal=$(LC_ALL=C apt-get install -s $options $missing 2>&1); then
        removed=$(printf '%s\n' "$rehearsal" | sed -n '/REMOVED:$/,/^[^ ]/s/^  *//p' | tr '\n' ' ')
        [ -n "$removed" ] || fail "$rehearsal" "apt-get cannot install $missing"
        fail "To install $missing, apt-get would have to remove" "    $removed" "so nothing was done. Either" \
            "  1. remove it yourself, if nothing needs it, and run this script again; or" \
            "  2. keep it, and name the folder of a Boost 1.81 or later of your own; this unpacks one without installing it:" \
            "       mkdir -p build/boost && (cd build/boost && apt-get download libboost1.$minor-dev \\" \
            "           libboost-json1.$minor-dev libboost-url1.$minor-dev libboost-container1.$minor-dev libboost-system1.$minor-dev \\" \
            "           libboost-json1.$minor.0 libboost-url1.$minor.0 libboost-container1.$minor.0 libboost-system1.$minor.0 &&" \
            "           for f in *.deb; do dpkg -x \$f .; done)" \
            "       BOOST_ROOT=\$PWD/build/boost/usr sh $0"
    fi
    say "Installing $missing"
    if ! as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q $options $missing; then
        say "Once more with a fresh list of packages"
        as_root apt-get update -q
        as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q $options $missing ||
            fail "The packages could not be installed; apt-get's reason stands above."
    fi
}

build_packages="g++ cmake ninja-build pkg-config libssl-dev libyaml-dev libcli11-dev bubblewrap"
test_packages="libgtest-dev libgmock-dev libbenchmark-dev python-is-python3 cowsay"
ci_packages="clang-19 libclang-rt-19-dev libc++-19-dev libc++abi-19-dev clang-format-19 lld-19"

# cowsay lives there, which is not on root's path.
PATH=$PATH:/usr/games
export PATH
