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
echo 'tiemout = 1' >>"$file"
assert_exit 2 taskman where
assert_contains "$STDERR" "$file:4: unknown setting 'daemon.tiemout'"
assert_eq "$(daemon_pids)" ""
