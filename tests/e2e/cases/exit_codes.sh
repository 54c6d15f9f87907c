# shellcheck shell=bash
# The exit codes of the manual, each by a command that a user could type, and the error beside it.

# refused CODE SLUG COMMAND…    in words, and as JSON with that slug
refused() {
  local code=$1 slug=$2
  shift 2
  assert_exit "$code" "$@"
  assert_eq "$STDOUT" "" "stdout of $*"
  [[ $STDERR == "taskman: "* ]] || fail "$*: stderr «$STDERR»"
  assert_exit "$code" "$@" --json
  assert_eq "$STDOUT" "" "stdout of $* --json"
  assert_eq "$(jq -r .error.code <<<"$STDERR")" "$slug" "code of $*"
  assert_eq "$(jq -c '.error | keys' <<<"$STDERR")" '["code","details","hint","message","retryable"]'
}

a=$(taskman task add "A" -q)
b=$(taskman task add "B" -q)

refused 2 usage taskman task lsit
refused 2 usage taskman task add
refused 2 usage taskman task add A B
refused 2 usage taskman task edit "$a"
refused 2 invalid_value taskman task add A -p p9
refused 2 invalid_value taskman task add A --due someday
refused 2 invalid_value taskman task add A --points many
refused 2 invalid_value taskman task add A --project nowhere
refused 2 invalid_value taskman task "done" x
refused 2 invalid_value taskman task list 'points>many'
refused 2 invalid_value taskman task list --limit 0
refused 2 invalid_value taskman watch --poll=never

# What the answer cannot be shown as is refused before anything is written.
p=$(taskman project add unshown -q)
s=$(taskman sprint add "Unshown" -q)
head=$(taskman daemon status --format '{cursor}')
for write in "task add C" "task edit $a --title C" "task start $a" "task done $a" "task drop $a" \
  "task block $a --reason C" "task review $a" "claim $a" "claim --next" "task release $a" "lease renew $a" \
  "task dep add $a --on $b" "task comment $a C" "task delete $a --yes" \
  "sprint add C" "sprint edit $s --goal C" "sprint delete $s --yes" "project add c" "project edit $p --name C" \
  "project delete $p --yes"; do
  # shellcheck disable=SC2086  # words
  refused 2 invalid_value taskman $write --fields id,nope
  for text in '{nope}' '{id'; do
    # shellcheck disable=SC2086
    assert_exit 2 taskman $write --format "$text"
    assert_contains "$STDERR" "--format: "
  done
done
assert_eq "$(taskman daemon status --format '{cursor}')" "$head" "what the log has"

refused 3 not_found taskman task show 99999
refused 3 not_found taskman sprint show nowhere
refused 3 not_found taskman sprint show current
refused 3 not_found taskman project show nowhere
refused 3 not_found taskman watch sprint nowhere

refused 4 claimed taskman lease renew "$a"
refused 4 claimed taskman task "done" "$a" --if-claimed
refused 8 nothing taskman claim --next label:nobody
refused 2 usage taskman claim
refused 2 usage taskman run --claim

refused 4 stale_version taskman task edit "$a" --title New --if-match 7
assert_exit 0 taskman task add "Keyed" --key k1
refused 4 key_reused taskman task add "Other" --key k1
assert_exit 0 taskman task dep add "$a" --on "$b"
refused 4 dependency_cycle taskman task dep add "$b" --on "$a"
assert_exit 0 taskman sprint add One
assert_exit 0 taskman sprint add Two
assert_exit 0 taskman sprint start One
refused 4 conflict taskman sprint start Two
assert_exit 0 taskman task "done" "$b"
refused 4 conflict taskman task block "$b"

assert_exit 0 taskman task "done" - </dev/null
assert_eq "$STDOUT" ""
assert_eq "$STDERR" "taskman: no ids on stdin: nothing to do"
assert_exit 0 taskman task delete - --json </dev/null
assert_eq "$(jq -c '[.kind, .data]' <<<"$STDOUT")" '["task.list",[]]'
assert_exit 8 taskman task list label:nobody --fail-on-empty
assert_eq "$STDERR" "taskman: no tasks"
assert_exit 0 taskman task list label:nobody

# 124: it is there and does not answer.
daemon=$(daemon_pid)
halt "$daemon"
refused 124 timeout taskman task list --timeout 200ms
kill -CONT "$daemon"

# 5: it is not there. 1: what was asked for cannot be handed over.
kill_daemon TERM
refused 5 unreachable taskman task list --no-autostart
TASKMAN_AUTOSTART=0 refused 5 unreachable taskman task list
assert_exit 0 taskman task list
for command in "task list" "task show $a" "task list --json" "task list -q" "--help"; do
  # shellcheck disable=SC2086  # words
  taskman $command >/dev/full 2>full.err && got=0 || got=$?
  assert_eq "$got" 1 "$command >/dev/full"
  assert_contains "$(cat full.err)" "No space left on device"
done
