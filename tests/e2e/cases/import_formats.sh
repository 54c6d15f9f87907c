# shellcheck shell=bash
# Samples of the other formats: what becomes of them, and that a second import changes nothing.

samples=$E2E_SOURCE/tests/e2e/samples
tasks() { taskman export | jq -rc "select(.kind == \"task\") | $1"; }
cursor_now() { taskman import /dev/null --from jsonl --json | jq -r .cursor; }

# import_twice COUNTS ARGUMENT…
import_twice() {
  local counts=$1 cursor
  shift
  assert_exit 0 taskman import "$@"
  assert_eq "$STDOUT" "created $counts" "first import of $*"
  cursor=$(cursor_now)
  assert_exit 0 taskman import "$@"
  assert_eq "$STDOUT" "unchanged $counts" "second import of $*"
  assert_eq "$(cursor_now)" "$cursor" "cursor after importing $* again"
}

import_twice "3 tasks, 1 comment" "$samples/issues.json" --from github
assert_eq "$(tasks '[.external_id, .status, .assignee, .labels]')" \
  '["github:owner/repo#12","todo","ana",["bug","good-first-issue","milestone:v1.0"]]
["github:owner/repo#13","done",null,[]]
["github:owner/repo#14","dropped",null,[]]'
assert_contains "$(tasks .body)" "Often. 🚀"
assert_eq "$(taskman export | jq -rc 'select(.kind == "comment") | [.task, .author, .text, .at]')" \
  '[1,"bob","me too","2026-11-02T10:00:00.000Z"]'

# Work of ours on an issue that is still open stays when it is imported again.
taskman task start 1 -q >started
assert_exit 0 taskman import "$samples/issues.json" --from github
assert_eq "$(tasks 'select(.id == 1) | .status')" in_progress
# Closed there, it is done here.
jq '.[0].state = "CLOSED" | .[0].stateReason = "COMPLETED" | .[0].closedAt = "2026-11-07T10:00:00Z"' \
  "$samples/issues.json" >closed.json
assert_exit 0 taskman import closed.json --from github
assert_eq "$STDOUT" $'updated 1 task\nunchanged 2 tasks, 1 comment'
assert_eq "$(tasks 'select(.id == 1) | [.status, .closed_at]')" '["done","2026-11-07T10:00:00.000Z"]'

import_twice "4 projects, 5 tasks" "$samples/todo.txt"
assert_eq "$(tasks 'select(.id > 3) | [.title, .status, .priority, .project]')" \
  '["Call Mom","todo","p0","Family"]
["Post signs around the neighbourhood","todo","p1","GarageSale"]
["Review Tim'"'"'s pull request","done","p2","TodoTxtTouch"]
["Löschpapier kaufen: see https://example.org/a:b","todo","p2","B-ro"]
["Learn ten words of 日本語","todo","p3",null]'
assert_eq "$(tasks 'select(.id == 4) | [.labels, .due]')" '[["phone"],"2026-11-24T23:59:59.000Z"]'

printf '%s\r\n' 'title,priority,labels,points,external_id,blocked_by' '"a ""b"", c",p1,"x;y",3,csv:1,' \
  $'"two\nlines? no",,,,csv:2,csv:1' >bad.csv
assert_exit 2 taskman import bad.csv
assert_contains "$STDERR" "bad.csv, line 3: title"
printf '%s\r\n' 'title;priority;labels;points;external_id;blocked_by' '"a ""b"", c";p1;"x,y";3;csv:1;' \
  "'=1+1;;;;csv:2;csv:1" >table.csv
import_twice "2 tasks" table.csv
assert_eq "$(tasks 'select(.id > 8) | [.title, .priority, .labels, .points, .blocked_by]')" \
  '["a \"b\", c","p1",["x","y"],3,[]]
["=1+1","p2",[],null,[9]]'

cat >own.jsonl <<'END'
{"title":"only a title"}

{"kind":"project","key":"web","name":"Web shop"}
{"kind":"sprint","name":"S1","project":"web","start":"2026-11-01","end":"2026-11-14","tz":"UTC"}
{"title":"in a sprint","project":"web","sprint":"S1","external_id":"x:1","blocked_by":["x:2"]}
{"title":"before it","external_id":"x:2"}
{"kind":"comment","task":"x:1","author":"ana","text":"two\nlines","at":"2026-11-02T10:00:00Z"}
END
assert_exit 0 taskman import own.jsonl
assert_eq "$STDOUT" "created 1 project, 1 sprint, 3 tasks, 1 comment"
assert_eq "$(tasks 'select(.id > 10) | [.id, .title, .project, .sprint, .blocked_by]')" \
  '[11,"only a title",null,null,[]]
[12,"in a sprint","web",1,[13]]
[13,"before it",null,null,[]]'

# From a pipe, under a name of one's own, once only.
assert_exit 0 bash -c 'echo "{\"title\":\"by key\"}" | taskman import - --from jsonl --key k1 --as ci -q'
assert_eq "$STDOUT" 14
assert_exit 0 bash -c 'echo "{\"title\":\"by key\"}" | taskman import - --from jsonl --key k1 --as ci -q'
assert_eq "$STDOUT" 14
assert_exit 4 bash -c 'echo "{\"title\":\"other\"}" | taskman import - --from jsonl --key k1 --as ci'
assert_eq "$(taskman task log 14 --json | jq -r '.data[0].actor')" ci
assert_eq "$(tasks .id | tail -1)" 14 "no task by the second import with the same key"
