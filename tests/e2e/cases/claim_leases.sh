# shellcheck shell=bash
# Claims as people type them: taken, renewed, given back, run out while no daemon was there.

add() { taskman task add "$@" -q; }
first=$(add "First") second=$(add "Second" -p p1) others=$(add "Carl's" -p p0 --assignee carl)

assert_exit 0 taskman claim --next
assert_eq "$STDOUT" "claimed $second  Second"
assert_exit 0 taskman claim --next --dry-run
assert_contains "$STDOUT" "claimed $first"
assert_exit 0 taskman claim --next assignee:carl -q --as carl
assert_eq "$STDOUT" "$others"
assert_exit 0 taskman task claim "$first" --lease 2m
assert_exit 8 taskman claim --next label:none-has-it --json
assert_eq "$(jq -r .error.code <<<"$STDERR")" nothing
assert_exit 0 taskman ls is:claimed -q
assert_eq "$(wc -l <<<"$STDOUT")" 3

# What does not go together, or is no lease.
assert_exit 2 taskman claim
assert_contains "$STDERR" "--next"
assert_exit 2 taskman claim "$first" --order due
assert_exit 2 taskman claim --next --if-match 3
assert_exit 2 taskman claim "$first" --lease soon
assert_contains "$STDERR" "--lease: 'soon' is not a duration"
assert_exit 2 taskman claim "$first" --lease 1ms
assert_exit 2 taskman claim --next --order colour
assert_exit 2 taskman claim --next status:dnoe
assert_contains "$STDERR" "did you mean done?"
assert_exit 3 taskman claim 99

# Renewed by who holds it; several at once, all or none.
assert_exit 0 taskman lease renew "$first" "$second" --lease 1h
assert_exit 4 taskman lease renew "$first" "$others"
assert_exit 4 taskman lease renew "$first" --as carl
assert_exit 4 taskman task release "$first" --if-claimed --as carl
assert_exit 0 taskman task release "$first" "$second"
assert_contains "$STDOUT" "released $first  First"
assert_exit 0 taskman task release "$first"
assert_contains "$STDERR" "task $first is not claimed"
assert_exit 4 taskman task "done" "$first" --if-claimed
assert_contains "$STDERR" "task $first is not claimed by"

# A key makes it the same claim, in any process.
assert_exit 0 taskman claim --next -q --key job-1
claimed=$STDOUT
assert_exit 0 taskman claim --next -q --key job-1
assert_eq "$STDOUT" "$claimed"

# A blocked or closed task is no one's to take.
assert_exit 0 taskman task block "$first" --reason vendor
assert_exit 4 taskman claim "$first"
assert_exit 0 taskman task drop "$first"
assert_exit 4 taskman claim "$first"
assert_contains "$STDERR" "is dropped"

# A lease that ran out while no daemon was there ends when one comes.
assert_exit 0 taskman task release "$claimed"
cursor=$(taskman task list --json | jq -r .cursor)
assert_exit 0 taskman claim "$claimed" --lease 100ms
kill_daemon
start ended taskman watch task "$claimed" --since "$cursor" --json
wait_for_line ended.out '"actor":"taskmand","origin":"lease"'
assert_exit 0 taskman task show "$claimed" --json
assert_eq "$(jq -r '[.data.status, .data.assignee] | tostring' <<<"$STDOUT")" '["todo",null]'
