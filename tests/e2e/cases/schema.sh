# shellcheck shell=bash
# schema: of everything that --json prints, without a daemon.

assert_eq "$(taskman schema task.list | jq -r '.properties.kind.const')" task.list
assert_eq "$(taskman schema Frame | jq -r .title)" Frame
mapfile -t kinds < <(taskman schema -q)
[ "${#kinds[@]}" -gt 30 ] || fail "only ${#kinds[@]} schemas"
assert_eq "$(taskman schema | jq '."$defs" | length')" "${#kinds[@]}"
# Every reference of the whole document leads somewhere.
assert_eq "$(taskman schema | jq -r '[.. | objects | ."$ref"? // empty | ltrimstr("#/$defs/")] - (."$defs" | keys) | length')" 0
for kind in daemon.status setting.list Error; do
  taskman schema "$kind" | jq -e '."$schema"' >/dev/null || fail "no schema of $kind"
done
assert_exit 2 taskman schema task.lst
assert_contains "$STDERR" "did you mean task.list?"
assert_eq "$(daemon_pids)" ""

# Of what --fields leaves, too.
assert_eq "$(taskman schema task.list id,title | jq -c '."$defs".Task.required')" '["id","title"]'
assert_eq "$(taskman schema Frame rev | jq -c .required)" '["rev"]'
assert_exit 2 taskman schema task.list id,tilte
assert_contains "$STDERR" "did you mean title?"
assert_exit 2 taskman schema NewTask title
assert_exit 2 taskman schema nosuch title
assert_eq "$(taskman schema task id,id | jq -c '."$defs".Task.required')" '["id"]'

# What commands print has the members, and only those, that the schema names.
keys() { jq -c '.data | if type == "array" then .[0] else . end | keys' <<<"$1"; }
named() { taskman schema "$1" | jq -c '.properties | keys'; }
assert_eq "$(keys "$(taskman where --json)")" "$(named Setting)"
assert_eq "$(keys "$(taskman daemon path --json)")" "$(named DaemonPath)"
assert_eq "$(keys "$(taskman daemon start --json)")" "$(named DaemonStatus)"
assert_eq "$(keys "$(taskman daemon status --json)")" "$(named DaemonStatus)"
taskman task add one -q >/dev/null
assert_eq "$(keys "$(taskman task list --json)")" "$(named Task)"
assert_eq "$(taskman events | jq -c keys)" "$(named Frame)"

# Every kind that is printed has a schema.
taskman sprint add S -q >/dev/null
taskman project add p -q >/dev/null
for command in "task list" "task show 1" "task show 1 --comments" "task why 1" "task comment 1 x" "sprint list" \
  "sprint show S" "project list" "project show p" "task start 1" "config show" "daemon status" "daemon path"; do
  # shellcheck disable=SC2086  # words on purpose
  kind=$(taskman $command --json | jq -r .kind)
  taskman schema "$kind" >/dev/null || fail "taskman $command prints $kind, which has no schema"
done
assert_eq "$(keys "$(taskman task why 1 --json)")" "$(named TaskReasons)"
