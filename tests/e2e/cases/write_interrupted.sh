# shellcheck shell=bash
# A write that was asked for and whose answer nobody gets to see: ended by a signal, or printed to a full disk. The user
# learns that it may have been done, or was, and with which key to ask again.

taskman daemon start >/dev/null
start relay python3 "$E2E_SOURCE/tests/e2e/mute_relay.py" "$E2E_FOLDER/mute.sock" "$(taskman daemon path)"
wait_for_line relay.out '^ready$'
titled() { taskman task list --all --format '{title}' | grep -cxF "$1" || true; }

asked=0
# asking COMMAND…    in the background, until the daemon has done it and its answer is lost
asking() {
  start write "$@"
  asked=$((asked + 1))
  wait_for_lines relay.out $((asked + 1))
}
# interrupted SIGNAL CODE ARG…
interrupted() {
  local signal=$1 code=$2 status=0
  shift 2
  # A shell's background commands ignore INT.
  asking env --default-signal TASKMAN_URL="unix:$E2E_FOLDER/mute.sock" taskman task add "$@"
  kill "-$signal" "$STARTED"
  wait "$STARTED" || status=$?
  assert_eq "$status" "$code" "ended by $signal"
  assert_eq "$(<write.out)" ""
}

interrupted TERM 143 "By TERM" -q
assert_contains "$(<write.err)" "taskman: ended by SIGTERM before the answer came"
key=$(sed -n 's/.* with --key \([^ ]*\) does it once.*/\1/p' write.err)
id=$(taskman task add "By TERM" --key "$key" -q)
assert_eq "$(taskman task add "By TERM" --key "$key" -q)" "$id"
assert_eq "$(titled "By TERM")" 1

interrupted INT 130 "By INT" --key deploy-7
assert_contains "$(<write.err)" "hint: it may have been done; the same command with --key deploy-7 does it once"
interrupted HUP 129 "By HUP" --key deploy-8 --json
assert_eq "$(jq -r '.error | .code, (.hint | contains("--key deploy-8"))' write.err)" $'outcome_unknown\ntrue'

# A signal that is ignored is no reason to end.
status=0
# shellcheck disable=SC2016  # the inner shell expands it
asking bash -c 'trap "" INT HUP; exec taskman task add "Patient" --timeout 1s --url "unix:$1"' - "$E2E_FOLDER/mute.sock"
kill -INT "$STARTED"
kill -HUP "$STARTED"
wait "$STARTED" || status=$?
assert_eq "$status" 124 "what ignores INT and HUP, which says «$(<write.err)»"
start nohup nohup taskman wait -v task "$id" --for status=done
waiting=$STARTED
wait_for_line nohup.err '^following, from '
kill -HUP "$waiting"
taskman task "done" "$id" >/dev/null
wait "$waiting" || fail "exit $? under nohup: $(<nohup.err)"

# It was done, and the id is not to be had.
got=0
taskman task add "To nowhere" -q >/dev/full 2>full.err || got=$?
assert_eq "$got" 1
assert_contains "$(<full.err)" "taskman: cannot write to stdout: No space left on device"
key=$(sed -n 's/^hint: it was done; the same command with --key \([^ ]*\) gives its answer again.*/\1/p' full.err)
id=$(taskman task add "To nowhere" --key "$key" -q)
assert_eq "$(taskman task show "$id" --format '{title}')" "To nowhere"
assert_eq "$(titled "To nowhere")" 1
got=0
taskman task add "To nowhere" --json >/dev/full 2>full.err || got=$?
assert_eq "$got" 1
assert_contains "$(jq -r .error.hint full.err)" "it was done"
# What was no more than tried was not done.
for line in 'task add "Tried" --dry-run' 'task list'; do
  got=0
  bash -c "taskman $line >/dev/full" 2>full.err || got=$?
  assert_eq "$got" 1
  if grep "it was done" full.err; then fail "$line: nothing was done"; fi
done
