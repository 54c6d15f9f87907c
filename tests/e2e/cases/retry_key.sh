# shellcheck shell=bash
# A write whose answer is lost is done once: the command asks again by itself, and so may whoever runs it again with the
# same --key, in another process, after the daemon died between its commit and its answer.

socket=$(taskman daemon path)
db=$XDG_DATA_HOME/taskman/taskman.db
mkdir -p "$(dirname "$db")" "$(dirname "$socket")"

# losing WHAT    a daemon that dies at its first write: see losing_relay.py
losing() {
  taskman daemon stop >/dev/null 2>&1 || true
  rm -f "$socket" "$socket.real" relay.out
  start relay python3 "$E2E_SOURCE/tests/e2e/losing_relay.py" "$socket" "$1" taskmand --db "$db"
  wait_for_line relay.out '^ready$'
}
was_lost() { assert_eq "$(tail -1 relay.out)" lost "the relay"; }
titled() { taskman task list --all --format '{title}' | grep -cxF "$1"; }

# Between commit and answer. The command starts another daemon and gets its first answer from it.
losing answer
assert_exit 0 taskman task add "Deploy" --key deploy-1 -q
first=$STDOUT
was_lost
[[ $STDERR != *"used before"* ]] || fail "its own lost answer is told as an earlier one: $STDERR"
assert_exit 0 taskman task add "Deploy" --key deploy-1 -q
assert_eq "$STDOUT" "$first"
assert_contains "$STDERR" "key 'deploy-1' was used before: nothing is changed, this is the answer given at 20"
kill_daemon KILL
assert_eq "$(taskman task add "Deploy" --key deploy-1 -q)" "$first"
assert_eq "$(titled Deploy)" 1
assert_exit 4 taskman task add "Deploy twice" --key deploy-1
assert_contains "$STDERR" "deploy-1"

# The same where the command may start none: it says how to go on, and what it says is so.
for what in answer request; do
  losing "$what"
  assert_exit 5 taskman task add "Alone $what" --no-autostart --timeout 1s -q
  was_lost
  key=$(sed -n 's/.* with --key \([^ ]*\) does it once.*/\1/p' <<<"$STDERR")
  id=$(taskman task add "Alone $what" --key "$key" -q)
  assert_eq "$(taskman task add "Alone $what" --key "$key" -q)" "$id"
  assert_eq "$(titled "Alone $what")" 1
done

# Somebody else brings the daemon back, as a supervisor does: the command asks again then.
losing answer
start supervised taskman task add "Supervised" --no-autostart --timeout 20s -q
supervised=$STARTED
wait_for_line relay.out '^lost$'
assert_exit 0 taskman daemon start
wait "$supervised" || fail "gave up before its timeout: $(cat supervised.err)"
assert_eq "$(titled Supervised)" 1
assert_eq "$(taskman task show "$(cat supervised.out)" --format '{title}')" Supervised

# Without a key of the caller's: the command's own does the same within its run.
for what in answer request; do
  losing "$what"
  id=$(taskman task add "Once $what" -q)
  was_lost
  assert_eq "$(titled "Once $what")" 1
  assert_eq "$(taskman task show "$id" --format '{title}')" "Once $what"
done

# A key goes into the request's head, so it is never more than a key.
count=$(taskman task list --all -q | wc -l)
for key in $'a\r\nX: b' $'a\nb' $'k\r\nContent-Length: 2\r\n\r\n{}POST /api/v1/shutdown HTTP/1.1\r\n\r\n' ' x ' '' 'ä'; do
  assert_exit 2 taskman task add "Smuggled" --key "$key"
  assert_contains "$STDERR" "visible ASCII"
done
assert_eq "$(taskman task list --all -q | wc -l)" "$count"
