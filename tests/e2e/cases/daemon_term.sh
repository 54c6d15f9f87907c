# shellcheck shell=bash
# The daemon is ended again and again under eight writers: no write fails, none is lost, none is doubled.

write_tasks() {
  local i id
  for ((i = 1; i <= 200; i++)); do
    [ ! -e enough ] || return 0
    id=$(taskman task add "$1.$i" -q) || return
    echo "$id $1.$i" >>acknowledged
  done
}
end_one() {
  ended=$(daemon_pids | head -n 1)
  [ -n "$ended" ] && kill -TERM "$ended"
}
: >acknowledged
writers=()
for writer in {1..8}; do
  write_tasks "$writer" 2>"err.$writer" &
  writers+=($!)
done
for _ in {1..4}; do
  wait_for_lines acknowledged $(($(wc -l <acknowledged) + 8))
  eventually end_one
  wait_gone "$ended"
done
touch enough
for writer in "${writers[@]}"; do wait "$writer" || fail "a writer failed: $(cat err.*)"; done

assert_eq "$(taskman task list --format '{id} {title}' | sort)" "$(sort acknowledged)"
assert_eq "$(grep -c '"message":"stopped"' "$XDG_STATE_HOME/taskman/taskmand.log")" 4 "daemons that ended"
if grep '"level":"error"' "$XDG_STATE_HOME/taskman/taskmand.log"; then fail "an ended daemon left errors"; fi
daemon_pid >/dev/null
