# shellcheck shell=bash
# A slip of the finger gets a suggestion at every level: noun, verb, flag, value, name.

taskman project add web >/dev/null
taskman sprint add "Sprint 12" --project web >/dev/null

# suggests SUGGESTION WORDS…    refused as wrong usage or as not found, with the suggestion
suggests() {
  local expected=$1 status=0
  shift
  taskman "$@" >out 2>err || status=$?
  [[ $status =~ ^[23]$ ]] || fail "taskman $*: exit $status"
  assert_eq "$(<out)" "" "stdout of taskman $*"
  assert_contains "$(<err)" "did you mean $expected?" "taskman $*"
}

suggests task tsak list
suggests watch wacth
suggests list task lsit
suggests --version --versoin
suggests --status task add x --stauts todo
suggests 'done' task add x --status dnoe
suggests high task add x -p hgih
suggests tomorrow task add x --due tomorow
suggests monday sprint add y --start mondya
suggests web task add x --project wbe
suggests "Sprint 12" task add x --sprint "Sprnt 12"
suggests "Sprint 12" sprint show "sprint12"
suggests current sprint show curent
suggests web project show wbe
suggests label task list lable:x
suggests 'done' task list status:dnoe
suggests ready task list is:raedy
suggests high task list priority:hihg
suggests tomorrow task list 'due<tomorow'
suggests current task list sprint:curent
suggests web task list project:wbe
suggests priority task list --sort prioity
suggests title task list --fields id,tilte
suggests active sprint list --state actve
suggests zsh completion zhs

# A word that could be a filter is taken as one, and what else it could be is said.
start watcher taskman watch tasty
wait_for_line watcher.err "looking for 'tasty' in titles; did you mean task\?"

suggests status=done wait task 1 --for doen
suggests status:done watch label:x --until 'done'
suggests is:closed watch label:x --until closed

suggests --json task list --format json
suggests --json task list --output json
assert_exit 2 taskman task list --format 'id title'
assert_contains "$STDERR" "write fields in braces"
assert_exit 2 taskman add --title x
assert_contains "$STDERR" 'TITLE stands without a flag: taskman task add "Fix login"'
assert_exit 2 taskman task "done" 1,2
assert_contains "$STDERR" "side by side"

# A verb without its noun is told with it; a word of four letters is not taken for any other of three.
suggests 'task list, sprint list, project list or hooks list' list
suggests 'task delete' rm 3
suggests 'task log' log 3
suggests 'daemon logs' logs
suggests 'task edit' eidt 3
suggests 'done' close 3
assert_exit 2 taskman init
assert_contains "$STDERR" "see taskman --help"
assert_exit 2 taskman task add x --label a,b
assert_contains "$STDERR" "--label: 'a,b' has a comma"
assert_contains "$STDERR" "give --label once for each"

# What is meant counts more than the spelling; a read is never turned into a write.
suggests --label task add x --tag y
suggests show config get
suggests show task view 1
suggests comment task note 1 x
suggests 'start or reopen' task unblock 1
suggests close sprint stop
suggests 'done' task close 1
suggests add sprint new x
suggests --version version
suggests --version -V
assert_exit 2 taskman -x
assert_contains "$STDERR" "unknown flag '-x'"
assert_eq "$(taskman help task add)" "$(taskman task add --help)"
assert_eq "$(taskman task help)" "$(taskman task --help)"
assert_eq "$(taskman help)" "$(taskman --help)"

# hints HINT WORDS…    refused, with exactly this way out
hints() {
  local expected=$1 status=0
  shift
  taskman "$@" >out 2>err || status=$?
  [[ $status =~ ^[2-4]$ ]] || fail "taskman $*: exit $status"
  assert_eq "$(sed -n 's/^hint: //p' err)" "$expected" "taskman $*"
}

# What a hint says can be pasted.
hints "create it with: taskman sprint add 'No Such'" sprint show "No Such"
hints "create it with: taskman sprint add 'a; touch pwned'" sprint show "a; touch pwned"
hints "create it with: taskman sprint add 'it'\''s'" sprint show "it's"
hints "create it with: taskman project add 'a b'" project show "a b"
id=$(taskman task add one --project web -q)
taskman sprint add "It's on" >/dev/null
taskman sprint start "It's on" >/dev/null
taskman sprint add Rival >/dev/null
hints "close it first: taskman sprint close 'It'\''s on'" sprint start Rival
hints "move them first, or delete with --detach (detach=1 in the API): they stay, without a project" project delete web
hints "write status:done" task list is:done
hints "for example status:todo,review" task list status:
hints "for example id:3-7,12" task list id:
hints "for example label:api,ui, or label:none for tasks without" task list label:
hints 'a name with spaces needs quotes: sprint:"Sprint 12"' task list 'sprint:Sprint 12'
hints "give one id: 42 or #42" task show 1-2
hints "give one id: 42 or #42" task comment - x
hints "give one id: 42 or #42" task add x --parent 1-3
hints "taskman task show takes one id" task show 29 30
hints "taskman daemon stop takes no values" daemon stop now
for flag in due sprint project parent assignee label; do
  hints "leave the flag out; to clear a field write none" task add x "--$flag" ""
done

# A sprint of several projects; a typo is not waited for.
taskman sprint start "Sprint 12" --project web >/dev/null
assert_exit 2 taskman watch sprint
assert_contains "$STDERR" "name the project"
hints "--poll takes its seconds behind '=': --poll=5" watch --poll 5 sprint B
hints "in a filter write project:web" watch label:x --project web
hints "write taskman watch task 42; to follow titles with it: taskman watch title:42" watch 42
for word in sprnt sprints tasks tsak; do
  assert_exit 2 timeout 20 taskman watch "$word" 3
  assert_contains "$STDERR" "did you mean taskman watch"
done

# Long lists are cut; a dry run says that it was one.
assert_exit 3 taskman task "done" 100-9000
assert_contains "$STDERR" "no tasks 100, 101, 102, 103, 104, 105, 106, 107, 108, 109 and 8891 more"
assert_exit 0 taskman task comment "$id" x --dry-run
assert_contains "$STDERR" "dry run: nothing was changed"
assert_exit 2 taskman task show "$id" --comments --sort nonsense
assert_exit 0 taskman config set -q timeout 9s
assert_eq "$STDOUT" "timeout"
