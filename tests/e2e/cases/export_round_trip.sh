# shellcheck shell=bash
# Export, import into an empty store, export: byte for byte the same, whatever the store has seen.

unset TASKMAN_DB
first() { TASKMAN_DB=$E2E_FOLDER/first.db taskman "$@"; }
second() { TASKMAN_DB=$E2E_FOLDER/second.db taskman "$@"; }

first project add web "Web shop 🛒" --description $'two\nlines' -q >/dev/null
first project add api "Ärger & \"Zitate\"" -q >/dev/null
first sprint add "Sprint 1" --project web --goal "log in" --start 2026-11-02 --end 2026-11-15 \
  --capacity 20 --tz Europe/Paris -q >/dev/null
first sprint add "Sprint 2" --project web -q >/dev/null
first sprint add "Never" --project api -q >/dev/null
for title in one two "三 つ目" four $'five "quoted" \\ back' "=six" seven eight; do
  first task add "$title" --project web --sprint "Sprint 1" --points 3 --label "l-${title// /-}" -p p1 -q >/dev/null
done
first task add "with a body" --body $'# Title\n\n- tab\there\n```taskwarrior\nno\n```' --due 2026-12-24 \
  --assignee zoë --external-id other:1 -q >/dev/null
first task list --all -q >ids
first sprint start "Sprint 1" --project web -q >/dev/null
first task add "joined late" --project web --sprint "Sprint 1" -q >/dev/null
first task "done" 1 -q >/dev/null
first task drop 2 -q >/dev/null
first task block 3 --reason "waits for 日本" -q >/dev/null
first task dep add 4 --on 3 >/dev/null
first task edit 4 --parent 3 -q >/dev/null
first task review 6 -q >/dev/null
first task comment 1 "first, by me" -q >/dev/null
first task comment 1 $'second\nby zoë' --as zoë -q >/dev/null
first task delete 7 -q >/dev/null
first sprint close "Sprint 1" --project web --carry "Sprint 2" -q >/dev/null
first sprint start "Sprint 2" --project web -q >/dev/null
first sprint cancel "Never" --project api -q >/dev/null
first task add "last" -q >/dev/null

first export >first.jsonl
assert_eq "$(jq -r .kind first.jsonl | uniq -c | tr -s ' \n' ' ')" " 2 project 3 sprint $(($(wc -l <ids) + 1)) task 2 comment "
assert_eq "$(jq -r 'select(.kind == "sprint") | .state' first.jsonl | tr '\n' ' ')" "closed active cancelled "
assert_eq "$(jq -r 'select(.name == "Sprint 1") | .report.carried | length > 0' first.jsonl)" true
first export >again.jsonl
cmp first.jsonl again.jsonl

assert_exit 0 second import first.jsonl
second export >second.jsonl
cmp first.jsonl second.jsonl
assert_exit 0 second import first.jsonl
assert_eq "$(second export | cmp - first.jsonl && echo same)" same "after importing it again"

# A file of its own: whole or not at all, and what it holds is said.
assert_exit 0 first export out.jsonl
assert_matches "$STDOUT" "^exported $(wc -l <ids | xargs -I{} expr {} + 1) tasks to $E2E_FOLDER/out.jsonl \([0-9.]+ KiB\)$"
cmp out.jsonl first.jsonl
assert_exit 0 first export out.jsonl --json
assert_eq "$(jq -c '[.kind, .data.format, .data.bytes, .data.projects, .data.sprints, .data.comments]' <<<"$STDOUT")" \
  "[\"export\",\"jsonl\",$(stat -c %s out.jsonl),2,3,2]"
assert_exit 2 first export "$E2E_FOLDER/no/such/folder.jsonl"
assert_contains "$STDERR" "cannot write"
mkfifo pipe
start reader cat pipe
assert_exit 0 first export pipe --to jsonl
wait_gone "$STARTED"
cmp reader.out first.jsonl

# CSV: the tasks, and a notice of what it cannot hold.
assert_exit 0 first export tasks.csv
assert_contains "$STDERR" "csv has no place for 2 comments, 3 sprints"
assert_eq "$(head -c 2 tasks.csv)" id
assert_contains "$(cat tasks.csv)" "'=six"
export TASKMAN_DB=$E2E_FOLDER/third.db
assert_exit 2 taskman import tasks.csv
assert_contains "$STDERR" "Sprint" "a table has no sprints to make"
jq -c 'select(.kind == "project" or .kind == "sprint") | del(.committed, .report)' first.jsonl >frame.jsonl
assert_exit 0 taskman import frame.jsonl
assert_exit 0 taskman import tasks.csv
assert_eq "$(taskman export | jq -Sc 'select(.kind == "task") | [.title, .status, .labels, .project, .points]')" \
  "$(jq -Sc 'select(.kind == "task") | [.title, .status, .labels, .project, .points]' first.jsonl)"

# Taskwarrior reads what is written for it.
first export --to taskwarrior >for_taskwarrior.json 2>/dev/null
printf 'data.location=%s\nhooks=off\nverbose=nothing\n' "$E2E_FOLDER/tw" >taskrc
mkdir tw
TASKRC=$E2E_FOLDER/taskrc task import for_taskwarrior.json >/dev/null 2>&1
assert_eq "$(TASKRC=$E2E_FOLDER/taskrc task export | jq -r '.[].description' | sort)" \
  "$(jq -r 'select(.kind == "task") | .title' first.jsonl | sort)"
