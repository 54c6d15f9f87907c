# shellcheck shell=bash
# wait: several tasks, any of them, a sprint, a filter; through what the feed can meet.

declare -A pids

# waiting NAME ARG…
waiting() {
  local name=$1
  shift
  start "$name" taskman wait -v "$@"
  pids[$name]=$STARTED
  wait_for_line "$name.err" '^following, from '
}
# ended NAME CODE STDOUT
ended() {
  local status=0
  wait "${pids[$1]}" || status=$?
  assert_eq "$status" "$2" "$1, which says «$(cat "$1.err")»"
  assert_eq "$(cat "$1.out")" "$3" "$1"
}
runs_on() { kill -0 "${pids[$1]}" || fail "$1 ended: $(cat "$1.out" "$1.err")"; }

for i in 1 2 3; do taskman task add "task $i" --label red -q >/dev/null; done
taskman task dep add 3 --on 2 >/dev/null

# All at once, any, and what a task waits for.
waiting all task 1-3 --for 'status=done,review'
waiting any task 1 2 --for status=done --any -q
waiting ready task 3 --for ready
waiting mine task 1 --for assignee=me --as zoe
taskman task review 1 >/dev/null
taskman task edit 1 --assignee zoe >/dev/null
ended mine 0 "task 1: assignee=me  task 1"
runs_on any
runs_on ready
taskman task "done" 2 >/dev/null
ended any 0 2
ended ready 0 "task 3: ready  task 3"
# A state that lasted for one change was there.
taskman task review 3 >/dev/null
taskman task start 3 >/dev/null
ended all 0 "tasks 1,2,3: status=done,review"
assert_eq "$(taskman wait task 1-3 --for exists --json | jq -c '[.kind, [.data[].id], .page.total]')" '["task.list",[1,2,3],3]'

# With --any one that cannot come true any more is not the end; when none can it is.
waiting rest task 1 3 4 --for status=done --any
taskman task drop 1 >/dev/null
taskman task drop 3 >/dev/null
runs_on rest
taskman task add "task 4" -q >/dev/null
taskman task delete 4 --yes >/dev/null
ended rest 7 ""
assert_contains "$(<rest.err)" "task 1 is dropped; task 3 is dropped; task 4 was deleted"

# A sprint that is not there yet, by its name.
waiting sprint sprint "Sprint 1" --for status=active
assert_contains "$(<sprint.err)" "sprint 'Sprint 1' does not exist yet: waiting for it"
taskman sprint add "Sprint 1" -q >/dev/null
taskman task add "task 5" --sprint "Sprint 1" -q >/dev/null
runs_on sprint
taskman sprint start "Sprint 1" >/dev/null
ended sprint 0 "sprint 1: status=active  Sprint 1"
waiting empty sprint --for empty --json
waiting closed sprint current --for closed
waiting never sprint 1 --for status=cancelled
kill_daemon KILL
taskman task "done" 5 >/dev/null
wait "${pids[empty]}"
assert_eq "$(jq -c '[.kind, .data.name]' empty.out)" '["sprint","Sprint 1"]'
runs_on closed
taskman sprint close "Sprint 1" >/dev/null
ended closed 0 "sprint 1: closed  Sprint 1"
ended never 7 ""
assert_contains "$(<never.err)" "sprint 1 'Sprint 1' is closed: status=cancelled can no longer come true"
assert_exit 7 taskman wait sprint 1 --for status=active
assert_exit 2 taskman wait sprint 1 --for colsed
taskman sprint add "Sprint 2" -q >/dev/null
taskman sprint delete 2 --yes >/dev/null
assert_exit 7 taskman wait sprint 2 --for closed
assert_contains "$STDERR" "was deleted"

# How many tasks a filter has.
taskman task add "task 6" --label release -q >/dev/null
waiting none --filter 'label:release is:open' --for count=0
waiting two --filter label:release --for 'count>1' -q
taskman task add "task 7" --label release -q >/dev/null
ended two 0 $'6\n7'
taskman task edit 6 --label -release >/dev/null
runs_on none
taskman daemon restart >/dev/null
taskman task drop 7 >/dev/null
ended none 0 "label:release is:open: count=0"
assert_eq "$(taskman wait --filter label:nobody --for count=0 --json | jq -c '[.kind, .data]')" '["task.list",[]]'
assert_exit 124 taskman wait --filter 'label:release' --for count=0 --timeout 100ms
assert_contains "$STDERR" "waited 100ms for count=0: 1 task matches label:release"
for wrong in "--filter label:x --for empty" "--filter stauts:x --for count=0" "--filter body:x --for count=0" \
  "task 1 --filter label:x --for count=0" "--filter label:x --for count=0 --any"; do
  # shellcheck disable=SC2086  # words
  assert_exit 2 taskman wait $wrong
done

# Time alone makes this true: nothing is told of it.
taskman task add "task 8" --due +1h -q >/dev/null
due=$(date -ud '+2 seconds' +%Y-%m-%dT%H:%M:%SZ)
taskman task edit 8 --due "$due" >/dev/null
waiting overdue task 8 --for is=overdue
waiting late --filter 'id:8 is:overdue' --for count=1
ended overdue 0 "task 8: is=overdue  task 8"
ended late 0 "id:8 is:overdue: count=1"

# A filter whose words lost their meaning meanwhile.
taskman sprint add "Sprint 3" -q >/dev/null
taskman task add "task in 3" --sprint "Sprint 3" -q >/dev/null
waiting renamed --filter 'sprint:"Sprint 3" is:open' --for count=0
taskman sprint edit "Sprint 3" --name "Sprint three" >/dev/null
ended renamed 7 ""
assert_contains "$(<renamed.err)" "unknown sprint 'Sprint 3' any more"
assert_exit 2 taskman wait --filter is:open --for 'count<0'
assert_exit 124 taskman wait --filter is:open --for 'count>99' --timeout 1
assert_contains "$STDERR" "waited 1s for count>99"
