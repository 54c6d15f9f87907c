# shellcheck shell=bash
# shellcheck disable=SC1010  # done is a verb of taskman, not a keyword
# docs/examples/live.html in Chromium behind nginx with docs/examples/nginx.conf: the page follows what the command line
# does, across a daemon that is killed, and across a store that became another.

# shellcheck source=tests/e2e/wire.sh
. "$E2E_SOURCE/tests/e2e/wire.sh"
export TASKMAN_HEARTBEAT=1s
times() { [ "$(grep -cE "$2" browser.out)" -ge "$1" ]; }
shown() { wait_for_line browser.out "^board $1$" "${2:-40}"; }

begin
taskman project add web "Web shop" -q >/dev/null
taskman sprint add "Sprint 12" --project web --start today --end +14d -q >/dev/null
taskman sprint start "Sprint 12" -q >/dev/null
taskman task add "Fix login" --project web --sprint current --points 3 -q >/dev/null
taskman backup before.db >/dev/null
cursor_now() { taskman task list --json | jq -r .cursor; }
began=$(cursor_now)

begin_proxy
start browser node "$wire_checks/browser.mjs" "$origin/"
browser=$STARTED
shown 'state live' 60
shown 'task 1 todo Fix login #1 .*'
shown 'sprint Sprint 12 .*0 of 1 tasks · 0 of 3 points'
wait_for_line browser.out '^quiet event hello '

# Live: another column, other words, another sum; and text that stays text.
taskman task start 1 -q >/dev/null
shown 'task 1 in_progress Fix login .*'
taskman task edit 1 --title 'Fix <b>every</b> login' -q >/dev/null
shown 'task 1 in_progress Fix <b>every</b> login .*'

# A heartbeat moves where an EventSource stands that was told of nothing.
stood=$(cursor_now)
wait_for_line browser.out "^quiet bytes \"id: $stood.n.n\"$"

# Without a daemon nginx answers for it, and while nobody listens there the store is written.
kill_daemon KILL
shown 'state reconnecting'
eventually times 2 '^quiet open$'
eventually times 2 '^board open$'
taskman task add "Second" --project web -q >/dev/null
taskman task done 1 -q >/dev/null
taskman daemon stop >/dev/null
begin
shown 'task 1 done Fix <b>every</b> login .*'
shown 'task 2 todo Second .*'
shown 'sprint Sprint 12 .*1 of 1 tasks · 3 of 3 points'
eventually times 2 '^board state live$'
eventually times 2 '^quiet event hello '
taskman task delete 2 --yes -q >/dev/null
shown 'gone 2'

assert_eq "$(grep '^quiet event hello' browser.out | tail -n 1)" "quiet event hello $stood" "resumed from the heartbeat"
assert_eq "$(grep '^quiet dispatched' browser.out | sort | uniq -c | xargs)" "2 quiet dispatched hello" "a heartbeat is no event"
told=$(grep '^board event change ' browser.out | cut -d' ' -f4)
assert_eq "$told" "$(taskman events --since "$began" --json | jq -r .cursor)" "every change once"
assert_eq "$(grep -c '^board event snapshot-end' browser.out)" 1 "what was known was not sent again"

# The store becomes what it was, and goes another way: a version the page has seen now says something else.
version() { taskman task show 1 --json | jq .data.version; }
seen=$(version)
taskman daemon stop >/dev/null
taskmand --restore before.db >/dev/null
while [ "$(version)" -lt "$seen" ]; do taskman task edit 1 --title "Words $(version)" -q >/dev/null; done
taskman task show 1 --json | jq -e ".data.version == $seen" >/dev/null
title=$(taskman task show 1 --json | jq -r .data.title)
taskman daemon stop >/dev/null
begin
wait_for_line browser.out '^board event reset '
shown "task 1 todo $title .*"
taskman task done 1 -q >/dev/null
shown "task 1 done $title .*"
if grep -E '^board (broken|dead)|^quiet dead' browser.out; then fail "what is above"; fi

# Who closes the page is gone for the daemon as well, through nginx.
kill "$browser"
wait_gone "$browser"
nobody_reads() { curl -fsS "$origin/api/v1/subscribers" | jq -e '.data == []'; }
eventually nobody_reads
end_proxy
