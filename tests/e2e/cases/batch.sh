# Many verbs in one transaction; edits of whatever matches a filter.

lines() { printf '%s\n' "$@"; }
rev() { taskman events --limit 0 --json | jq -r '.cursor | split("-")[0]'; }

# Right: one changeset, one frame to watchers. The 999th of 1,000 wrong: nothing changed, it is named.
taskman task add "first" -q >/dev/null
start watch taskman watch --json -v
wait_for_line watch.err following
for i in $(seq 1000); do echo "{\"verb\":\"task add\",\"title\":\"task $i\"}"; done >good
sed '999s/.*/{"verb":"task done","id":5000}/' good >bad
assert_exit 3 taskman batch bad
assert_eq "$STDOUT" ""
assert_contains "$STDERR" "line 999: no task 5000"
assert_contains "$STDERR" "nothing was changed"
assert_eq "$(taskman task list --all -q | wc -l)" 1
assert_exit 0 taskman batch good -q
assert_eq "$STDOUT" "$(seq 2 1001)"
taskman task done 1
wait_for_lines watch.out 2
assert_eq "$(head -1 watch.out | jq '.changes | length')" 1000
kill "$STARTED"

# Every command that changes something is a verb of a batch, but those that are many themselves, and those that
# take a whole transaction back.
verbs=$(taskman --dump-commands |
  jq -r '.commands[] | select(any(.flags[]; .name == "key")) | "\(.noun) \(.verb)"')
assert_contains "$verbs" 'sprint close'
while read -r verb; do
  case $verb in
  batch | import | undo | redo | hooks\ *) continue ;; # hooks are no part of the log
  'task dep') verb='task dep add' ;;
  esac
  lines "{\"verb\":\"$verb\"}" | taskman batch --dry-run >out 2>err || true
  ! grep -q 'is no verb of a batch' err || fail "a batch does not know '$verb'"
done <<<"$verbs"

# A slip is answered with what was meant.
assert_exit 2 taskman batch <<<'{"verb":"task doen","id":1}'
assert_contains "$STDERR" "did you mean task done?"
assert_exit 2 taskman batch <<<'{"verb":"hooks add","on":"*","run":"true"}'
assert_contains "$STDERR" "'hooks add' is no verb of a batch"
assert_contains "$STDERR" "sprint add, sprint edit, sprint start, sprint close"
assert_exit 0 taskman batch </dev/null
assert_contains "$STDERR" "no lines"

# A dry run prints what would change.
assert_exit 0 taskman batch --dry-run <<<'{"verb":"task drop","id":2}'
assert_contains "$STDOUT" "status todo → dropped"
assert_eq "$(taskman task show 2 --format '{status}')" todo

# --where: a script has to say that it means it; nothing matched is 8.
assert_exit 2 taskman task edit --where 'title:"task 1*"' --label +slipped
assert_contains "$STDERR" "--yes"
assert_exit 0 taskman task edit --where 'id:2-11' --label +slipped --yes -q
assert_eq "$STDOUT" "$(seq 2 11)"
assert_contains "$STDERR" "10 tasks"
assert_exit 8 taskman task done --where 'label:nowhere' --yes
assert_exit 2 taskman task done --where 'label:slipped' 5 --yes
assert_exit 2 taskman task done
assert_exit 0 taskman task drop --where label:slipped --dry-run -q
assert_eq "$(taskman task list label:slipped status:todo -q | wc -l)" 10

# Who was asked about a task has agreed to no other, also when as many match by then.
mkfifo answers
exec 9<>answers
taskman task edit 1 --label new -q >/dev/null
start asked env TERM=xterm script -qec "taskman task delete --where label:new" /dev/null <&9
asked=$STARTED
within 10 grep -qF 'delete 1 task? [y/N]' asked.out || fail "not asked: $(<asked.out)"
taskman task edit 1 --label -new -q >/dev/null
taskman task edit 2 --label new -q >/dev/null
echo y >&9
got=0
wait "$asked" || got=$?
assert_eq "$got" 4 "$(<asked.out)"
assert_contains "$(<asked.out)" "'label:new' matches other tasks now: 2"
assert_contains "$(<asked.out)" "agreed to: 1"
taskman task show 2 -q >/dev/null

# What a line made is named wherever its kind is; a leading zero is no reference.
lines '{"verb":"project add","key":"pp"}' '{"verb":"task add","title":"in","project":"$1"}' | taskman batch -q >out
assert_eq "$(taskman task show "$(tail -1 out)" --format '{project}')" pp
assert_exit 2 taskman batch <<<'{"verb":"task done","id":"$01"}'

# One field that two changed is shown with base, theirs and yours, as several are.
id=$(taskman task add "two hands" -q)
taskman task edit "$id" --points 3 -q >/dev/null
assert_exit 4 taskman task edit "$id" --points 9 --if-match 1 --merge
assert_contains "$STDERR" "points: base null, theirs 3"
assert_contains "$STDERR" "yours 9"
assert_exit 0 taskman task edit "$id" --title "four hands" --if-match 1 --merge
assert_contains "$STDERR" "merged into version 2"
