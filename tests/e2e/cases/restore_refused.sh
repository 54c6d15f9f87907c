# shellcheck shell=bash
# A file that is no backup of ours is refused, and the store is as it was.

database=$XDG_DATA_HOME/taskman/taskman.db
for title in one two three; do taskman task add "$title" -q >/dev/null; done
taskman backup good.db -q >/dev/null
taskman task add "after the backup" -q >/dev/null
taskman export >before.jsonl

# refused FILE REASON [EXIT]
refused() {
  assert_exit "${3:-2}" taskman restore "$1"
  assert_eq "$STDOUT" ""
  assert_contains "$STDERR" "$2"
  taskman export | cmp - before.jsonl
  assert_eq "$(find "$(dirname "$database")" -name '*before-restore*' -o -name '*.restoring*' -o -name '*.partial')" \
    "" "left behind after $1"
  daemon_pid >/dev/null
}

echo "hello" >text.db
refused text.db "not a database"
: >empty.db
refused empty.db "it is an empty database"
head -c 20000 good.db >short.db
refused short.db "malformed"
# One page of a table is overwritten: the file opens, and is found out all the same.
cp good.db damaged.db
page=$(sqlite3 good.db "SELECT rootpage - 1 FROM sqlite_master WHERE name = 'tasks'")
printf '\xff%.0s' {1..4096} | dd of=damaged.db bs=4096 seek="$page" conv=notrunc status=none
refused damaged.db "cannot restore $E2E_FOLDER/damaged.db"
cp good.db foreign.db
sqlite3 foreign.db 'PRAGMA application_id = 5'
refused foreign.db "another program"
cp good.db newer.db
sqlite3 newer.db 'PRAGMA user_version = 99'
refused newer.db "schema 99"
refused "$database" "the database itself"
refused . "not a file"
pid=$(daemon_pid)
refused missing.db "there is no backup" 3
assert_eq "$(daemon_pid)" "$pid" "a mistyped name does not end the daemon"

assert_exit 2 taskman restore good.db --url "unix:$XDG_RUNTIME_DIR/x.sock"
assert_contains "$STDERR" "does not tell which file"

# taskmand by hand: not under a running daemon.
assert_exit 4 taskmand --restore good.db --db "$database"
assert_contains "$STDERR" "in use by process $pid"
taskman export | cmp - before.jsonl

# On a terminal it asks; no is no.
TERM=xterm script -qec "taskman restore good.db" /dev/null <<<"n" >asked && fail "a no is exit 0"
assert_contains "$(cat asked)" "replace $database by $E2E_FOLDER/good.db? [y/N]"
taskman export | cmp - before.jsonl
TERM=xterm script -qec "taskman restore good.db --yes" /dev/null </dev/null >told
assert_contains "$(cat told)" "restored $database"
assert_eq "$(taskman task list --all -q | wc -l)" 3
