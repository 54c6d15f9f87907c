# shellcheck shell=bash
# What a key stands for: the command, and who gives it. Whoever runs a command again is told that nothing was done.

# told TEXT COMMAND…    exit 0 with that text on stderr
told() {
  local text=$1
  shift
  assert_exit 0 "$@"
  assert_contains "$STDERR" "$text"
}
before="was used before: nothing is changed"

# One key makes one winner, whoever has it; the winner may ask again, in another process.
taskman task add "Deploy" -q >/dev/null
assert_eq "$(taskman claim --next --key pipeline-7 -q --as w1 2>err)" 1
assert_eq "$(<err)" ""
for worker in w2 w3; do
  assert_exit 4 taskman claim --next --key pipeline-7 -q --as "$worker"
  assert_eq "$STDOUT" ""
  assert_contains "$STDERR" "key 'pipeline-7' was used by w1 for the same request"
  assert_contains "$STDERR" "ask as w1"
done
assert_exit 4 taskman claim 1 --key pipeline-7 --as w2
assert_contains "$STDERR" "was used by w1 for another request"
told "key 'pipeline-7' $before" taskman claim --next --key pipeline-7 -q --as w1
assert_eq "$STDOUT" 1

# The answer is the first one, word for word; that it may not be so any more is told beside it, in every shape.
taskman "done" 1 --key dk --as w1 >first 2>err
assert_eq "$(<err)" ""
taskman task reopen 1 -q >/dev/null
for shape in "" -v -q --json; do
  # shellcheck disable=SC2086  # no shape is no word
  told "key 'dk' $before, this is the answer given at 20" taskman "done" 1 --key dk --as w1 $shape
  if [ -z "$shape" ]; then assert_eq "$STDOUT" "$(<first)"; fi
  if [ "$shape" = --json ]; then jq -e '.data.status == "done"' <<<"$STDOUT" >/dev/null; fi
done
assert_eq "$(taskman task show 1 --format '{status}')" todo

# A dry run says what the command with its key would do.
told "key 'dk' $before" taskman "done" 1 --key dk --as w1 --dry-run
assert_exit 4 taskman task drop 1 --key dk --as w1 --dry-run
taskman add "D" --key k -q >/dev/null
told "key 'k' $before" taskman add "D" --key k --dry-run -q
assert_eq "$STDOUT" 2
taskman task edit 2 --points 1 -q >/dev/null
taskman undo --key u -q >/dev/null
told "key 'u' $before" taskman undo --key u --dry-run
told "key 'u' $before" taskman undo --key u
assert_exit 0 taskman add "E" --key new --dry-run
assert_eq "$STDERR" "dry run: nothing was changed"
assert_exit 0 taskman add "E" --key new -q
assert_eq "$STDERR" ""

# The version is part of the command, and so is what a command looks at before it does something.
taskman task edit 2 --title "D2" --if-match 3 --key im -q >/dev/null
assert_exit 4 taskman task edit 2 --title "D2" --if-match 4 --key im
assert_contains "$STDERR" "was used for another request"
told "key 'im' $before" taskman task edit 2 --title "D2" --if-match 3 --key im

# What was changed since is told with who did it, also when it is one field alone.
taskman sprint add S >/dev/null
taskman sprint edit S --goal g --as bob >/dev/null
assert_exit 4 taskman sprint edit S --goal h --if-match 1
assert_contains "$STDERR" "goal: changed by bob"
assert_exit 4 taskman sprint edit S --goal h --if-match 1 --merge --json
assert_eq "$(jq -c '.error.details[0] | [.name, .base, .theirs, .yours]' <<<"$STDERR")" '["goal","","g","h"]'
told "merged into version 2, which has changed: goal (by bob)" taskman sprint edit S --capacity 9 --if-match 1 --merge
# Each sprint has a version 2: for a word that moves the sprint has to be named.
assert_exit 2 taskman sprint edit next --goal h --if-match 3
assert_contains "$STDERR" "version 3 of sprint 'next' could be that of any sprint"
assert_contains "$STDERR" "name the sprint that was seen: now it is 'S', id 1"
assert_exit 2 taskman sprint start next --if-match 3
assert_exit 0 taskman sprint edit next --goal h
assert_exit 0 taskman sprint edit S --goal g --if-match 4
taskman project add web >/dev/null
taskman project edit web --name W --as bob >/dev/null
assert_exit 4 taskman project edit web --name X --if-match 1
assert_contains "$STDERR" "name: changed by bob"
told "merged into version 2" taskman project edit web --description "d" --if-match 1 --merge
assert_exit 2 taskman project edit web --name X --merge
taskman add A -q >/dev/null
taskman task edit 4 --points 3 --as bob -q >/dev/null
assert_exit 4 taskman task edit 4 --title B --if-match 1
assert_contains "$STDERR" "points: changed by bob"
taskman "done" 4 --as bob -q >/dev/null
assert_exit 4 taskman task edit 4 --status in_progress --if-match 1 --merge
assert_contains "$STDERR" 'status: base "todo", theirs "done" (by bob), yours "in_progress"'

# Durations are told as they are given.
assert_exit 2 taskman claim 2 --lease 366d
assert_contains "$STDERR" "a lease of 366d is not valid"
halt "$(daemon_pid)"
assert_exit 124 taskman task show 2 --timeout 1s
kill -CONT "$(daemon_pid)"
assert_contains "$STDERR" "no answer from the daemon within 1s"
