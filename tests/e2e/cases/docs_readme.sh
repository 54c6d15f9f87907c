# shellcheck shell=bash
# shellcheck disable=SC2034  # the README's own commands use cursor
# Every command of README.md works as shown there, and the manual pages it names are there.

readme=$E2E_SOURCE/README.md
shell_blocks "$readme" >commands
ran=0 watchers=()

# run_line LINE    one command of the README; what would go on for ever runs in the background
run_line() {
  case $1 in
    scripts/*) [ -x "$E2E_SOURCE/${1%% *}" ] || fail "README: $1: no such script" ;;
    'taskman watch'* | 'curl -N'*)
      start "watcher${#watchers[@]}" bash -c "$1"
      watchers+=("$STARTED")
      ;;
    *) eval "$1" >>answers || fail "README: $1" ;;
  esac
  ran=$((ran + 1))
}

# What stands between "In a minute" and the rest is the first thing anybody types: an empty store.
# The rest speaks of tasks that are there: 60 of them, a taskwarrior file, a cursor of before.
cat >tasks.json <<'END'
[{"uuid": "11111111-1111-4111-8111-111111111111", "status": "pending", "description": "From taskwarrior", "entry": "20261123T100000Z"}]
END
echo '{"verb":"task add","title":"Of a batch"}' >ops.ndjson
git init -q .
while IFS= read -r line; do
  [ -n "$line" ] || continue
  if [[ $line == "taskman task list"* ]] && [ -z "${cursor-}" ]; then
    for n in {1..60}; do echo "{\"title\": \"task $n\", \"sprint\": \"Sprint 12\", \"project\": \"web\", \"labels\": [\"release\"]}"; done |
      taskman import - --from jsonl >/dev/null
    cursor=$(taskman task list --json | jq -r .cursor)
  fi
  run_line "$line"
done <commands
[ "$ran" -gt 15 ] || fail "only $ran commands found in the README"

# Each watcher hears of what happens now.
all_heard() {
  taskman task comment 20 "for the watchers" -q
  local number
  for number in "${!watchers[@]}"; do [ -s "watcher$number.out" ] || return 1; done
}
eventually all_heard

while read -r _ page; do
  compgen -G "$E2E_SOURCE/man/$page.*" >/dev/null || fail "README: man $page: no such page"
done < <(grep -oE 'man taskman[a-z-]*' "$readme")
