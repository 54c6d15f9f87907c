# shellcheck shell=bash
# The daemon is ended again and again under eight writers: no write fails, none is lost, none is doubled.

write_tasks() {
  local i=0 id
  until [ -e enough ]; do
    i=$((i + 1))
    id=$(taskman task add "$1.$i" -q) || return
    echo "$id $1.$i" >>acknowledged
  done
}
: >acknowledged
writers=()
for writer in {1..8}; do
  write_tasks "$writer" 2>"err.$writer" &
  writers+=($!)
done
for _ in {1..4}; do
  wait_for_lines acknowledged $(($(wc -l <acknowledged) + 15))
  for pid in $(daemon_pids); do kill -TERM "$pid" 2>/dev/null || true; done
done
wait_for_lines acknowledged $(($(wc -l <acknowledged) + 15))
: >enough
for writer in "${writers[@]}"; do wait "$writer" || fail "a writer failed: $(cat err.*)"; done

assert_eq "$(taskman task list --format '{id} {title}' | sort)" "$(sort acknowledged)"
[ "$(grep -c '"message":"stopped"' "$XDG_STATE_HOME/taskman/taskmand.log")" -ge 2 ] || fail "no daemon was ended"
if grep -q '"level":"error"' "$XDG_STATE_HOME/taskman/taskmand.log"; then fail "an ended daemon left errors"; fi
daemon_pid >/dev/null
