# shellcheck shell=bash
# 10,000 tasks that Taskwarrior itself exported: nothing is lost, and a second import changes nothing.

printf 'data.location=%s\nhooks=off\nconfirmation=off\nrecurrence=off\nverbose=nothing\n' \
  "$E2E_FOLDER/taskwarrior" >taskrc
mkdir taskwarrior
export TASKRC=$E2E_FOLDER/taskrc TASKDATA=$E2E_FOLDER/taskwarrior

jq -nc --argjson count 10000 -f "$E2E_SOURCE/tests/e2e/samples/taskwarrior.jq" >made.json
task import made.json >/dev/null
# What blocks what changes the urgency only, and costs Taskwarrior seconds.
task rc.urgency.blocked.coefficient=0 rc.urgency.blocking.coefficient=0 rc.gc=off export >tasks.json
assert_eq "$(jq length tasks.json)" 10000 "tasks of Taskwarrior"

cursor_now() { taskman import /dev/null --from jsonl --json | jq -r .cursor; }

empty=$(cursor_now)
assert_exit 0 taskman import tasks.json --from taskwarrior --dry-run
assert_eq "$STDOUT" "would create 34 projects, 10000 tasks, 3334 comments"
assert_eq "$(cursor_now)" "$empty" "cursor after a dry run"

assert_exit 0 taskman import tasks.json --from taskwarrior
assert_eq "$STDOUT" "created 34 projects, 10000 tasks, 3334 comments"
imported=$(cursor_now)
assert_matches "$imported" '^1-' "one transaction"

# As a user would look for them.
taskman export >ours.jsonl
jq -c --sort-keys -n '
  [inputs] | sort_by(.uuid)[] | {
    uuid, title: .description,
    status: (if .status == "completed" then "done" elif .status == "deleted" then "dropped"
             elif .status == "recurring" then "todo" elif .wait then "blocked"
             elif .start then "in_progress" else "todo" end),
    priority: ({H: "p1", M: "p2", L: "p3"}[.priority // ""] // "p2"),
    project, tags: (.tags // [] | sort),
    depends: (.depends // [] | sort),
    annotations: (.annotations // [] | map(.description) | sort)
  }' <(jq -c '.[]' tasks.json) >expected
jq -c --sort-keys -n '
  [inputs] as $all
  | ($all | map(select(.kind == "project") | {key, value: .name}) | from_entries) as $projects
  | ($all | map(select(.kind == "comment")) | group_by(.task)
     | map({key: (.[0].task | tostring), value: map(.text)}) | from_entries) as $comments
  | ($all | map(select(.kind == "task"))) as $tasks
  | ($tasks | map({key: (.id | tostring), value: (.external_id | ltrimstr("taskwarrior:"))}) | from_entries) as $uuids
  | $tasks | map({
      uuid: $uuids[.id | tostring], title, status, priority,
      project: (.project | if . then $projects[.] else null end),
      tags: (.labels - ["recurring"] | sort),
      depends: (.blocked_by | map($uuids[tostring]) | sort),
      annotations: ($comments[.id | tostring] // [] | sort)
    }) | sort_by(.uuid)[]' ours.jsonl >found
cmp expected found || fail "lost: $(diff expected found | head -6)"
assert_eq "$(jq -r 'select(.kind == "task") | .status' ours.jsonl | sort -u | tr '\n' ' ')" \
  "blocked done dropped in_progress todo "

# And back: every attribute of every task is what Taskwarrior said.
normal='[.[] | del(.id, .urgency) | if .tags then .tags |= sort else . end
         | if .depends then .depends |= sort else . end] | sort_by(.uuid)[]'
taskman export --to taskwarrior >back.json 2>notices
jq -c --sort-keys "$normal" tasks.json >original
jq -c --sort-keys "$normal" back.json >returned
cmp original returned || fail "not what it was: $(diff original returned | head -6)"

assert_exit 0 taskman import tasks.json --from taskwarrior
assert_eq "$STDOUT" "unchanged 34 projects, 10000 tasks, 3334 comments"
assert_eq "$(cursor_now)" "$imported" "cursor after the second import"
assert_exit 0 taskman import back.json --from taskwarrior
assert_eq "$(cursor_now)" "$imported" "cursor after importing our own export for Taskwarrior"

# One changed task is one update.
jq -c '.[4].description = "another title"' tasks.json >changed.json
assert_exit 0 taskman import changed.json --from taskwarrior
assert_eq "$STDOUT" $'updated 1 task\nunchanged 34 projects, 9999 tasks, 3334 comments'
