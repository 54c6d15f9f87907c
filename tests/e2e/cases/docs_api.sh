# shellcheck shell=bash
# The examples of docs/api.md, as they stand there and in their order.

shell_blocks "$E2E_SOURCE/docs/api.md" >examples.sh
assert_exit 0 bash -euo pipefail examples.sh
assert_eq "$STDERR" ""
assert_contains "$STDOUT" '"status":"done"'
assert_contains "$STDOUT" $'}304\n' "asking again with the ETag"
assert_contains "$STDOUT" '{"type":"task.updated","id":2' "the events since the cursor"
assert_contains "$STDOUT" 'event: hello' "the stream of events"
assert_contains "$STDOUT" '"code":"invalid_value"' "the refusal"
assert_eq "$(taskman task list --all -q | wc -l)" 3 "tasks, one of them asked for twice with the same key"
assert_eq "$(taskman task show 2 --format '{blocked_by}')" 3 "what the first line of the batch made"
assert_eq "$(taskman task show 1 --format '{labels}')" "api,release,urgent"
assert_eq "$(taskman task show 2 --format '{assignee}')" "ana"
