# shellcheck shell=bash
# events: the change log from any cursor, and on from there.

revs() { jq -r .rev | tr '\n' ' '; }
for i in {1..5}; do taskman task add "task $i" -q >/dev/null; done
assert_eq "$(taskman events | revs)" "1 2 3 4 5 "
assert_eq "$(taskman events --json | revs)" "1 2 3 4 5 "
assert_eq "$(taskman events --limit 2 | revs)" "1 2 "
third=$(taskman events -q | sed -n 3p)
assert_matches "$third" '^3-[0-9a-f]{16}$'
assert_eq "$(taskman events --since "$third" | revs)" "4 5 "
assert_eq "$(taskman events --since "$third" --limit 1 | revs)" "4 "
last=$(taskman events -q | tail -n 1)
assert_exit 0 taskman events --since "$last"
assert_eq "$STDOUT$STDERR" ""

assert_exit 2 taskman events --since yesterday
assert_contains "$STDERR" "--since: 'yesterday' is not a cursor"
assert_exit 4 taskman events --since "3-0000000000000000"
assert_contains "$STDERR" "hint:"
assert_exit 4 taskman events --since "3-0000000000000000" --follow
assert_exit 2 taskman events --limit 0

# On: what was there, what comes, across restarts and kill -9, each once.
start follow taskman events --since "$third" --follow
wait_for_lines follow.out 2
taskman task "done" 1 >/dev/null
wait_for_lines follow.out 3
kill_daemon KILL
taskman task "done" 2 >/dev/null
taskman daemon restart >/dev/null
taskman task "done" 3 >/dev/null
wait_for_lines follow.out 5
assert_eq "$(revs <follow.out)" "4 5 6 7 8 "
assert_contains "$(<follow.err)" "connected again, nothing was missed"
kill -TERM "$STARTED"
status=0
wait "$STARTED" || status=$?
assert_eq "$status" 143

# --limit ends it; a reader that has enough ends it quietly.
start limited taskman events --since "$third" --follow --limit 6
wait_for_lines limited.out 5
taskman task "done" 4 >/dev/null
wait "$STARTED"
assert_eq "$(revs <limited.out)" "4 5 6 7 8 9 "
assert_exit 0 bash -c 'set -o pipefail; taskman events --follow | head -n 1'
assert_eq "$(jq .rev <<<"$STDOUT")" 1
assert_eq "$STDERR" ""

# More than one request gives.
before=$(taskman events -q | tail -n 1)
python3 - "$(taskman daemon path)" <<'END'
import http.client, json, socket, sys

api = http.client.HTTPConnection("localhost")
api.sock = socket.socket(socket.AF_UNIX)
api.sock.connect(sys.argv[1])
for i in range(1100):
    api.request("POST", "/api/v1/tasks", json.dumps({"title": f"by hand {i}"}), {"Content-Type": "application/json"})
    answer = api.getresponse()
    answer.read()
    assert answer.status == 201, answer.status
END
assert_eq "$(taskman events --since "$before" | revs)" "$(seq -s ' ' 10 1109) "
assert_eq "$(taskman events --since "$before" --limit 1050 | wc -l)" 1050
