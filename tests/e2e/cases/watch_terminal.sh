# shellcheck shell=bash
# The live view on a real pseudo-terminal: what a screen of a given size shows is worked out from the
# bytes by a small terminal of our own (tests/support/screen.py).

assert_exit 0 taskman sprint add "Sprint 1" --goal "Log in without a password" --start today --end +3d
assert_exit 0 taskman sprint start "Sprint 1"
fix=$(taskman task add "Fix login" --sprint current --points 3 -q)
long=$(taskman task add "日本語のタイトル 🎉 $(printf 'x%.0s' {1..200})" --sprint current --points 5 -q)

# open_terminal NAME COLUMNS ROWS COMMAND…    its typescript is NAME.tty, keys go to fd $KEYS
open_terminal() {
  local name=$1 columns=$2 rows=$3
  shift 3
  mkfifo "$name.keys"
  # shellcheck disable=SC2034  # the case uses it
  exec {KEYS}<>"$name.keys"
  env TERM="${TERMINAL:-xterm-256color}" script -qefc \
    "stty cols $columns rows $rows; tty >$name.device; exec $*" "$name.tty" \
    <&"$KEYS" >/dev/null 2>"$name.err" &
  STARTED=$!
}
screen() { python3 "$E2E_SOURCE/tests/support/screen.py" "$@"; }
shows() { screen "$1.tty" "$2" "$3" | grep -qE -e "$4"; }
resize() { stty -F "$(cat "$1.device")" cols "$2" rows "$3"; }

open_terminal sprint 80 24 taskman watch sprint
sprint=$STARTED keys=$KEYS
eventually shows sprint 80 24 '^live · ctrl-c ends$'
view=$(screen sprint.tty 80 24)
assert_contains "$view" "Sprint 1  active  3 days left
Log in without a password
"
assert_contains "$view" "    0 %   0 of 2"
assert_contains "$view" "    0 %   0 of 8"
assert_contains "$view" "todo 2   in_progress 0   blocked 0   review 0   done 0   dropped 0"
# It begins with what happened before, the newest first.
assert_matches "$view" "  $(id -un)  $long .*created.*  $(id -un)  $fix Fix login  created.* sprint Sprint 1  state planned → active.* sprint Sprint 1  created"

assert_exit 0 taskman task "done" "$fix" --as bob
eventually shows sprint 80 24 "^[0-9:]{8}  bob +$fix Fix login  status todo → done$"
assert_exit 0 taskman task edit "$long" --assignee carl
eventually shows sprint 80 24 "$long 日本語のタイトル 🎉 x+…  assignee carl$"
view=$(screen sprint.tty 80 24)
assert_contains "$view" "   50 %   1 of 2"
assert_contains "$view" "   37 %   3 of 8"
assert_eq "$(wc -l <<<"$view")" 24

# Smaller and larger: the bars stay, nothing of the old size is left.
resize sprint 20 5
eventually shows sprint 20 5 '^points  █░░░░   37 %$'
assert_eq "$(screen sprint.tty 20 5)" "Sprint 1  active  3…
Log in without a pa…
tasks   ██░░░   50 %
points  █░░░░   37 %
live · ctrl-c ends"
resize sprint 100 30
eventually shows sprint 100 30 '^points .*   3 of 8$'
assert_contains "$(screen sprint.tty 100 30)" "done 1   dropped 0"

# What is typed is not echoed; ctrl-c puts the terminal back and is told as such.
printf 'typed' >&"$keys"
assert_exit 0 taskman task start "$long"
eventually shows sprint 100 30 'status todo → in_progress$'
if shows sprint 100 30 typed; then fail "what was typed is shown"; fi
printf '\003' >&"$keys"
got=0; wait "$sprint" || got=$?
assert_eq "$got" 130 "exit after ctrl-c"
# One screen was cleared at the start; nothing after that flickers.
assert_eq "$(grep -c $'\e\[2J' sprint.tty)" 1 "full clears"
assert_eq "$(grep -o $'\e\[?1049[hl]' sprint.tty | tr -d $'\e' | tr '\n' ' ')" "[?1049h [?1049l "
assert_eq "$(grep -o $'\e\[?25[hl]' sprint.tty | tr -d $'\e' | tr '\n' ' ')" "[?25l [?25h "

# A task, and a list; with colours taken away.
open_terminal task 80 24 env NO_COLOR=1 taskman watch task "$fix"
task=$STARTED taskkeys=$KEYS
eventually shows task 80 24 '^live'
assert_contains "$(screen task.tty 80 24)" "$fix Fix login

status    done
priority  p2
points    3"
open_terminal list 80 24 taskman watch points:5
list=$STARTED
eventually shows list 80 24 "^ +$long  in_progress"
assert_exit 0 taskman task edit "$fix" --priority p0
eventually shows task 80 24 "Fix login  priority p2 → p0$"
if grep -q $'\e\[[0-9;]*m' <(sed 's/\x1b\[0m//g' task.tty); then fail "colours in spite of NO_COLOR"; fi
assert_exit 0 taskman task delete "$fix" --yes
eventually shows task 80 24 "^the task was deleted$"

# The daemon ends under a view: it says so and goes on.
kill_daemon KILL
eventually shows list 80 24 "^live · connected again, nothing was missed"
assert_exit 0 taskman task "done" "$long"
eventually shows list 80 24 "status in_progress → done$"
kill "$list"
wait "$list" || true
printf '\003' >&"$taskkeys"
wait "$task" || true

# A terminal that cannot redraw gets lines.
TERMINAL=dumb open_terminal plain 80 24 taskman watch -v
plain=$STARTED plainkeys=$KEYS
wait_for_line plain.tty '^following, from '
assert_exit 0 taskman task reopen "$long"
wait_for_line plain.tty "$long 日本語のタイトル 🎉 x+  status done → todo"
printf '\003' >&"$plainkeys"
got=0; wait "$plain" || got=$?
assert_eq "$got" 130
if grep -q $'\e' plain.tty; then fail "escapes on a dumb terminal"; fi
