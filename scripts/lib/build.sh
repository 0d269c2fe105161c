# Builds the release binary when its sources changed. Sourced by scripts/relmodel and scripts/test with `root` set
# to the repository. Nothing here writes to standard output.

readonly build=$root/.build
readonly binary=$build/release/relmodel
readonly stamp=$build/relmodel.stamp

# explain CODE LINE…: says why on standard error and ends.
explain() {
  local code=$1
  shift
  printf 'relmodel: %s\n' "$1" >&2
  shift
  [ $# -eq 0 ] || printf '%s\n' "$@" >&2
  exit "$code"
}

# Name, size and modification time of all that the binary is made from: an edit, an addition and a deletion all show.
sources() {
  (cd "$root" && find Package.swift Sources -type f ! -name '.*' ! -name '*.md' -printf '%p %s %T@\n' | LC_ALL=C sort)
}

is_current() { [ -x "$binary" ] && [ -r "$stamp" ] && [ "$(sources)" = "$(<"$stamp")" ]; }

# quietly TITLE LOG COMMAND…: output to the log, and on a terminal one progress line.
quietly() {
  local title=$1 log=$2
  shift 2
  if [ -t 2 ] && [ "${TERM:-dumb}" != dumb ]; then
    "$@" </dev/null 2>&1 9>&- | tee "$log" 9>&- | progress "$title"
    return "${PIPESTATUS[0]}"
  fi
  "$@" </dev/null >"$log" 2>&1 9>&-
}

progress() {
  local line width
  width=$(stty size <&2 2>/dev/null) && width=${width#* }
  [ "${width:-0}" -ge 20 ] || width=80
  printf '\r\033[K%s …' "relmodel: $1" >&2
  while IFS= read -r line; do
    line="relmodel: $1 … $line"
    printf '\r\033[K%s' "${line:0:width-1}" >&2
  done
  printf '\r\033[K' >&2
}

# Holds the lock of this checkout's build in descriptor 9, so that two launchers do not build at once.
lock() {
  mkdir -p "$build" 2>/dev/null && { : >>"$build/relmodel.lock"; } 2>/dev/null \
    || explain 69 "$build can not be written, and the binary is missing or older than its sources."
  exec 9>>"$build/relmodel.lock"
  command -v flock >/dev/null || return 0 # SwiftPM has a lock of its own
  flock -n 9 && return 0
  [ ! -t 2 ] || printf 'relmodel: waiting for another build\n' >&2
  flock 9
}

unlock() { exec 9>&-; }

# Sets `swift`, with everything a build needs in place. Call it under the lock.
prepare() {
  # shellcheck source=scripts/lib/toolchain.sh
  . "$root/scripts/lib/toolchain.sh"
  require_packages
  require_swift
}

# build_binary [quietly TITLE LOG]: builds, and remembers which sources the binary stands for.
build_binary() {
  local built_from
  built_from=$(sources)
  rm -f "$stamp"
  "$@" "$swift" build --package-path "$root" -c release --product relmodel || return
  printf '%s\n' "$built_from" >"$stamp.new" && mv -f "$stamp.new" "$stamp"
}

# The binary, built if need be; the build's output appears only when it fails.
ensure_binary() {
  is_current && return 0
  lock
  if ! is_current; then # another launcher may have built it meanwhile
    prepare
    if ! build_binary quietly "building" "$build/build.log"; then
      cat "$build/build.log" >&2
      explain 70 "the build failed; its output is above and in $build/build.log"
    fi
  fi
  unlock
}
