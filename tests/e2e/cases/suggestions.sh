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
start watcher taskman watch sprnt
wait_for_line watcher.err "looking for 'sprnt' in titles; did you mean sprint\?"
