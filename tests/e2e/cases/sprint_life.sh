# shellcheck shell=bash
# A sprint from its start to its report, as people and scripts see it.

export TZ=UTC
taskman project add web -q >/dev/null
taskman project add app -q >/dev/null
taskman sprint add A --project web -q >/dev/null
taskman sprint add B --project web -q >/dev/null
taskman sprint add C --project app -q >/dev/null
taskman task add one --project web --sprint A --points 3 -q >/dev/null
taskman task add two --project web --sprint A -q >/dev/null
taskman task add three --project app --sprint C -q >/dev/null
taskman sprint start A --project web >/dev/null
taskman sprint start C --project app >/dev/null
taskman task "done" 1 >/dev/null

# The project of the settings decides whose sprint the words of a filter mean.
assert_eq "$(TASKMAN_PROJECT=app taskman task list sprint:current -q)" 3
assert_eq "$(TASKMAN_PROJECT=web taskman task list sprint:current --all --sort id -q | paste -sd,)" 1,2
assert_eq "$(taskman task list sprint:current --all --sort id -q | paste -sd,)" 1,2,3
first=$(taskman events -q | head -n 1)
assert_eq "$(TASKMAN_PROJECT=app taskman watch sprint:current --since "$first" -q | head -n 1)" 3
taskman project add api -q >/dev/null
assert_exit 0 env TASKMAN_PROJECT=api taskman task list sprint:current -q
assert_eq "$STDOUT$STDERR" "taskman: no sprint is active in project 'api'"

# One active sprint a project, whichever way it would come there.
assert_exit 4 taskman sprint edit C --move-to web
assert_contains "$STDERR" "sprint 'A' of project web is active already"

# What is not there is said the same way everywhere.
assert_exit 2 taskman sprint show --project typo
assert_contains "$STDERR" "unknown project 'typo'"
assert_exit 2 taskman sprint add z --tz Europe/Berln
assert_eq "$STDERR" "taskman: unknown time zone 'Europe/Berln'
hint: did you mean Europe/Berlin?"
assert_exit 2 env TZ=Nowhere/X taskman sprint add z

# A dry run prints the report that the close freezes; the close says what became of the tasks.
assert_exit 0 taskman sprint close A --project web --carry next --dry-run
assert_contains "$STDOUT" "tasks: 1 of 2 done (50 %); points: 3 of 3 done (100 %); 1 open task → B"
assert_matches "$STDOUT" "completed +task 1"
assert_matches "$STDOUT" "carried +task 2 → B"
assert_exit 0 taskman sprint close A --project web --carry next
assert_eq "$STDOUT" "closed sprint 1  A
tasks: 1 of 2 done (50 %); points: 3 of 3 done (100 %); 1 open task → B"

# From then on the report is what counts, although the carried task has left.
shown=$(script -qec "taskman sprint show A --project web" /dev/null)
assert_matches "$shown" "tasks +1 of 2 done \(50 %\)"
assert_matches "$shown" "carried +task 2 → B"
assert_matches "$shown" "unestimated +1 task[^s]"
assert_eq "$(taskman sprint show A --project web --json |
  jq -c '.data | [.progress.tasks.total, .sprint.report.progress.tasks.total, .days_left]')" "[1,2,null]"

# A sprint that is given up keeps its tasks, and says so.
assert_exit 0 taskman sprint cancel B --project web
assert_contains "$STDERR" "1 open task still in sprint 'B'"
taskman task list sprint:2 -q | taskman task edit - --sprint none >/dev/null
assert_eq "$(taskman task list sprint:2 --all -q)" ""

# Without a value comes last, in both directions.
taskman sprint edit C --end 2026-12-01 >/dev/null
assert_eq "$(taskman sprint list --sort end -q | head -n 1)" 3
assert_eq "$(taskman sprint list --sort -end -q | head -n 1)" 3

# A task's detail view names its parts and what waits for it.
taskman task add part --parent 3 -q >/dev/null
taskman task add after --blocked-by 3 -q >/dev/null
shown=$(script -qec "taskman task show 3" /dev/null)
assert_matches "$shown" "children +4"
assert_matches "$shown" "blocks +5"

# A sprint's zone is the one that TZ names; a zone without a name is never taken for UTC.
if [ -e /usr/share/zoneinfo/Europe/Berlin ]; then
  assert_eq "$(TZ=:Europe/Berlin taskman sprint add zoned --json | jq -r .data.tz)" Europe/Berlin
  assert_exit 2 env TZ=UTC+5 taskman sprint add nameless
  assert_contains "$STDERR" "TZ 'UTC+5' is not the name of a time zone"
  assert_contains "$STDERR" "--tz"
fi

# A dry run of closing is refused where closing is.
taskman sprint add D -q >/dev/null && taskman sprint start D -q >/dev/null
taskman task add "still open" --sprint D -q >/dev/null
assert_exit 4 taskman sprint close D --dry-run
assert_exit 4 taskman sprint close D
assert_exit 0 taskman sprint close D --carry none --dry-run
