# shellcheck shell=bash
# How `taskman run --claim -- CMD` ends: what CMD makes of the task counts, what it did is not lost
# while the daemon is away, and a lease that is lost is seen at once, whatever its length.

field() { taskman task show "$1" --json | jq -r ".data | $2"; }
add() { taskman task add "$@" -q; }
# finished PID CODE WHAT
finished() {
  local code=0
  wait "$1" || code=$?
  assert_eq "$code" "$2" "exit of $3"
}

# CMD finishes the task itself: it is done, and CMD's code is ours.
id=$(add "Finished by hand")
# shellcheck disable=SC2016  # the command's own shell expands it
assert_exit 0 taskman run --claim "$id" -- sh -c 'taskman task done "$TASKMAN_TASK_ID" -q'
assert_contains "$STDERR" "done $id  Finished by hand"
id=$(add "Finished, then failed")
# shellcheck disable=SC2016
assert_exit 5 taskman run --claim "$id" --json -- sh -c 'taskman task done "$TASKMAN_TASK_ID" >&2; exit 5'
assert_eq "$(jq -r '[.kind, .data.status] | join(" ")' <<<"$STDOUT")" "task.run done"

# It goes on after that, and is not ended for a task that nobody can take any more.
id=$(add "Closed early")
# shellcheck disable=SC2016
assert_exit 0 taskman run --claim "$id" --lease 300ms -- bash -c \
  'taskman task done "$TASKMAN_TASK_ID" -q; taskman wait --filter "label:now" --for "count>0" --timeout 600ms -q >&2; [ $? = 124 ] && echo went on'
assert_contains "$STDOUT" "went on"

# CMD moves it to review: there it stays.
id=$(add "For review")
# shellcheck disable=SC2016
assert_exit 0 taskman run --claim "$id" -- sh -c 'taskman task review "$TASKMAN_TASK_ID" -q'
assert_eq "$(field "$id" '[.status, .lease] | tostring')" '["review",null]'

# Interrupted: what CMD's trap makes of it does not make the task done.
mkfifo go
id=$(add "Interrupted")
start told taskman run --claim "$id" -- bash -c 'trap "exit 0" TERM; exec 5<>go; echo ready; while ! read -r -t 60 -u 5 line; do :; done'
wait_for_line told.out ready
kill -TERM "$STARTED"
finished "$STARTED" 143 "who was told to end"
assert_eq "$(field "$id" .status)" todo

# A signal that is ignored interrupts nobody.
id=$(add "Left alone")
start nohup nohup taskman run --claim "$id" -- bash -c 'exec 5<>go; echo ready; read -r -t 60 -u 5 line'
wait_for_line nohup.out ready
kill -HUP "$STARTED"
echo go on >go
finished "$STARTED" 0 "who hears no HUP"
assert_eq "$(field "$id" .status)" "done"

# A lease of half an hour is lost: CMD is ended at once, not at the next renewal.
id=$(add "Taken away")
start lost taskman run --claim "$id" --as w1 -- bash -c 'trap "echo told; exit 9" TERM; exec 5<>go; echo ready; while ! read -r -t 60 -u 5 line; do :; done'
wait_for_line lost.out ready
assert_exit 0 taskman task edit "$id" --title "Renamed meanwhile" -q
assert_exit 0 taskman task release "$id" --as boss
finished "$STARTED" 4 "who lost its lease"
assert_eq "$(cat lost.out)" "ready
told"
assert_contains "$(cat lost.err)" "no longer claimed by w1: released by boss"
id=$(add "Deleted")
start deleted taskman run --claim "$id" -- bash -c 'exec 5<>go; echo ready; read -r -t 60 -u 5 line'
wait_for_line deleted.out ready
assert_exit 0 taskman task delete "$id" --yes --as boss
finished "$STARTED" 4 "whose task is gone"
assert_contains "$(cat deleted.err)" "no longer claimed by $(id -un): deleted by boss"

# What CMD makes of it by the name it acts under is no loss: CMD goes on to its end, and its code is ours. It is
# known by a renewal that is refused (a short lease), or at once (a long one).
# went_on LEASE CODE COMMAND    CMD does that to its task, goes on for some renewals, and ends with CODE
went_on() {
  id=$(add "Given away")
  # shellcheck disable=SC2016
  assert_exit "$2" taskman run --claim "$id" --lease "$1" -- bash -c \
    "$3"' "$TASKMAN_TASK_ID" >&2; taskman wait --filter "label:now" --for "count>0" --timeout 700ms -q >&2; echo went on; exit '"$2"
  assert_eq "$STDOUT" "went on"
}
for lease in 300ms 30m; do
  went_on $lease 0 "taskman task release"
  assert_contains "$STDERR" "taskman: released $id  Given away"
  went_on $lease 3 "taskman task edit --status todo"
  assert_contains "$STDERR" "taskman: released $id  Given away"
  went_on $lease 0 "taskman task delete --yes"
  assert_contains "$STDERR" "taskman: deleted $id  Given away"
  went_on $lease 0 "taskman task block"
  assert_contains "$STDERR" "taskman: blocked $id  Given away"
done
# Not for ever: who claims it then has it alone.
id=$(add "Given back, then taken")
start given taskman run --claim "$id" --as w1 -- bash -c "taskman task release $id; exec 5<>go; read -r -t 60 -u 5 line"
wait_for_line given.out "^released"
assert_exit 0 taskman claim "$id" --as w2
finished "$STARTED" 4 "whose task is another's now"
assert_contains "$(cat given.err)" "task $id is claimed by w2 under another lease"

# CMD has succeeded, but others moved the task: it is not done, and that is not success.
for verb in block review drop; do
  id=$(add "Moved by others")
  assert_exit 4 taskman run --claim "$id" --as w1 -- sh -c "taskman task $verb $id --as bob -q >&2"
  assert_contains "$STDERR" "task $id is not marked done: "
  assert_contains "$STDERR" "by bob meanwhile"
  assert_eq "$(field "$id" .lease)" null
done
id=$(add "Done by others")
assert_exit 0 taskman run --claim "$id" --as w1 -- taskman task "done" "$id" --as bob -q

# The daemon is away just when CMD ends, and may not be started from here: what CMD did counts.
id=$(add "Not lost")
start away taskman --no-autostart run --claim "$id" -- sh -c 'taskman daemon stop >&2; echo ready'
wait_for_line away.out ready
assert_exit 0 taskman daemon start
finished "$STARTED" 0 "whose daemon was away"
assert_eq "$(field "$id" .status)" "done"
# It stays away: said with the way out.
id=$(add "Later")
assert_exit 5 taskman --no-autostart --timeout 500ms run --claim "$id" -- sh -c 'taskman daemon stop >&2'
assert_contains "$STDERR" "task $id is not marked done: no daemon listens"
way=$(grep -o "taskman task done $id --token [0-9]*" <<<"$STDERR")
assert_exit 0 taskman daemon start
# shellcheck disable=SC2086  # a command of several words
assert_exit 0 $way

# A daemon that was stopped is started again for a renewal, as for any other command.
id=$(add "Stopped")
# shellcheck disable=SC2016
assert_exit 0 taskman run --claim "$id" --lease 900ms -- bash -c \
  'taskman daemon stop >&2; for i in {1..100}; do taskman --no-autostart task show "$TASKMAN_TASK_ID" -q && exit 0; read -r -t 0.1 <> <(:); done; exit 1'
assert_eq "$(field "$id" .status)" "done"

# CMD finds the same store, wherever it goes.
mkdir sub
own() { taskman --url sqlite:./own.db "$@"; }
id=$(own task add "In a store of its own" -q)
# shellcheck disable=SC2016
assert_exit 0 own run --claim -- sh -c 'cd sub && taskman task comment "$TASKMAN_TASK_ID" hello -q'
assert_eq "$(own task show "$id" --json | jq -r .data.status)" "done"
[ -z "$(ls sub)" ] || fail "another store was made: $(ls sub)"
assert_exit 0 own daemon stop

# A lease is renewed however short it is.
id=$(add "Short")
assert_exit 0 taskman run --claim "$id" --lease 600ms -- \
  sh -c 'taskman wait --filter "label:now" --for "count>0" --timeout 1500ms -q 2>/dev/null; [ $? = 124 ]'
assert_eq "$(field "$id" .status)" "done"

# Not a program, not one that can be run; a setting does not write into CMD's output.
touch plain
id=$(add "Not to be run")
assert_exit 127 taskman run --claim "$id" -- no-such-program
assert_exit 126 taskman run --claim "$id" -- ./plain
assert_contains "$STDERR" "cannot run './plain'"
export TASKMAN_OUTPUT=json
assert_exit 0 taskman run --claim "$id" -- echo mine
assert_eq "$STDOUT" mine
unset TASKMAN_OUTPUT
id=$(add "Ordered")
assert_exit 2 taskman run --claim "$id" --order id -- true
assert_contains "$STDERR" "--order does not go with this"

# What people call it.
assert_exit 2 taskman release "$id"
assert_contains "$STDERR" "did you mean task release?"
assert_exit 2 taskman renew "$id"
assert_contains "$STDERR" "did you mean lease renew?"
