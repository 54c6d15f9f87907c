# shellcheck shell=bash
# 12,000 tasks: a program gets every one of them, the same bytes each time; a terminal gets the first
# 50 and is told so.

taskman task add "First" -q >first
python3 - "$(taskman daemon path)" <<'PYTHON'
import http.client, json, socket, sys

class Local(http.client.HTTPConnection):
    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.connect(sys.argv[1])

connection = Local("localhost")
for begin in range(1, 12000, 2000):
    lines = [json.dumps({"title": f"Task {i} 日本語", "priority": f"p{i % 4}", "labels": ["b", "a"][: i % 3]})
             for i in range(begin, min(begin + 2000, 12000))]
    connection.request("POST", "/api/v1/import", "\n".join(lines).encode(), {"Content-Type": "application/x-ndjson"})
    answer = connection.getresponse()
    assert answer.status == 200, answer.read()
    answer.read()
PYTHON

taskman task list --json >first.json
taskman task list --json >second.json
cmp first.json second.json
assert_eq "$(jq -c '[(.data | length), .page.returned, .page.total, .page.next, .filter]' first.json)" \
  '[12000,12000,12000,null,"is:open"]'
assert_eq "$(jq '[.data[].id] | unique | length' first.json)" 12000
assert_eq "$(jq -c '[.data[].labels] | unique' first.json)" '[[],["a","b"],["b"]]'

# Nothing is cut in a pipe, whatever the reader does with it.
assert_eq "$(taskman task list | wc -l)" 12000
assert_eq "$(taskman task list -q | sort -n | uniq | wc -l)" 12000
assert_eq "$(taskman task list --csv | wc -l)" 12001
assert_eq "$(taskman task list --format '{id}' | wc -l)" 12000
# jq reads as fast as it can parse; a pipe holds 64 KiB.
assert_eq "$(taskman task list --json | jq '.data | length')" 12000
assert_eq "$(taskman task list --json --limit 7 | jq -c '[(.data | length), .page.total]')" '[7,12000]'

# on_terminal COMMAND…    what a terminal of 80 columns shows
on_terminal() {
  TERM=xterm script -qec "stty cols 80; $*" /dev/null </dev/null | tr -d '\r' | sed $'s/\e\\[[0-9;]*m//g'
}
shown=$(on_terminal taskman task list)
assert_eq "$(grep -c ' todo ' <<<"$shown")" 50
assert_eq "$(tail -n 2 <<<"$shown")" "open tasks only; --all shows every status
50 of 12000; --limit N shows more"
assert_contains "$(on_terminal taskman task list --limit 60)" "60 of 12000; --limit N shows more"
assert_contains "$(on_terminal taskman task list status:todo)" "50 of 12000; --limit N shows more"
# --json is whole on a terminal, too.
assert_eq "$(on_terminal taskman task list --json | jq '.data | length')" 12000
