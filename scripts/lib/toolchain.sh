# What a build needs from the machine: Debian packages and a Swift toolchain. Sourced by build.sh.

readonly packages=(
  libsqlite3-dev libopenblas-dev
  libncurses6 libcurl4 libxml2 git ca-certificates libstdc++-12-dev libc6-dev binutils # what Swift itself needs
)
readonly oldest_swift=6.2

# The packages that are not installed, one a line. A package counts when an installed one provides it
# (libcurl4t64 provides libcurl4), and any release of the C++ library serves.
missing_packages() {
  dpkg-query -W -f '${db:Status-Abbrev};${Package};${Provides}\n' 2>/dev/null \
    | LC_ALL=C awk -F ';' -v wanted="${packages[*]}" '
        substr($1, 2, 1) != "i" { next }
        {
          installed[$2]
          if ($2 ~ /^libstdc\+\+-[0-9]+-dev$/) installed["libstdc++-12-dev"]
          count = split($3, provided, /, */)
          for (i = 1; i <= count; i++) { sub(/ .*/, "", provided[i]); installed[provided[i]] }
        }
        END {
          count = split(wanted, names, " ")
          for (i = 1; i <= count; i++) if (!(names[i] in installed)) print names[i]
        }'
}

# Installs what is missing, or says how and ends with 69.
require_packages() {
  command -v dpkg-query >/dev/null || return 0 # not a Debian: the build will name what it lacks
  local missing privileged=()
  mapfile -t missing < <(missing_packages)
  [ ${#missing[@]} -gt 0 ] || return 0

  if [ "$(id -u)" -ne 0 ]; then privileged=(sudo -n); fi
  if ! command -v apt-get >/dev/null || ! "${privileged[@]}" true 2>/dev/null; then
    explain 69 "these packages are missing, and installing them needs root. Paste:" \
      "  sudo apt-get update && sudo apt-get install -y --no-install-recommends ${missing[*]}"
  fi
  printf 'relmodel: installing %s\n' "${missing[*]}" >&2
  local apt=("${privileged[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300)
  quietly "updating the package lists" "$build/install.log" "${apt[@]}" update || true # a stale list may do
  quietly "installing packages" "$build/install.log" \
    "${apt[@]}" install -y --no-install-recommends "${missing[@]}" && return 0
  cat "$build/install.log" >&2
  explain 69 "the packages above could not be installed. To try by hand:" \
    "  apt-get update && apt-get install -y --no-install-recommends ${missing[*]}"
}

# Sets `swift` to the first toolchain that is new enough, or says where to get one and ends with 69.
require_swift() {
  local candidates candidate version too_old=
  mapfile -t candidates < <(type -ap swift)
  candidates+=(
    /opt/swift/usr/bin/swift "${SWIFTLY_BIN_DIR:-/nonexistent}/swift" "${HOME:-/root}/.local/share/swiftly/bin/swift"
    "${HOME:-/root}/.swiftly/bin/swift" /usr/local/swift/usr/bin/swift /usr/share/swift/usr/bin/swift
    /usr/libexec/swift/bin/swift
  )
  for candidate in "${candidates[@]}"; do
    [ -x "$candidate" ] || continue
    # OpenStack's client is called swift too.
    version=$("$candidate" --version 2>/dev/null </dev/null | sed -n 's/.*Swift version \([0-9][0-9.]*\).*/\1/p')
    [ -n "$version" ] || continue
    if printf '%s\n' "$oldest_swift" "$version" | sort -C -V; then
      swift=$candidate
      return 0
    fi
    too_old="$candidate is Swift $version"
  done
  explain 69 "Swift $oldest_swift or newer is needed${too_old:+, and $too_old}." \
    "  Install it from https://www.swift.org/install/linux/ and put its usr/bin in PATH."
}
