# shellcheck shell=bash
# The JavaScript of README.md as it stands there: EventSource, TanStack Query and WebSocket are told of a change.

checks=$E2E_SOURCE/tests/wire
[ -d "$checks/node_modules" ] || fail "no clients: run tests/wire/install"

start daemon taskmand --listen 127.0.0.1:0 --foreground --log d.log --ready-fd 3 3>ready
wait_for_line ready '^ready$'
port=$(jq -r 'select(.message == "listening on TCP").port' d.log)
taskman task add one -q >/dev/null
cursor=$(taskman task list --json | jq -r .cursor)
start page node "$checks/readme.mjs" "$port" "$(taskman daemon path).token" "$cursor" "$E2E_SOURCE/README.md"
for line in 'feed open' 'socket open' 'query 1'; do wait_for_line page.out "^$line$"; done
asked() { sed -n 's/^query //p' page.out | tail -n 1; }
before=$(asked)
taskman task add two --label release -q >/dev/null
for line in 'feed 2' 'socket 2'; do wait_for_line page.out "^$line$"; done
is_asked_again() { [ "$(asked)" -gt "$before" ]; }
eventually is_asked_again
