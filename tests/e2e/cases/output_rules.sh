# shellcheck shell=bash
# How answers are printed: a table for people, tabs for pipes, and what the flags and the environment
# make of it.

assert_exit 0 taskman project add web "Web site"
assert_exit 0 taskman sprint add "Sprint 1"
a=$(taskman task add "=HYPERLINK(1), \"quoted\"" --project web --sprint "Sprint 1" -p p1 --label api --label -x --points 3 --due 2030-01-01 --assignee @me -q)
b=$(taskman task add "Plain" -q)
me=$(id -un)

# on_terminal COMMAND…
on_terminal() { TERM=${TERMINAL:-xterm} script -qec "stty cols 100; $*" /dev/null </dev/null | tr -d '\r'; }
plain() { sed $'s/\e\\[[0-9;]*m//g'; }

# In a pipe: tabs, no head, no notices; on a terminal: a table without empty columns, notices.
assert_exit 0 taskman task list --sort id
assert_eq "$STDOUT" "$a	todo	p1	=HYPERLINK(1), \"quoted\"	web	1	$me	-x,api	3	2030-01-01T23:59:59.000Z
$b	todo	p2	Plain						"
assert_eq "$STDERR" ""
assert_eq "$(on_terminal taskman task list label:nobody | plain)" "no tasks
open tasks only; --all shows every status"
shown=$(on_terminal taskman task list --sort id)
assert_matches "$(plain <<<"$shown")" "^ID +PRI +STATUS +TITLE +PROJECT +SPRINT +ASSIGNEE +LABELS +PTS +DUE"
assert_contains "$(plain <<<"$shown")" " $b  p2   todo    Plain
open tasks only; --all shows every status"
assert_contains "$shown" $'\e['
assert_eq "$(on_terminal taskman task list "status:done" | plain)" "no tasks"
assert_eq "$(on_terminal taskman task list --all --fields id,status | plain)" "id  status
$a   todo
$b   todo"

# Colours: a terminal that can, unless somebody says otherwise.
for none in "env NO_COLOR=1 taskman task list" "taskman task list --no-color" "env TASKMAN_COLOR=never taskman task list"; do
  if [[ $(on_terminal "$none") == *$'\e['* ]]; then fail "colours from: $none"; fi
done
if [[ $(TERMINAL=dumb on_terminal taskman task list) == *$'\e['* ]]; then fail "colours on a dumb terminal"; fi
assert_contains "$(TERMINAL=dumb on_terminal env CLICOLOR_FORCE=1 taskman task list)" $'\e['
if [[ $(CLICOLOR_FORCE=1 taskman task list) == *$'\e['* ]]; then fail "colours in what programs read"; fi

# One JSON document, fields chosen, ids, templates, CSV that no spreadsheet runs.
assert_eq "$(taskman task list --json --sort id | jq -c '[.schema, .kind, .page.total, .filter, (.data | map(.id))]')" \
  "[1,\"task.list\",2,\"is:open\",[$a,$b]]"
assert_eq "$(TASKMAN_OUTPUT=json taskman task show "$b" | jq -r .data.title)" Plain
assert_eq "$(taskman task list --json --fields id,title --sort id | jq -c '.data[1]')" "{\"id\":$b,\"title\":\"Plain\"}"
assert_eq "$(taskman task list -q --sort -id)" "$b
$a"
assert_eq "$(taskman task list --sort id --format '{id}:\t{title}\\ {{x}}' | head -1)" "$a:	=HYPERLINK(1), \"quoted\"\\ {x}"
assert_eq "$(taskman task list --sort id --csv --fields id,title,labels | tr -d '\r')" "id,title,labels
$a,\"'=HYPERLINK(1), \"\"quoted\"\"\",\"'-x,api\"
$b,Plain,"
assert_eq "$(taskman task "done" "$b" --dry-run 2>said)" "dry run: done $b  Plain"
assert_eq "$(cat said)" "dry run: nothing was changed"

# A command that fails has printed nothing, not even the head of a table.
for words in "events --since 0" "events --since 99-0123456789abcdef" "watch --since 0" "task list label:nobody --fail-on-empty" \
  "task done --where label:nobody --yes"; do
  for shape in --csv --json -q; do
    # shellcheck disable=SC2086  # words
    taskman $words $shape >out 2>err && fail "taskman $words $shape: exit 0"
    assert_eq "$(<out)" "" "stdout of taskman $words $shape"
  done
done
# Of one that finds nothing there is the head.
assert_eq "$(taskman events --csv --since "$(taskman events -q | tail -n 1)" | tr -d '\r')" "rev,prev,cursor,at,actor,origin,changes"
# Asked for twice, a field is there once: a JSON object has each name once.
assert_eq "$(taskman task show "$b" --json --fields id,id | grep -o '"id"' | wc -l)" 1

# Who says no, or nothing, is told so by the exit code, too: nothing was done.
for answer in n "" x; do
  got=0
  TERM=xterm script -qec "taskman task delete $b" /dev/null <<<"$answer" >asked || got=$?
  assert_eq "$got" 8 "taskman task delete, answered by «$answer»"
  assert_contains "$(<asked)" "nothing was changed"
done
# What cannot be done is refused without a question.
got=0
TERM=xterm script -qec "taskman task delete 99999" /dev/null <<<y >asked || got=$?
assert_eq "$got" 3 "a task that is not there"
case $(<asked) in *"[y/N]"*) fail "asked before: $(<asked)" ;; esac
got=0
TERM=xterm script -qec "taskman task edit --where id:$b --label x" /dev/null <<<n >asked || got=$?
assert_eq "$got $(taskman task show "$b" --format '{labels}')" "8 "
TERM=xterm script -qec "taskman task edit --where id:$b --title Plain" /dev/null <<<y >asked || fail "said yes: $(<asked)"
assert_contains "$(taskman help exit-codes)" "anything but yes"

# What cannot all be obeyed is refused.
for pair in "--json --csv" "--json -q" "--csv --format {id}" "-q --format {id}"; do
  # shellcheck disable=SC2086  # words
  assert_exit 2 taskman task list $pair
  assert_contains "$STDERR" "cannot both be obeyed"
done
assert_exit 2 taskman task list --json=yes
assert_exit 2 taskman task list --limit 1 --limit 2
assert_contains "$STDERR" "--limit is given twice"
assert_exit 2 taskman task list --fields id,tilte
assert_contains "$STDERR" "did you mean title?"
assert_exit 2 taskman task list --format '{tilte}'
assert_exit 2 taskman task list --format '{title'
TASKMAN_OUTPUT=xml assert_exit 2 taskman task list

# Ids, words that stand for something, and the end of flags.
assert_eq "$(taskman task list 'assignee:@me' -q)" "$a"
assert_eq "$(taskman task list 'assignee:none' -q)" "$b"
assert_eq "$(taskman task list '~label:api' -q)" "$b"
assert_exit 0 taskman task edit "$a" --due none --points none --assignee none --sprint none
assert_eq "$(taskman task show "$a" --json | jq -c '.data | [.due, .points, .assignee, .sprint]')" "[null,null,null,null]"
c=$(taskman task add -q -- "--json")
assert_eq "$(taskman task show "#$c" --format '{title}')" "--json"
d=$(taskman task add "Fourth" -q)
assert_exit 0 taskman task start "$a-$b" "#$c"
assert_eq "$(taskman task list status:in_progress -q --sort id | tr '\n' ' ')" "$a $b $c "
printf '%s\n' "#$a" "" "$b-$d" | taskman task "done" - -q >ids
assert_eq "$(tr '\n' ' ' <ids)" "$a $b $c $d "
assert_exit 2 taskman task "done" "$d-$a"
assert_exit 2 taskman task "done" 1-20000
assert_eq "$(taskman task list)" ""
assert_eq "$(taskman task list --all -q | wc -l)" 4

# One transaction changed four tasks; the log of one tells of that one.
assert_eq "$(taskman task log "$a" | cut -f3 | sort -u)" "$a =HYPERLINK(1), \"quoted\""
assert_matches "$(on_terminal taskman where | plain)" "ORIGIN"

# A folder has its project and its own ways.
mkdir -p work/deep
printf 'project = "web"\noutput = "json"\n' >work/.taskman.toml
(
  cd work/deep || exit
  assert_eq "$(taskman task add "Here" | jq -r .data.project)" web
  assert_eq "$(taskman task add "Elsewhere" --project none | jq -r .data.project)" null
  assert_contains "$(TASKMAN_OUTPUT=auto taskman where)" "$E2E_FOLDER/work/.taskman.toml:1"
  printf 'projekt = "web"\n' >../.taskman.toml
  assert_exit 2 taskman task list
  assert_contains "$STDERR" ".taskman.toml:1: unknown setting 'projekt'"
)

# What stands alone says which flag it does not take.
assert_exit 2 taskman --version --json
assert_contains "$STDERR" "--version takes no '--json'"
assert_exit 2 taskman -v --version
assert_contains "$STDERR" "--version takes no '-v'"
for flag in --format --fields; do
  assert_exit 2 taskman help output $flag x
  assert_contains "$STDERR" "help takes no '$flag'"
done
assert_exit 2 taskman task add "Spaced" --key $'d bad\e[31m'
assert_contains "$STDERR" "--key: 'd bad\\x1b[31m' is no idempotency key"
