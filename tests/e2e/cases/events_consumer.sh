# shellcheck shell=bash
# shellcheck disable=SC2016  # the commands' own shell expands them
# A consumer goes on where the one of that name stopped, whatever ended it.

revs() { jq -r .rev | tr '\n' ' '; }
for i in {1..5}; do taskman task add "task $i" -q >/dev/null; done
assert_eq "$(taskman events --consumer ci --limit 2 | revs)" "1 2 "
assert_eq "$(taskman events --consumer ci | revs)" "3 4 5 "
assert_eq "$(taskman events --consumer ci | revs)" ""
assert_eq "$(taskman events --consumer other | revs)" "1 2 3 4 5 "

# Followed, killed, followed again: nothing is lost, and only what was under way may come twice.
start first taskman events --follow --consumer ci -v
wait_for_line first.err '^following, from '
assert_exit 4 taskman events --consumer ci
assert_contains "$STDERR" "another process reads as consumer ci"
taskman task "done" 1 >/dev/null
wait_for_lines first.out 1
kept() { [ "$(cat "$XDG_STATE_HOME"/taskman/consumers/*/ci)" = "$(taskman events -q | tail -n 1)" ]; }
eventually kept
kill -KILL "$STARTED"
wait "$STARTED" || true
taskman task "done" 2 >/dev/null
taskman task "done" 3 >/dev/null
assert_eq "$(taskman events --consumer ci | revs)" "7 8 "

# A command that fails is run again for the same frame, by the next run.
taskman task "done" 4 >/dev/null
taskman task "done" 5 >/dev/null
assert_exit 4 taskman events --consumer ci --exec 'rev=$(jq .rev); echo "$rev"; test "$rev" -lt 10'
assert_eq "$STDOUT" "9
10"
assert_eq "$(taskman events --consumer ci | revs)" "10 "

# Back to a cursor of one's own.
third=$(taskman events -q | sed -n 3p)
assert_eq "$(taskman events --consumer ci --since "$third" --limit 1 | revs)" "4 "
assert_eq "$(taskman events --consumer ci --limit 1 | revs)" "5 "

# Changes that are gone are not passed over in silence.
echo "3-0000000000000000" >"$(echo "$XDG_STATE_HOME"/taskman/consumers/*/ci)"
assert_exit 4 taskman events --consumer ci --follow
assert_contains "$STDERR" "changes are missing for this consumer"
assert_contains "$STDERR" "--since "
echo "what is this" >"$(echo "$XDG_STATE_HOME"/taskman/consumers/*/ci)"
assert_exit 4 taskman events --consumer ci
assert_contains "$STDERR" "there is no cursor in"
for name in '' .. a/b .x 'a b' "$(printf 'x%.0s' {1..101})"; do
  assert_exit 2 taskman events --consumer "$name"
done
