# shellcheck shell=bash
# Processes as seen from outside; read by tests/e2e/run and, through lib.sh, by every case.

# runs PID    a process that ended and whose parent took no note of it yet (a zombie) does not run
runs() {
  local state
  state=$(sed -n 's/^State:\t\(.\).*/\1/p' "/proc/$1/status" 2>/dev/null) && [[ -n $state && $state != [ZX] ]]
}

# within SECONDS COMMAND…    again and again until it succeeds; fails when it never does
within() {
  local deadline=$((SECONDS + $1))
  shift
  until "$@"; do
    [ $SECONDS -lt $deadline ] || return 1
    pause
  done
}

has_ended() { ! runs "$1"; }

# wait_ended PID SECONDS    any process, not only a child; fails when it runs on
wait_ended() { within "$2" has_ended "$1"; }

is_halted() { ! cat /proc/"$1"/task/*/status 2>/dev/null | grep -q $'^State:\t[^T]'; }

# halt PID    SIGSTOP, and until it holds: each thread stops when it next comes by the kernel
halt() {
  kill -STOP "$1"
  within 10 is_halted "$1"
}

# processes_of FOLDER    the living processes of the case in that folder, one id a line
processes_of() {
  # grep's own status tells of processes that went away.
  { grep -slzxF "E2E_FOLDER=$1" /proc/[0-9]*/environ || true; } | cut -d/ -f3
}

# For loops over a state that announces itself nowhere; they end when the state is there.
pause() {
  timeout 0.02 tail -f /dev/null || true
}
