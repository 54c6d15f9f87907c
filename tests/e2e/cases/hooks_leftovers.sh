# shellcheck shell=bash
# shellcheck disable=SC2016  # the commands' own shell expands it
# Whatever a hook's command started ends with it: killed daemon, time limit, removal, or its own end.

export TASKMAN_HOOK_BACKOFF=20ms TASKMAN_HOOK_ATTEMPTS=1

# prints TEXT COMMAND…
prints() { [ "$("${@:2}")" = "$1" ]; }

# tree FILE    the ids of four processes, among them one with a session of its own and one that is
# nobody's child any more and ignores TERM
cat >tree <<'END'
cd "$HOME/.." || exit
echo $$ >>"$1"
sh -c 'echo $$ >>"$0"; exec tail -f /dev/null' "$1" &
setsid sh -c 'echo $$ >>"$0"; exec tail -f /dev/null' "$1" &
(setsid sh -c 'trap "" TERM; echo $$ >>"$0"; tail -f /dev/null' "$1" &)
END
tree='sh "$HOME/../tree"'
all_gone() {
  while read -r pid; do ! runs "$pid" || fail "$1: process $pid is still there"; done <"$1"
}

# The daemon is killed: all of it goes, and only then the same change is told again.
taskman hooks add --on 'label:killed' -q --run 'cd "$HOME/.."
  if test -s killed; then
    for pid in $(cat killed); do test -d "/proc/$pid" && echo "$pid" >>beside; done
    echo again >>done
  else
    set -- killed; . ./tree; wait
  fi' >/dev/null
taskman add "killed" --label killed -q >/dev/null
wait_for_lines killed 4
kill_daemon KILL
taskman daemon start -q >/dev/null
wait_for_line 'done' again
[ ! -e beside ] || fail "ran beside the second run: $(<beside)"
all_gone killed

# One that ends has delivered; what it leaves running ends before the next change is told.
taskman hooks add --on 'label:left' -q --run "$tree left"'; until test "$(wc -l <"$HOME/../left")" = 4; do :; done' >/dev/null
taskman add "left" --label left -q >/dev/null
eventually prints "active 0 " taskman hooks show 2 --format '{state} {lag} {last_error}'
assert_eq "$(wc -l <left)" 4
all_gone left
assert_contains "$(taskman daemon logs)" "a hook ended and left something running"

# A hook that is removed takes all of it along.
taskman hooks add --on 'label:removed' -q --run "$tree removed; wait; tail -f /dev/null" >/dev/null
taskman add "removed" --label removed -q >/dev/null
wait_for_lines removed 4
taskman hooks delete 3 -q >/dev/null
while read -r pid; do wait_gone "$pid"; done <removed

# So does the time limit.
taskman daemon stop -q >/dev/null
export TASKMAN_HOOK_TIMEOUT=2s
taskman hooks add --on 'label:late' -q --run "$tree late; tail -f /dev/null" >/dev/null
taskman add "late" --label late -q >/dev/null
wait_for_lines late 4
eventually prints "took longer than 2 s" taskman hooks dead 4 --format '{error}'
all_gone late

# A supervisor that is itself killed takes its shell along, and the loss is told.
taskman hooks add --on 'label:lost' -q --run 'echo $$ >"$HOME/../lost"; kill -9 $PPID; tail -f /dev/null' >/dev/null
taskman add "lost" --label lost -q >/dev/null
eventually prints "was lost: its supervisor was ended by signal 9" taskman hooks dead 5 --format '{error}'
wait_gone "$(<lost)"

# A daemon that was started where the ends of children are ignored waits for them all the same.
taskman daemon stop -q >/dev/null
start direct env --ignore-signal=CHLD taskmand
eventually taskman daemon status
taskman hooks add --on 'label:unheard' -q --run 'exit 7' >/dev/null
taskman add "unheard" --label unheard -q >/dev/null
eventually prints "ended with exit code 7" taskman hooks dead 6 --format '{error}'
