# shellcheck shell=bash
# where and config: every value says where it came from; no daemon is needed, and none is started.

value() { taskman where --json | jq -r --arg name "$1" '.data[] | select(.name == $name) | [.value, .origin, .where] | map(. // "-") | join(" ")'; }
file=$XDG_CONFIG_HOME/taskman/config.toml
assert_eq "$(value database)" "$XDG_DATA_HOME/taskman/taskman.db default -"
assert_eq "$(value log)" "$XDG_STATE_HOME/taskman/taskmand.log default -"
assert_eq "$(value socket)" "$(taskman daemon path) default -"
assert_eq "$(value config)" "$file default -"
assert_eq "$(value "project file")" "- default -"
assert_eq "$(value timeout)" "30s default -"
assert_eq "$(TASKMAN_DB=/x/t.db value database)" "/x/t.db environment TASKMAN_DB"
assert_eq "$(TASKMAN_URL=sqlite:/x/u.db value database)" "/x/u.db environment TASKMAN_URL"
assert_eq "$(TASKMAN_URL=unix:/x/u.sock value socket)" "/x/u.sock environment TASKMAN_URL"
assert_eq "$(TASKMAN_URL=unix:/x/u.sock value database)" ""
assert_eq "$(TASKMAN_TOKEN=secret value token)" "(set) environment TASKMAN_TOKEN"
mkdir -p project/deep
echo 'project = "web"' >project/.taskman.toml
assert_eq "$(cd project/deep && value project)" "web project file $PWD/project/.taskman.toml:1"
assert_eq "$(taskman where --timeout 3s --format '{name} {origin} {where}' | grep ^timeout)" "timeout flag --timeout"
assert_eq "$(taskman where | head -n 1 | cut -f1)" socket
# shellcheck disable=SC2016  # backquotes of Markdown
assert_eq "$(taskman config show --json | jq '.data | length')" "$(grep -c '^| `.*` | `TASKMAN_' "$E2E_SOURCE/docs/config.md")"

assert_exit 0 taskman config set timeout 5s
assert_eq "$STDOUT" "set timeout = 5s in $file"
assert_eq "$STDERR" ""
assert_eq "$(value timeout)" "5s user file $file:1"
assert_eq "$(taskman config show timeout)" 5s
assert_eq "$(stat -c %a "$file")" 600
assert_exit 0 env TASKMAN_TIMEOUT=7s taskman config set timeout 6s
assert_contains "$STDERR" "TASKMAN_TIMEOUT is stronger and says '7s'"
assert_exit 0 taskman config set daemon.log_level debug
assert_contains "$STDERR" "a running daemon takes it over"
assert_exit 0 taskman config unset timeout
assert_eq "$(value timeout)" "30s default -"
assert_eq "$(grep . "$file" | tr '\n' ' ')" '[daemon] log_level = "debug" '

for command in "set tiemout 5s" "unset tiemout" "show tiemout"; do
  # shellcheck disable=SC2086  # words on purpose
  assert_exit 2 taskman config $command
  assert_contains "$STDERR" "unknown setting 'tiemout'"
  assert_contains "$STDERR" "did you mean timeout?"
done
assert_exit 2 taskman config set output jsn
assert_contains "$STDERR" "did you mean json?"
assert_exit 2 taskman config set timeout
assert_contains "$STDERR" "VALUE is missing"

# What a bad file or variable locks out must not be what mends it.
echo 'tiemout = 1' >>"$file"
assert_exit 2 taskman task list
assert_contains "$STDERR" "$file:4: unknown setting 'daemon.tiemout'"
for command in where "config show" "daemon path" "daemon stop"; do
  # shellcheck disable=SC2086  # words on purpose
  assert_exit 0 taskman $command
  assert_contains "$STDERR" "taskman: ignored: $file:4: unknown setting 'daemon.tiemout'"
done
assert_exit 5 taskman daemon status
assert_exit 0 env TASKMAN_OUTPUT=jsno taskman where
assert_contains "$STDERR" "ignored: TASKMAN_OUTPUT: output cannot be 'jsno'"
assert_exit 0 taskman config unset daemon.tiemout
assert_exit 0 taskman where
assert_eq "$STDERR" ""
echo 'log_level = loud' >"$file"
sed -i '1i [daemon]' "$file"
assert_exit 0 taskman config set daemon.log_level info
assert_exit 0 taskman where
assert_eq "$STDERR" ""

# A value that would disable the program; a path is a path whatever the settings say.
assert_exit 2 taskman config set daemon.heartbeat 0s
assert_contains "$STDERR" "the shortest is 10ms"
assert_exit 2 taskman where --timeout 0s
assert_exit 2 taskman where --as "ann smith"
assert_eq "$(TASKMAN_OUTPUT=json taskman daemon path)" "$(taskman daemon path)"
assert_exit 5 taskman daemon status -q
assert_eq "$(wc -c <"$E2E_FOLDER/.stdout")" 0
assert_exit 2 taskman task list --url http://x
assert_contains "$STDERR" "local daemons only"
assert_eq "$(daemon_pids)" ""
