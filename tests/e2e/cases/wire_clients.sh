# shellcheck shell=bash
# Clients that nobody here wrote, from npm: eventsource, ws, TanStack Query. Each gets every change once,
# also when the daemon is restarted under it.

checks=$E2E_SOURCE/tests/wire
[ -d "$checks/node_modules" ] || fail "no clients: run tests/wire/install"

taskman daemon start >/dev/null
socket=$(taskman daemon path)
taskman daemon stop >/dev/null
begin() { # PORT
  start daemon taskmand --listen "127.0.0.1:$1" --foreground --log d.log --ready-fd 3 3>ready
  wait_for_line ready '^ready$'
}
begin 0
port=$(jq -r 'select(.message == "listening on TCP").port' d.log)

start clients node "$checks/clients.mjs" "$port" "$socket.token"
for name in eventsource ws; do wait_for_line clients.out "^$name open$"; done
wait_for_line clients.out '^query tasks 0$'
taskman task add "one" -q >/dev/null
for line in 'eventsource change 1' 'ws change 1' 'query tasks 1'; do wait_for_line clients.out "^$line$"; done

taskman daemon stop >/dev/null
wait_for_line clients.out '^ws gone 1001$'
wait_for_line clients.out '^eventsource gone$'
: >ready
begin "$port"
for i in 2 3; do taskman task add "task $i" -q >/dev/null; done
for line in 'eventsource change 3' 'ws change 3' 'query tasks 3'; do wait_for_line clients.out "^$line$"; done
for name in eventsource ws; do
  assert_eq "$(grep "^$name change" clients.out | tr '\n' ' ')" "$name change 1 $name change 2 $name change 3 "
done
if grep -E 'dead|wrong|unnamed|binary' clients.out; then fail "what is above"; fi
