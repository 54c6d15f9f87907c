# shellcheck shell=bash
# shellcheck disable=SC2016  # the command's own shell expands it
# The daemon is killed again and again while a hook is told of changes: each comes at least once, in
# order, and again only what was under way.

taskman hooks add --on 'task.created' -q --run 'echo "$TASKMAN_REV" >>"$HOME/../seen"' >/dev/null
kills=0
for i in {1..60}; do
  taskman add "task $i" -q >/dev/null
  if ((i % 10 == 0)); then
    wait_for_lines seen $((i / 2))
    kill_daemon KILL
    kills=$((kills + 1))
  fi
done
taskman daemon start -q >/dev/null
wait_for_line seen '^60$'
assert_eq "$(uniq seen | tr '\n' ' ')" "$(seq -s ' ' 1 60) " "each once, but for what came twice in a row"
twice=$(($(wc -l <seen) - 60))
[ "$twice" -le "$kills" ] || fail "$twice deliveries were repeated by $kills kills"
