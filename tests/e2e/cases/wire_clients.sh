# shellcheck shell=bash
# Clients that nobody here wrote, from npm: eventsource, ws, TanStack Query. Each gets every change once, also when the
# daemon is restarted under it; straight from the daemon, and through an nginx that buffers as it does by default.

# shellcheck source=tests/e2e/wire.sh
. "$E2E_SOURCE/tests/e2e/wire.sh"
begin
begin_proxy

start direct node "$wire_checks/clients.mjs" "http://127.0.0.1:$port" "$socket.token"
start proxied node "$wire_checks/clients.mjs" "$origin"
expect() { # LINE…    of the clients on both ways
  local way line
  for way in direct proxied; do
    for line in "$@"; do wait_for_line "$way.out" "^$line$"; done
  done
}
expect 'eventsource open' 'ws open' 'query tasks 0'
taskman task add "one" -q >/dev/null
expect 'eventsource change 1' 'ws change 1' 'query tasks 1'

taskman daemon stop >/dev/null
expect 'ws gone 1001' 'eventsource gone'
# What nginx says while there is no daemon ends no EventSource; a poll is told the truth.
expect_status() { assert_eq "$(curl -so answer -w '%{http_code}' -H "Accept: $1" "$origin/api/v1/events")" "$2" "$1"; }
expect_status text/event-stream 200
assert_eq "$(cat answer)" "retry: 1000"
expect_status application/json 503
begin
for i in 2 3; do taskman task add "task $i" -q >/dev/null; done
expect 'eventsource change 3' 'ws change 3' 'query tasks 3'
for way in direct proxied; do
  for name in eventsource ws; do
    assert_eq "$(grep "^$name change" "$way.out" | tr '\n' ' ')" "$name change 1 $name change 2 $name change 3 " "$way"
  done
done
if grep -E 'dead|wrong|unnamed|binary' direct.out proxied.out; then fail "what is above"; fi

# What nginx lets through: reads, of its own name, by its own pages.
status_of() { curl -so answer -w '%{http_code}' "$@" "$origin/api/v1/health"; }
assert_eq "$(status_of)" 200
assert_eq "$(status_of -H "Origin: $origin")" 200
assert_eq "$(status_of -H 'Origin: http://evil.example')" 403
assert_eq "$(status_of -H 'Sec-Fetch-Site: cross-site')" 403
assert_eq "$(status_of -H 'Host: evil.example')" 421
assert_eq "$(status_of -X POST)" 405
end_proxy
