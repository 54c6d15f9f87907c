# shellcheck shell=bash
# Fifty commands at once, with no daemon: one starts it, all are answered.

writers=()
for i in {1..50}; do
  taskman task add "task $i" -q >"id.$i" 2>"err.$i" &
  writers+=($!)
done
for writer in "${writers[@]}"; do wait "$writer" || fail "a writer failed: $(cat err.*)"; done
assert_eq "$(cat err.*)" ""
assert_eq "$(sort -n id.* | uniq | tr '\n' ' ')" "$(seq -s ' ' 50) "
assert_eq "$(taskman task list --json | jq '.data | length')" 50
daemon_pid >/dev/null
assert_eq "$(grep -c '"message":"ready"' "$XDG_STATE_HOME/taskman/taskmand.log")" 1 "daemons that became ready"
