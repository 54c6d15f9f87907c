# shellcheck shell=bash
# `taskman run --claim -- CMD`: what a script learns of how CMD and the run ended, and a queue of a task that fails.

field() { taskman task show "$1" --json | jq -r ".data | $2"; }
add() { taskman task add "$@" -q; }
# finished PID CODE WHAT
finished() {
  local code=0
  wait "$1" || code=$?
  assert_eq "$code" "$2" "exit of $3"
}

# Codes that are taskman's, too: the document tells whose it is.
id=$(add "Fails")
for code in 4 5 8 124; do
  assert_exit $code taskman run --claim "$id" --json -- sh -c "exit $code"
  assert_eq "$(jq -r '[.kind, .data.status, .data.exit_code] | join(" ")' <<<"$STDOUT")" "task.run todo $code"
  assert_eq "$STDERR" ""
  assert_exit $code taskman run --claim "$id" --format '{exit_code}' -- sh -c "exit $code"
  assert_eq "$STDOUT" "$code"
  assert_contains "$STDERR" "CMD ended with $code"
done
assert_exit 8 taskman run --claim label:other --json -- true
assert_eq "$STDOUT" ""
assert_eq "$(jq -r .error.code <<<"$STDERR")" nothing
assert_exit 8 taskman run --claim label:other --format '{exit_code}' -- true
assert_eq "$STDOUT" ""
assert_exit 0 taskman run --claim "$id" --dry-run --json -- true
assert_eq "$(jq -c .data.exit_code <<<"$STDOUT")" null

# A failure of ours leaves nothing on stdout, and is one document on stderr.
touch plain
assert_exit 127 taskman run --claim "$id" --json -- no-such-program
assert_eq "$STDOUT" ""
assert_eq "$(jq -r .error.message <<<"$STDERR")" "no program 'no-such-program'"
assert_exit 126 taskman run --claim "$id" --json -- ./plain
assert_eq "$STDOUT" ""
assert_contains "$(jq -r .error.message <<<"$STDERR")" "cannot run './plain'"
assert_eq "$(field "$id" '[.status, .lease] | tostring')" '["todo",null]'
assert_exit 4 taskman run --claim "$id" --json -- sh -c "taskman task block $id --as bob >&2"
assert_eq "$(jq -r '.error | [.code, .details[0].name, .details[0].message] | join(" ")' <<<"$(tail -1 <<<"$STDERR")")" "conflict exit_code 0"
assert_exit 0 taskman task "done" "$id"

# One that fails comes first again, unless it is blocked: then the others get their turn, and people see why.
bad=$(add "Bad" --priority p0 --label queue)
good=$(add "Good" --label queue)
assert_exit 1 taskman run --claim label:queue -- false
assert_exit 1 taskman run --claim label:queue --on-failure release -- false
assert_eq "$(field "$bad" '[.status, .assignee] | tostring')" '["todo",null]'
assert_exit 1 taskman run --claim label:queue --on-failure block -- false
assert_contains "$STDERR" "blocked $bad  Bad"
assert_eq "$(field "$bad" '[.status, .assignee, .lease, .blocked_reason] | tostring')" '["blocked",null,null,"false ended with 1"]'
assert_exit 0 taskman run --claim label:queue --on-failure block -- true
assert_eq "$(field "$good" .status)" "done"
assert_exit 0 taskman undo
assert_exit 0 taskman undo
assert_contains "$STDOUT" "blocked $bad  Bad"
assert_eq "$(field "$bad" '[.status, .assignee, .lease] | tostring')" '["todo",null,null]' "as before the run"
assert_exit 0 taskman task "done" "$good"
# What says nothing about the task does not block it: no program, a signal, what CMD made of it itself.
assert_exit 127 taskman run --claim label:queue --on-failure block -- no-such-program
assert_eq "$(field "$bad" .status)" todo
mkfifo go
start told taskman run --claim "$bad" --on-failure block -- bash -c 'exec 5<>go; echo ready; read -r -t 60 -u 5 line'
wait_for_line told.out ready
kill -TERM "$STARTED"
finished "$STARTED" 143 "who was told to end"
assert_eq "$(field "$bad" .status)" todo
assert_exit 1 taskman run --claim "$bad" --on-failure block -- sh -c "taskman task review $bad; exit 1"
assert_eq "$(field "$bad" .status)" review
assert_exit 2 taskman run --claim "$bad" --on-failure blok -- true
assert_contains "$STDERR" "did you mean block?"

# Told to end while it reports to a daemon that does not answer: the result of CMD is not lost without a word.
# reporting CODE    its err has a line about CMD's end then, and the daemon hangs
reporting() {
  id=$(add "Reported")
  start reporting taskman run --claim "$id" --verbose -- bash -c 'exec 5<>go; echo ready; read -r -t 60 -u 5 line; exit '"$1"
  wait_for_line reporting.out ready
  daemon=$(daemon_pid)
  halt "$daemon"
  echo go on >go
  wait_for_line reporting.err "CMD ended with $1"
  kill -TERM "$STARTED"
  finished "$STARTED" 143 "who was told to end while it reported"
  kill -CONT "$daemon"
}
# way_out VERB    what was said is how it goes on
way_out() {
  local way
  way=$(grep -o "taskman task $1 $id --token [0-9]*" reporting.err) || fail "no way out: $(cat reporting.err)"
  # shellcheck disable=SC2086  # a command of several words
  assert_exit 0 $way
}
reporting 0
assert_contains "$(cat reporting.err)" "task $id is not marked done: ended by SIGTERM"
way_out "done"
assert_eq "$(field "$id" .status)" "done"
reporting 3
assert_contains "$(cat reporting.err)" "task $id is not given back: ended by SIGTERM"
way_out release
assert_eq "$(field "$id" .status)" todo
