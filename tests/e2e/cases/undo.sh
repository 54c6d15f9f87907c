# shellcheck shell=bash
# Undo takes a command back as a whole, says what it was, and never overwrites what others did since.

assert_exit 8 taskman undo
assert_contains "$STDERR" "has nothing to undo"

id=$(taskman task add "Fix login" -q --as ana)
taskman task "done" "$id" --as ana >/dev/null
assert_exit 0 taskman undo --as ana --dry-run
assert_contains "$STDOUT" "dry run: undone 2: done $id  Fix login"
assert_contains "$STDOUT" "status done → todo"
assert_eq "$(taskman task show "$id" --format '{status}')" "done" "status after a dry run"
assert_exit 0 taskman undo --as ana
assert_eq "$STDOUT" "undone 2: done $id  Fix login"
assert_eq "$STDERR" ""
assert_eq "$(taskman task show "$id" --format '{status}')" todo
assert_exit 4 taskman undo 2 --as ana
assert_contains "$STDERR" "revision 2 was taken back already, by revision 3"
assert_exit 0 taskman redo --as ana
assert_eq "$STDOUT" "redone 2: done $id  Fix login"
assert_exit 8 taskman redo --as ana
assert_contains "$STDERR" "ana has nothing to redo"
assert_eq "$(taskman undo --as ana -q)" 5 "revision of the undo"

# Another's change of the same field.
taskman task edit "$id" -p p0 --as ana >/dev/null
taskman task edit "$id" -p p1 --as bob >/dev/null
cursor=$(taskman task list --json | jq -r .cursor)
assert_exit 4 taskman undo --as ana
assert_eq "$STDOUT" ""
assert_eq "$STDERR" "taskman: cannot undo revision 6: bob changed priority of task $id in revision 7
hint: to take that back first: taskman undo 7"
assert_exit 4 taskman undo --as ana --json
assert_eq "$(jq -c '.error | [.code, .details[0].name]' <<<"$STDERR")" "[\"conflict\",\"task $id priority\"]"
assert_eq "$(taskman task list --json | jq -r .cursor)" "$cursor" "the state after a refusal"
assert_eq "$(taskman undo --list --as ana --json | jq -c '[.kind, (.data[0] | .rev, .state, .undoable)]')" \
  '["undo.list",6,"done",false]'
assert_eq "$(taskman undo --list --as ana --csv --fields rev,state --limit 1 | tr -d '\r')" $'rev,state\n6,done'
assert_exit 2 taskman undo --list 6
assert_exit 2 taskman undo six
assert_exit 3 taskman undo 600

# A deleted task comes back with everything that was lost with it.
taskman task comment "$id" "seen on staging" >/dev/null
waiting=$(taskman task add "Write notes" --blocked-by "$id" -q)
before=$(taskman export | jq -c 'del(.version, .updated_at)')
taskman task delete "$id" --yes >/dev/null
assert_exit 0 taskman undo
assert_contains "$STDOUT" "deleted $id  Fix login"
assert_eq "$(taskman export | jq -c 'del(.version, .updated_at)')" "$before" "the store after the undo"
assert_eq "$(taskman task show "$waiting" --json | jq -c '.data | [.blocked_by, .ready]')" "[[$id],false]"

# The close of a sprint.
taskman sprint add "Sprint 1" -q >/dev/null
taskman sprint add "Sprint 2" -q >/dev/null
taskman task edit "$id" "$waiting" --sprint "Sprint 1" >/dev/null
taskman sprint start "Sprint 1" >/dev/null
before=$(taskman export | jq -c 'del(.version, .updated_at)')
taskman sprint close "Sprint 1" --carry "Sprint 2" >/dev/null
assert_exit 0 taskman undo --json
assert_eq "$(jq -c '[.kind, .data.verb, .data.what]' <<<"$STDOUT")" \
  "[\"undo\",\"undo\",\"closed sprint 'Sprint 1' (2 tasks)\"]"
assert_eq "$(taskman export | jq -c 'del(.version, .updated_at)')" "$before" "the store after the undo of a close"

# An import in one step, and one frame for who watches.
seq 1 2000 | jq -c '{title: "t\(.)"}' >import.jsonl
taskman import import.jsonl >/dev/null
cursor=$(taskman task list --json | jq -r .cursor)
assert_exit 0 taskman undo
assert_contains "$STDOUT" "(2000 tasks)"
assert_eq "$(taskman events --since "$cursor" --json | jq '.changes | length')" 2000
assert_eq "$(taskman export | jq -c 'del(.version, .updated_at)')" "$before" "the store after the undo of an import"

# The same key undoes once.
taskman task edit "$id" --points 3 >/dev/null
first=$(taskman undo --key once -q)
assert_eq "$(taskman undo --key once -q)" "$first"

# A run is one command, claim and all.
deploy=$(taskman task add "Deploy" -q)
before=$(taskman export | jq -c 'del(.version, .updated_at)')
taskman run --claim "$deploy" -- true 2>/dev/null
assert_eq "$(taskman task log "$deploy" --json | jq -r '.data[] | .origin' | sort | uniq -c | xargs)" "1 cli 2 run"
assert_contains "$(taskman undo --list)" "done $deploy  Deploy, by run"
assert_eq "$(taskman undo --list | grep -c "claimed $deploy" || true)" 0 "the claim of a run in the list"
assert_exit 0 taskman undo
assert_contains "$STDOUT" "done $deploy  Deploy, by run"
assert_eq "$(taskman export | jq -c 'del(.version, .updated_at)')" "$before" "the store after the undo of a run"

# One that failed leaves nothing: neither of it is what undo means, nor in its way.
build=$(taskman task add "Build" -q)
taskman run --claim "$build" -- false 2>/dev/null || true
assert_eq "$(taskman undo --list --limit 1 --format '{what}')" "added $build  Build"
released=$(taskman task log "$build" --limit 1 --json | jq '.data[0].rev')
assert_exit 8 taskman undo "$released"
assert_contains "$STDERR" "cannot undo revision $released: nothing is left of it"
assert_eq "$(taskman task show "$build" --json | jq -c '.data | [.status, .assignee, .lease]')" '["todo",null,null]'
assert_exit 0 taskman undo
assert_eq "$STDOUT" "undone $((released - 2)): added $build  Build"

# Claims and releases of a person are undone one by one; the log tells leases in words.
review=$(taskman task add "Review" -q)
taskman claim "$review" >/dev/null
taskman task release "$review" >/dev/null
taskman claim "$review" --as eva >/dev/null
assert_contains "$(taskman task log "$review" --limit 1)" "lease eva until "
taskman undo --as eva >/dev/null
for what in released claimed added; do
  assert_exit 0 taskman undo
  assert_contains "$STDOUT" ": $what $review  Review"
done

# What was changed under a lease goes back to nobody once that is over.
lint=$(taskman task add "Lint" -q)
taskman claim "$lint" --as w1 --lease 100ms >/dev/null
taskman task block "$lint" >/dev/null
taskman wait task "$lint" --for assignee=none --timeout 20s >/dev/null
taskman undo >/dev/null
assert_eq "$(taskman task show "$lint" --json | jq -c '.data | [.status, .assignee, .lease]')" '["todo",null,null]'
assert_eq "$(taskman claim --next "id:$lint" --as w2 -q)" "$lint"
taskman task release "$lint" --as w2 >/dev/null

# What undo does not cover is not passed over in silence.
hook=$(taskman hooks add --on task.updated --run true -q)
assert_exit 4 taskman undo
assert_contains "$STDERR" "hooks add $hook, is none that undo covers"
assert_contains "$STDERR" "hint: to take back the one before it, "
assert_exit 0 taskman undo --list
assert_contains "$STDERR" "hooks add $hook, is none that undo covers"
taskman task edit "$id" --points 5 >/dev/null
TASKMAN_CONFIG=$PWD/settings taskman config set timeout 20s >/dev/null
touch -d '1 hour' settings
TASKMAN_CONFIG=$PWD/settings assert_exit 0 taskman undo
assert_contains "$STDERR" "settings, which undo does not cover, were changed after that: $PWD/settings"
touch -d '1 hour ago' settings
taskman task edit "$id" --points 6 >/dev/null
TASKMAN_CONFIG=$PWD/settings assert_exit 0 taskman undo
assert_eq "$STDERR" ""
