# shellcheck shell=bash
# docs/examples/live.html when it cannot be live, in Chromium: what is asked for wrongly is said, with the reason, and not
# asked again; of a daemon that is away the status is said, and the page comes back by itself.

# shellcheck source=tests/e2e/wire.sh
. "$E2E_SOURCE/tests/e2e/wire.sh"
export TASKMAN_HEARTBEAT=1s

open_page() {
  start browser node "$wire_checks/browser.mjs" "$@"
  browser=$STARTED
}
close_page() {
  kill "$browser"
  wait_gone "$browser"
}

begin
taskman sprint add "Sprint 12" -q >/dev/null
begin_proxy

open_page "$origin/?sprint=Sprint+13"
wait_for_line browser.out "^board says refused: unknown sprint 'Sprint 13'; .+" 60
# Another stream of that page goes on: time has passed, and nothing is under way.
wait_for_line browser.out '^quiet bytes "id: '
if grep '^board later ' browser.out; then fail "the page tries again"; fi
assert_eq "$(grep -c '^board dead$' browser.out)" 1 "streams that were refused"
assert_eq "$(grep -c 'GET /events?sprint=Sprint' proxy/nginx-access.log)" 2 "the stream, and why not"
close_page

# A proxy that says by a status that nobody is there.
open_page "$origin/?sprint=Sprint+12" 503
wait_for_line browser.out '^board says reconnecting: 503 Service Unavailable$' 60
wait_for_line browser.out '^board later 5000$'
wait_for_line browser.out '^board says live$' 40

# Nobody is there, which docs/examples/nginx.conf keeps from the stream, but not from who asks for the reason.
kill_daemon KILL
wait_for_line browser.out '^board says reconnecting: 502 Bad Gateway$'
begin
is_back() { [ "$(grep -c '^board says live$' browser.out)" -eq 2 ]; }
eventually is_back
if grep -E '^board broken' browser.out; then fail "what is above"; fi
close_page
end_proxy
