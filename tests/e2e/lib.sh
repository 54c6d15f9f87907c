# shellcheck shell=bash
# What e2e cases call; tests/e2e/run reads it before the case. A case is plain bash under
# `set -euo pipefail` in a folder of its own, $E2E_FOLDER.

# shellcheck source=tests/e2e/processes.sh
. "$(dirname "${BASH_SOURCE[0]}")/processes.sh"

trap 'echo "failed: ${BASH_SOURCE[0]##*/}:$LINENO: $BASH_COMMAND" >&2' ERR
set -o errtrace

fail() {
  echo "FAIL at line ${BASH_LINENO[${#BASH_LINENO[@]} - 2]}: $*" >&2
  exit 1
}

# assert_eq ACTUAL EXPECTED [WHAT]
assert_eq() {
  [ "$1" = "$2" ] || fail "${3:-value}: got «$1», expected «$2»"
}

# assert_contains TEXT PART [WHAT]
assert_contains() {
  [[ $1 == *"$2"* ]] || fail "${3:-text}: no «$2» in «$1»"
}

# assert_matches TEXT REGEX [WHAT]
assert_matches() {
  [[ $1 =~ $2 ]] || fail "${3:-text}: «$1» does not match «$2»"
}

# assert_exit CODE COMMAND…    its output is in $STDOUT and $STDERR afterwards
assert_exit() {
  local expected=$1 got=0
  shift
  "$@" >"$E2E_FOLDER/.stdout" 2>"$E2E_FOLDER/.stderr" || got=$?
  STDOUT=$(<"$E2E_FOLDER/.stdout")
  STDERR=$(<"$E2E_FOLDER/.stderr")
  [ "$got" -eq "$expected" ] ||
    fail "$*: exit $got, expected $expected; stdout «$STDOUT» stderr «$STDERR»"
}

# start NAME COMMAND…    in the background; prints go to NAME.out and NAME.err; its id is in $STARTED
start() {
  local name=$1
  shift
  "$@" >"$E2E_FOLDER/$name.out" 2>"$E2E_FOLDER/$name.err" &
  # shellcheck disable=SC2034  # the case reads it
  STARTED=$!
}

# wait_for_line FILE REGEX [SECONDS]    until a line of the growing file matches
wait_for_line() {
  follow "$1" "${3:-20}" grep -qE -m1 -e "$2" ||
    fail "no line «$2» in $1 within ${3:-20} s; it has: $(cat "$1")"
}

# wait_for_lines FILE COUNT [SECONDS]    until the growing file has that many lines
wait_for_lines() {
  follow "$1" "${3:-20}" head -n "$2" >/dev/null ||
    fail "$1 has $(wc -l <"$1") lines after ${3:-20} s, expected $2"
}

# follow FILE SECONDS COMMAND…    the command reads the file as it grows, until it ends by itself
follow() {
  local file=$1 seconds=$2 lines status=0
  shift 2
  [ -e "$file" ] || : >>"$file"
  exec {lines}< <(exec tail -n +1 -f -- "$file")
  local follower=$!
  timeout "$seconds" "$@" <&"$lines" || status=$?
  exec {lines}<&-
  kill "$follower" 2>/dev/null || true
  return "$status"
}

# wait_gone PID [SECONDS]    until the process has ended (any process, not only a child)
wait_gone() {
  wait_ended "$1" "${2:-10}" || fail "process $1 is still there"
}

# eventually COMMAND…    until it succeeds; for states that announce themselves nowhere
eventually() {
  within 20 quietly "$@" || fail "never came true: $*"
}

quietly() { "$@" >/dev/null 2>&1; }

# The daemons this case started, one id a line; seen from outside, not asked of the programs.
daemon_pids() {
  local pid
  processes_of "$E2E_FOLDER" | while read -r pid; do
    if [ "$(cat "/proc/$pid/comm" 2>/dev/null)" = taskmand ]; then echo "$pid"; fi
  done
}

# The one daemon of this case; anything but exactly one is a failure.
daemon_pid() {
  local pids
  mapfile -t pids < <(daemon_pids)
  [ "${#pids[@]}" -eq 1 ] || fail "${#pids[@]} daemons run, expected 1"
  echo "${pids[0]}"
}

kill_daemon() {
  local pid
  pid=$(daemon_pid)
  kill "-${1:-KILL}" "$pid"
  wait_gone "$pid"
}

# shell_blocks FILE    the ```sh blocks of a page, one after the other
shell_blocks() {
  awk '/^```sh$/ { on = 1; next } /^```$/ { on = 0 } on' "$1"
}
