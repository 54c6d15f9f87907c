# shellcheck shell=bash
# Processes as seen from outside; read by tests/e2e/run and, through lib.sh, by every case.

# runs PID    a process that ended and whose parent took no note of it yet (a zombie) does not run
runs() {
  local state
  state=$(sed -n 's/^State:\t\(.\).*/\1/p' "/proc/$1/status" 2>/dev/null) && [[ -n $state && $state != [ZX] ]]
}

# wait_ended PID SECONDS    any process, not only a child; fails when it runs on
wait_ended() {
  local deadline=$((SECONDS + $2))
  while runs "$1"; do
    [ $SECONDS -lt $deadline ] || return 1
    pause
  done
}

# halt PID    SIGSTOP, and until it holds: each thread stops when it next comes by the kernel
halt() {
  local deadline=$((SECONDS + 10))
  kill -STOP "$1"
  while cat /proc/"$1"/task/*/status 2>/dev/null | grep -q $'^State:\t[^T]'; do
    [ $SECONDS -lt $deadline ] || return 1
    pause
  done
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
