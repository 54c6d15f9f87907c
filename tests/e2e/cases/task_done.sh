# shellcheck shell=bash
# Done on done is success, told once in the log; what is not there is said with its exit code.

id=$(taskman task add "Fix login" -p p1 -q)
assert_exit 0 taskman task "done" "$id"
assert_eq "$STDOUT" "done $id  Fix login"
assert_eq "$STDERR" ""
once=$(taskman task list --all --json | jq -r .cursor)

assert_exit 0 taskman task "done" "$id"
assert_eq "$STDOUT" "done $id  Fix login"
assert_eq "$STDERR" "taskman: task $id is already done"
assert_eq "$(taskman task list --all --json | jq -r .cursor)" "$once" "cursor after the second done"
assert_eq "$(taskman task log "$id" --json | jq '.data | length')" 2 "changesets: created, done"
assert_exit 0 taskman task "done" "$id" --json
assert_eq "$(jq -r '.notices[0]' <<<"$STDOUT")" "task $id is already done"
assert_eq "$STDERR" ""

# Of several, one that is not there stops all.
other=$(taskman task add "Other" -q)
assert_exit 3 taskman task "done" "$other" 99999
assert_contains "$STDERR" "no task 99999"
assert_eq "$(taskman task show "$other" --format '{status}')" todo

assert_exit 3 taskman task "done" 99999 --json
assert_eq "$STDOUT" ""
assert_eq "$(jq -c '.error | [.code, .message, .retryable]' <<<"$STDERR")" '["not_found","no task 99999",false]'
# A task that is named is listed whatever its status; of others the open ones are.
taskman task edit "$id" --external-id gh:1 -q >/dev/null
assert_eq "$(taskman task list "id:$id" -q)" "$id"
assert_eq "$(taskman task list external:gh:1 -q)" "$id"
assert_eq "$(taskman task list external:gh:1 --json | jq .filter)" null
assert_eq "$(taskman task list '~external:none' -q)" ""

# More ids than a command takes are refused before anything is sent.
seq 10001 >ids
assert_exit 2 taskman task "done" - <ids
assert_contains "$STDERR" "id: more than 10000 tasks are named"
assert_contains "$STDERR" "xargs -n 10000"

assert_exit 2 taskman task list status:dnoe
assert_eq "$STDERR" "taskman: unknown status 'dnoe'
hint: did you mean done? known: todo, in_progress, blocked, review, done, dropped"
assert_exit 2 taskman task list status:dnoe --json
assert_eq "$(jq -r .error.code <<<"$STDERR")" invalid_value
