# shellcheck shell=bash
# Closed streams, full disks, readers that leave: an answer that cannot be given is never given to
# something else, and nobody waits.

id=$(taskman task add "First" -q)

# run COMMAND-LINE EXIT    in a shell of its own, so that its redirections are the program's
run() {
  local got=0
  timeout 20 bash -c "$1" >run.out 2>run.err || got=$?
  assert_eq "$got" "$2" "exit of: $1 ($(cat run.err))"
}

# With its stdout closed, the daemon's socket would get that number if it were free.
run 'taskman task list >&-' 1
assert_contains "$(cat run.err)" "cannot write to stdout: Bad file descriptor"
run 'taskman task add Second -q >&-' 1
run "taskman task done $id -q 2>&-" 0
assert_eq "$(cat run.out)" "$id"
run 'taskman task done - <&-' 2
assert_contains "$(cat run.err)" "cannot read stdin"
run 'taskman task list <&- >&- 2>&-' 1
assert_eq "$(taskman task list --all --json | jq -r '[.data[].title] | sort | join(",")')" "First,Second"

# A daemon started by a command without streams is as any other.
kill_daemon TERM
run 'taskman task add Third -q <&- >&- 2>&-' 1
assert_eq "$(taskman task list --all -q | wc -l)" 3
daemon_pid >/dev/null

# A reader that leaves is no failure, of a list as of a stream.
run 'set -o pipefail; taskman task list --all | true' 0
run 'set -o pipefail; taskman watch --json | true' 0
assert_eq "$(cat run.err)" ""
run 'taskman task done - </dev/null' 0
