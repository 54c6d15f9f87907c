# shellcheck shell=bash
# wait task: begun before the task exists, through two deaths of the daemon, until the condition is true; and what can no
# longer come true, and time.

declare -A pids

# waiting NAME ARG…    NAME.end tells when it ended
waiting() {
  local name=$1
  shift
  # shellcheck disable=SC2016  # the inner shell expands it
  start "$name" bash -c '"$@"; status=$?; echo "$EPOCHREALTIME" >"$0.end"; exit $status' "$name" taskman wait -v "$@"
  pids[$name]=$STARTED
}
# ended NAME CODE
ended() {
  local status=0
  wait "${pids[$1]}" || status=$?
  assert_eq "$status" "$2" "$1, which says «$(cat "$1.err")»"
}
following() { wait_for_line "$1.err" '^following, from '; }
instant_ms() { date -ud "$1" +%s%3N; }

# The task does not exist; not even a daemon runs.
waiting early task 1 --for status=done --progress
wait_for_line early.err '^taskman: task 1 does not exist yet: waiting for it$'
following early
kill_daemon KILL
assert_eq "$(taskman task add "Deploy" -q)" 1
wait_for_line early.err 'Deploy.*created'
taskman task start 1 >/dev/null
wait_for_line early.err 'status todo → in_progress'
kill_daemon KILL
taskman daemon start >/dev/null
kill -0 "${pids[early]}" || fail "ended while the task is in progress"
taskman task "done" 1 >/dev/null
ended early 0
assert_eq "$(<early.out)" "task 1: status=done  Deploy"
assert_eq "$(grep -c 'does not exist yet' early.err)" 1
late=$(($(tr -d . <early.end) / 1000 - $(instant_ms "$(taskman task show 1 --format '{closed_at}')")))
echo "wait ended $late ms after the change"
[ "$late" -lt 2000 ] || fail "ended $late ms after the change"

# True already: nothing is waited for; the answer in every form.
assert_exit 0 taskman wait task 1 --for status=completed
assert_eq "$STDERR" ""
assert_eq "$(taskman wait task 1 --for status=done -q)" 1
assert_eq "$(taskman wait task '#1' --for exists --json | jq -c '[.kind, .data.id, .data.status]')" '["task",1,"done"]'
assert_eq "$(taskman wait task 1 --for is=closed --json)" "$(taskman task show 1 --json)" "the same document as task show's"

# Dropped, or deleted: at once, with the reason.
taskman task add "Never" -q >/dev/null
waiting dropped task 2 --for status=done
waiting deleted task 2 --for assignee=ben
following dropped
following deleted
taskman task drop 2 >/dev/null
ended dropped 7
assert_contains "$(<dropped.err)" "task 2 is dropped: status=done can no longer come true"
assert_contains "$(<dropped.err)" "hint: open it again first: taskman task reopen 2"
assert_eq "$(<dropped.out)" ""
kill -0 "${pids[deleted]}" || fail "a dropped task can still be assigned"
taskman task delete 2 --yes >/dev/null
ended deleted 7
assert_contains "$(<deleted.err)" "task 2 was deleted: assignee=ben can no longer come true"
# The same found at the first look.
assert_exit 7 taskman wait task 1 --for ready --json
assert_eq "$(jq -r .error.code <<<"$STDERR")" impossible
assert_exit 7 taskman wait task 2 --for exists

# Time: at the time, with the state; also when the daemon does not answer.
taskman task add "Slow" -q >/dev/null
# wants_124 COMMAND…    after two seconds, not before
wants_124() {
  local begin=${EPOCHREALTIME/./} took
  assert_exit 124 "$@" --timeout 2s
  took=$(((${EPOCHREALTIME/./} - begin) / 1000))
  echo "--timeout 2s took $took ms"
  [ "$took" -ge 2000 ] || fail "--timeout 2s took $took ms"
  [ "$took" -lt 6000 ] || fail "--timeout 2s took $took ms"
}
wants_124 taskman wait task 3 --for status=done
assert_contains "$STDERR" "waited 2s for status=done: task 3 is todo"
halt "$(daemon_pid)"
wants_124 taskman wait task 3 --for status=done
kill -CONT "$(daemon_pid)"
waiting halted task 3 --for status=done --timeout 3s
following halted
halt "$(daemon_pid)"
ended halted 124
kill -CONT "$(daemon_pid)"

# A signal.
waiting asked task 3 --for status=done
following asked
kill -TERM "$(pgrep -P "${pids[asked]}" -x taskman)"
ended asked 143

# Not waited for: what nobody can have meant, and a daemon that may not be started.
assert_exit 2 taskman wait task 3 --for status=dnoe
assert_contains "$STDERR" "did you mean done?"
assert_exit 2 taskman wait task 3 --for stauts=done
assert_exit 2 taskman wait task 3 --for "done"
assert_contains "$STDERR" "did you mean status=done?"
assert_exit 2 taskman wait task 3 --for sprint=nowhere
assert_exit 2 taskman wait task 3 --for project=nowhere
assert_exit 2 taskman wait task 3
assert_contains "$STDERR" "--for is missing"
assert_exit 2 taskman wait 3 --for exists
assert_contains "$STDERR" "taskman wait task 3"
assert_exit 2 taskman wait --for exists
assert_exit 2 taskman wait task --for exists
assert_exit 2 taskman wait task 3 --for exists --fields nope
kill_daemon TERM
assert_exit 5 taskman wait task 3 --for exists --no-autostart
