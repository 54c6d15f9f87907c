# shellcheck shell=bash
# shellcheck disable=SC2016  # the commands' own shell expands them
# Hooks that run a command: in order, until it succeeds, never in the way of a write.

export TASKMAN_HOOK_BACKOFF=20ms TASKMAN_HOOK_ATTEMPTS=3

# prints TEXT COMMAND…
prints() { [ "$("${@:2}")" = "$1" ]; }

here='cd "$HOME/.."; '

# The frame is stdin, the rest is in the environment.
assert_exit 0 taskman hooks add --on 'task.updated status:done' --as ana -q \
  --run "$here"'echo "$TASKMAN_HOOK_ID $TASKMAN_REV $TASKMAN_ACTOR $(jq -c "[.rev,.prev,.changes[0].type]")" >>done.log'
assert_eq "$STDOUT" 1
for i in 1 2 3; do taskman add "task $i" -q >/dev/null; done
taskman "done" 2 -q >/dev/null
taskman task edit 1 --title other -q >/dev/null
taskman "done" 3 -q >/dev/null
wait_for_lines done.log 2
assert_eq "$(<done.log)" '1 4 ana [4,0,"task.updated"]
1 6 ana [6,4,"task.updated"]'
eventually prints "active 6 0 0" taskman hooks list --format '{state} {rev} {lag} {dead}'

# What it starts has nothing of ours open, runs in HOME in a group of its own, and reaches this daemon.
assert_exit 0 taskman hooks add --on 'task.created' -q --run \
  'ls -x -w 99 /proc/self/fd >"$HOME/../facts"; pwd >>"$HOME/../facts"; ps -o pgid= $$ | grep -cx " *$$" >>"$HOME/../facts"; taskman task show "$(jq .changes[0].id)" --format "{title}" >>"$HOME/../facts"; echo end >>"$HOME/../facts"'
taskman add "seen from the hook" -q >/dev/null
wait_for_line facts '^end$'
assert_eq "$(sed -n 2,4p facts)" "$HOME
1
seen from the hook"
assert_matches "$(sed -n 1p facts)" '^0 +1 +2 +3$' "open descriptors, the last is of the folder itself"
taskman hooks delete 2 -q >/dev/null

# One that fails is tried again, then it is a dead letter, and the next change has its turn.
taskman hooks add --on 'label:poison' -q --run "$here"'
  rev=$TASKMAN_REV; echo "$rev" >>tries; test -e mended || { echo "no $rev" >&2; test "$rev" != 9; }' >/dev/null
taskman add bad --label poison -q >/dev/null   # 8
taskman add worse --label poison -q >/dev/null # 9
taskman add good --label poison -q >/dev/null  # 10
wait_for_lines tries 5
assert_eq "$(tr '\n' ' ' <tries)" "8 9 9 9 10 "
eventually prints "3 9 3 ended with exit code 1: no 9" taskman hooks dead 3 --format '{hook} {rev} {attempts} {error}'
assert_eq "$(taskman hooks dead --json | jq -c '[.kind,.data[0].frame.changes[0].set.title]')" \
  '["dead_letter.list","worse"]'
assert_contains "$(taskman daemon logs)" "a change became a dead letter"

# Asked to, it comes once more, and is no letter any more.
: >mended
taskman hooks retry 3 -q >/dev/null
wait_for_lines tries 6
assert_eq "$(tail -n 1 tries)" 9
eventually prints "" taskman hooks dead -q

# A hook that takes for ever delays neither writes nor other hooks; its removal ends what runs.
mkfifo never
taskman hooks add --on 'task.created' -q --run "$here"'echo $$ >slow.pid; read -r _ <never' >/dev/null
taskman hooks add --on 'task.created' -q --run "$here"'echo "$TASKMAN_REV" >>quick.log' >/dev/null
for i in {1..5}; do taskman add "beside it $i" -q >/dev/null; done
wait_for_lines quick.log 5
eventually prints 0 taskman hooks show 5 --format '{lag}'
assert_eq "$(taskman hooks show 4 --format '{lag}')" 5
slow=$(<slow.pid)
runs "$slow" || fail "the slow hook does not run"
taskman hooks delete 4 -q >/dev/null
wait_gone "$slow"
taskman hooks delete 5 -q >/dev/null

# One that stands still misses nothing.
taskman hooks add --on 'task.created' -q --run "$here"'echo "$TASKMAN_REV" >>paused.log' >/dev/null
taskman hooks pause 6 -q >/dev/null
taskman add one -q >/dev/null
taskman add two -q >/dev/null
assert_eq "$(taskman hooks show 6 --format '{state} {lag}')" "paused 2"
taskman hooks resume 6 -q >/dev/null
wait_for_lines paused.log 2
assert_eq "$(tr '\n' ' ' <paused.log)" "16 17 "

# What runs ends with the daemon, and comes again with the next one.
taskman hooks add --on 'label:long' -q --run "$here"'echo $$ >>long.pid; test "$(wc -l <long.pid)" = 2 || read -r _ <never' >/dev/null
taskman add long --label long -q >/dev/null
wait_for_lines long.pid 1
taskman daemon stop -q >/dev/null
wait_gone "$(sed -n 1p long.pid)" 1
taskman daemon start -q >/dev/null
wait_for_lines long.pid 2
eventually prints "active 0 " taskman hooks show 7 --format '{state} {lag} {last_error}'

# Too long is too long.
taskman daemon stop -q >/dev/null
export TASKMAN_HOOK_TIMEOUT=200ms
taskman hooks add --on 'label:late' -q --run "$here"'echo $$ >>late.pid; read -r _ <never' >/dev/null
taskman add late --label late -q >/dev/null
wait_for_lines late.pid 3
eventually prints "took longer than 0.2 s" taskman hooks dead 8 --format '{error}'
while read -r pid; do wait_gone "$pid"; done <late.pid

# Words mean what they mean when the change happens, not when the hook was added.
taskman sprint add later -q >/dev/null
taskman hooks add --on 'task.created sprint:current' -q --run 'jq -r .changes[0].set.title >>"$HOME/../current.log"' >/dev/null
taskman add "not yet" --sprint later -q >/dev/null
taskman sprint start later -q >/dev/null
taskman add "now it is" --sprint later -q >/dev/null
wait_for_line current.log .
assert_eq "$(<current.log)" "now it is"

# The words are checked when they are said.
assert_exit 2 taskman hooks add --on 'task.updatd' --run true
assert_contains "$STDERR" "did you mean task.updated?"
assert_exit 2 taskman hooks add --on 'status:dnoe' --run true
assert_contains "$STDERR" "did you mean done?"
assert_exit 2 taskman hooks add --on '*'
assert_exit 2 taskman hooks add --run true
assert_exit 2 taskman hooks show x
assert_exit 3 taskman hooks show 99
assert_exit 8 taskman hooks dead 1 --fail-on-empty
