# shellcheck shell=bash
# shellcheck disable=SC2016  # the commands' own shell expands them
# --exec: a command for every frame, with the frame as its stdin, one at a time, none lost.

start exec taskman watch -v --exec "test ! -e running && : >running && jq -r .rev >>seen && rm running"
wait_for_line exec.err '^following, from '
for i in {1..20}; do taskman task add "task $i" -q >/dev/null; done
wait_for_lines seen 20
kill_daemon KILL
taskman task "done" 1 >/dev/null
wait_for_lines seen 21
assert_eq "$(tr '\n' ' ' <seen)" "$(seq -s ' ' 1 21) "
assert_eq "$(<exec.out)" "" "frames on stdout"
kill -TERM "$STARTED"
status=0
wait "$STARTED" || status=$?
assert_eq "$status" 143

# What the command prints is ours; a command that does not read holds nobody up.
since=$(taskman events -q | sed -n 19p)
assert_exit 0 taskman events --since "$since" --exec 'echo "got $(jq .rev)"'
assert_eq "$STDOUT" "got 20
got 21"
assert_exit 0 taskman events --exec true

# One that fails ends it, and the way to go on is said.
assert_exit 4 taskman events --since "$since" --exec 'rev=$(jq .rev); echo "$rev"; test "$rev" != 21'
assert_eq "$STDOUT" "20
21"
assert_contains "$STDERR" "ended with exit code 1"
assert_contains "$STDERR" "--since $(taskman events -q | sed -n 20p)"

# Asked to end, it ends after the command that runs.
mkfifo go
start slow taskman events --follow --since "$since" --exec "echo begun; cat go >/dev/null; echo ended"
wait_for_line slow.out '^begun$'
kill -TERM "$STARTED"
: >go
status=0
wait "$STARTED" || status=$?
assert_eq "$status" 143
assert_eq "$(<slow.out)" "begun
ended"
