# shellcheck shell=bash
# A daemon that nobody asks anything does nothing: not one wake-up, with connections and watchers or without.

# ThreadSanitizer has a thread of its own, the first after the main one, that wakes ten times a second.
not_of_a_sanitizer() {
  if grep -qa __tsan_init "$E2E_BIN/taskmand"; then sed 2d; else cat; fi
}
switches() { # of all its threads, voluntary and not
  find /proc/"$pid"/task -mindepth 1 -maxdepth 1 -printf '%f\n' | sort -n | not_of_a_sanitizer |
    while read -r thread; do cat "/proc/$pid/task/$thread/status" 2>/dev/null || true; done |
    awk '/ctxt_switches/ { sum += $2 } END { print sum }'
}
# True when no thread ran for two seconds; what came before (a checkpoint, a worker that goes) may take its time.
is_still() {
  local before
  before=$(switches)
  timeout 2 tail -f /dev/null || true
  [ "$(switches)" = "$before" ]
}

# Hooks that have nothing to do wait for nothing.
taskman hooks add --on task.created --run true -q >/dev/null
taskman hooks add --on label:none --post http://127.0.0.1:1/ -q >/dev/null
taskman task add one -q >/dev/null
pid=$(daemon_pid)
eventually is_still
# A watcher costs a heartbeat every 15 s and nothing between two of them.
start watch taskman watch --json
eventually is_still
taskman task "done" 1 >/dev/null
wait_for_lines watch.out 1
eventually is_still
assert_eq "$(daemon_pid)" "$pid"
