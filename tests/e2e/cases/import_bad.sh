# shellcheck shell=bash
# A bad record is named by its line in the file, and nothing is imported unless it may be left out.

cursor_now() { taskman import /dev/null --from jsonl --json | jq -r .cursor; }
empty=$(cursor_now)

cat >unreadable.jsonl <<'END'
{"title":"good"}

not JSON
{"title":"bad status","status":"dnoe"}
{"titel":"typo"}
END
assert_exit 2 taskman import unreadable.jsonl
assert_eq "$STDOUT" ""
assert_contains "$STDERR" "unreadable.jsonl: 3 records cannot be imported"
assert_matches "$STDERR" "line 3: record is not JSON"
assert_matches "$STDERR" 'line 4: status: "dnoe" is not one of .*did you mean done'
assert_matches "$STDERR" "line 5: .*unknown field 'titel'.*did you mean title"
assert_contains "$STDERR" "--skip-invalid"
assert_eq "$(cursor_now)" "$empty" "nothing is imported"

# What only the daemon can know is named by the line of the file, too, not of the request.
cat >refused.jsonl <<'END'


{"title":"good","external_id":"x:1"}

{"title":"no such sprint","sprint":"S9"}
{"kind":"comment","task":"x:9","text":"to nobody"}
{"title":"in a circle","external_id":"x:2","blocked_by":["x:2"]}
END
assert_exit 2 taskman import refused.jsonl
assert_contains "$STDERR" "3 records"
assert_matches "$STDERR" "line 5: .*S9"
assert_matches "$STDERR" "line 6: .*x:9"
assert_contains "$STDERR" "line 7: blocked_by goes in a circle"
assert_eq "$(cursor_now)" "$empty" "nothing is imported"
assert_exit 2 taskman import refused.jsonl --json
assert_eq "$STDOUT" ""
assert_eq "$(jq -rc '.error.code, [.error.details[].name]' <<<"$STDERR")" $'invalid_value\n["5","6","7"]'
head -5 refused.jsonl >one.jsonl
assert_exit 2 taskman import one.jsonl
assert_contains "$STDERR" "taskman: one.jsonl, line 5: unknown sprint 'S9'"

# Records that share a line are named by their number as well.
echo '[{"title":"a","url":"https://github.com/o/r/issues/1"},{"title":"b","url":"?"},{"url":"?"}]' >issues.json
assert_exit 2 taskman import issues.json --from github
assert_matches "$STDERR" "line 1: record 2: url: .*"
assert_matches "$STDERR" "line 1: record 3: title: .*"

# Many are counted, and shown as far as anybody reads.
seq 120 >numbers.jsonl
assert_exit 2 taskman import numbers.jsonl
assert_contains "$STDERR" "numbers.jsonl: 120 records cannot be imported"
assert_contains "$STDERR" "line 20: "
assert_contains "$STDERR" "and 100 more"
seq -f '{"title":"%g","sprint":"S9"}' 150 >sprints.jsonl
assert_exit 2 taskman import sprints.jsonl
assert_contains "$STDERR" "sprints.jsonl: 150 records cannot be imported"
assert_exit 2 taskman import numbers.jsonl --json
assert_eq "$(jq '.error.details | length' <<<"$STDERR")" 120

# What cannot be read hides nothing of what only the daemon refuses; --skip-invalid counts the same.
cat unreadable.jsonl refused.jsonl >hidden.jsonl
assert_exit 2 taskman import hidden.jsonl
assert_contains "$STDERR" "hidden.jsonl: 6 records cannot be imported"
assert_contains "$STDERR" "line 12: blocked_by goes in a circle"
printf '{"title":" "}\n{"title":""}\n{"body":"x"}\n' >blank.jsonl
assert_exit 2 taskman import blank.jsonl
assert_contains "$STDERR" "line 1: title is blank"
assert_contains "$STDERR" "line 2: title is empty"
assert_contains "$STDERR" "line 3: task: title is missing"

# --dry-run says what would happen, and that something is wrong.
assert_exit 2 taskman import refused.jsonl --dry-run
cat unreadable.jsonl refused.jsonl >both.jsonl
assert_exit 0 taskman import both.jsonl --dry-run --skip-invalid -v
assert_eq "$STDOUT" $'would create 2 tasks\nwould leave out 6 records'
assert_matches "$STDERR" "line 1: would create task [0-9]+  good"
assert_matches "$STDERR" "line 8: would create task [0-9]+  good"
assert_contains "$STDERR" "line 3: would leave out: record is not JSON"
assert_contains "$STDERR" "line 12: would leave out task: blocked_by goes in a circle"
assert_contains "$STDERR" "dry run: nothing was changed"
assert_eq "$(cursor_now)" "$empty" "nothing is imported"

# --skip-invalid imports the rest, in one envelope.
assert_exit 0 taskman import both.jsonl --skip-invalid --json
assert_eq "$(jq -c '[.kind, .data.dry_run, .data.created, .data.invalid]' <<<"$STDOUT")" '["import",false,2,6]'
assert_eq "$(jq -c '[.data.results[] | [.line, .outcome]]' <<<"$STDOUT")" \
  '[[1,"created"],[3,"invalid"],[4,"invalid"],[5,"invalid"],[8,"created"],[10,"invalid"],[11,"invalid"],[12,"invalid"]]'
assert_eq "$(jq -r .cursor <<<"$STDOUT")" "$(cursor_now)"
assert_matches "$(cursor_now)" '^1-'

# What is not told is asked for, and what is not there is said.
assert_exit 2 taskman import issues.json
assert_contains "$STDERR" "--from is missing: the name issues.json does not tell what wrote it"
assert_contains "$STDERR" "taskwarrior, github, todotxt, csv, jsonl"
assert_exit 2 taskman import - <<<"x"
assert_contains "$STDERR" "--from is missing"
assert_exit 2 taskman import x.csv --from taskwarior
assert_contains "$STDERR" "did you mean taskwarrior"
assert_exit 3 taskman import x.csv
assert_contains "$STDERR" "there is no file x.csv"
assert_exit 2 taskman import . --from csv
assert_contains "$STDERR" "cannot read .: Is a directory"
assert_exit 2 taskman import
assert_contains "$STDERR" "FILE"
printf 'titel,points\nx,1\n' >header.csv
assert_exit 2 taskman import header.csv
assert_contains "$STDERR" "header.csv, line 1: unknown column 'titel'"
assert_contains "$STDERR" "did you mean title"
printf 'title\n"x\n' >open.csv
assert_exit 2 taskman import open.csv
assert_contains "$STDERR" "open.csv, line 2: a quote is not closed"
assert_exit 0 taskman import /dev/null --from csv
assert_eq "$STDOUT" ""
assert_contains "$STDERR" "nothing to import"
