# shellcheck shell=bash
# shellcheck disable=SC2016  # the command's own shell expands it
# A command is told of what it is for, and nothing of the shell that happened to start the daemon.

SECRET_OF_SOMEBODY=hush TASKMAN_OUTPUT=json TASKMAN_PROJECT=web TASKMAN_TOKEN=hush LC_TIME=C.UTF-8 \
  taskman daemon start -q >/dev/null
taskman hooks add --on 'task.created' --as ana -q --run 'env >"$HOME/../environment"
  taskman task show 1 >"$HOME/../shown"; echo end >>"$HOME/../shown"' >/dev/null
taskman add "told" -q >/dev/null
wait_for_line shown '^end$'

# PWD and its like are the shell's own.
assert_eq "$(cut -d= -f1 environment | grep -vxE 'PWD|OLDPWD|SHLVL|_' | sort | tr '\n' ' ')" \
  "HOME LANG LC_TIME PATH SHELL TASKMAN_ACTOR TASKMAN_HOOK_ID TASKMAN_REV TASKMAN_URL TMPDIR TZ XDG_CONFIG_HOME XDG_DATA_HOME XDG_RUNTIME_DIR XDG_STATE_HOME "
assert_contains "$(<environment)" "TASKMAN_ACTOR=ana"
assert_contains "$(<environment)" "TASKMAN_URL=unix:$(taskman daemon path)"
assert_eq "$(head -n 1 shown)" "id	1" "not JSON, as the daemon's own environment would have it"
