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
