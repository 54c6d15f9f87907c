# shellcheck shell=bash
# The drill: back up, go on, lose it, restore; and what is kept on the way.

database=$XDG_DATA_HOME/taskman/taskman.db
taskman task add "before" -q >/dev/null
taskman task comment 1 "kept" -q >/dev/null
taskman export >before.jsonl

assert_exit 0 taskman backup backup.db
assert_matches "$STDOUT" "^backed up to $E2E_FOLDER/backup.db \([0-9.]+ KiB\)$"
assert_eq "$(stat -c %a backup.db)" 600
assert_eq "$(sqlite3 backup.db 'PRAGMA integrity_check; SELECT count(*) FROM pragma_foreign_key_check')" $'ok\n0'
assert_eq "$(ls backup.db*)" backup.db "nothing else is left"

# It is not replaced unless that is wanted.
sum=$(sha256sum <backup.db)
taskman task add "after" -q >/dev/null
assert_exit 4 taskman backup backup.db
assert_contains "$STDERR" "--force"
assert_eq "$(sha256sum <backup.db)" "$sum"
assert_exit 0 taskman backup backup.db --force --json
assert_eq "$(jq -rc '[.kind, .data.path, .data.bytes]' <<<"$STDOUT")" \
  "[\"backup\",\"$E2E_FOLDER/backup.db\",$(stat -c %s backup.db)]"
assert_eq "$(sqlite3 backup.db 'SELECT count(*) FROM tasks')" 2
assert_exit 0 taskman backup latest.db -q
assert_eq "$STDOUT" "$E2E_FOLDER/latest.db"
assert_exit 4 taskman backup "$database" --force
assert_contains "$STDERR" "the database itself"
# Nor what belongs to it, nor a file that is no backup: neither is touched.
for end in -wal -shm -journal .lock .ballast; do
  assert_exit 4 taskman backup "$database$end" --force
done
echo precious >other.txt
assert_exit 4 taskman backup other.txt --force
assert_contains "$STDERR" "is not a backup"
assert_eq "$(<other.txt)" precious
assert_exit 0 taskman task list
assert_exit 4 taskman backup "$E2E_FOLDER" --force
assert_exit 2 taskman backup "no such/folder/x.db"
assert_contains "$STDERR" "there is no folder $E2E_FOLDER/no such/folder"
assert_contains "$STDERR" "hint: make it first: mkdir -p '$E2E_FOLDER/no such/folder'"
assert_exit 2 taskman backup backup.db/x.db
assert_contains "$STDERR" "$E2E_FOLDER/backup.db is not a folder"
taskman export >after.jsonl

# Restored while the daemon runs: it is started again, and the old database is beside the new one.
for title in lost "lost as well"; do taskman task add "$title" -q >/dev/null; done
taskman export >lost.jsonl
old=$(daemon_pid)
assert_exit 0 taskman restore latest.db
assert_contains "$STDOUT" "restored $database from $E2E_FOLDER/latest.db"
kept=$(sed -n 's/^kept the database before it as //p' <<<"$STDOUT")
assert_matches "$kept" "^$database.before-restore-"
[ "$(daemon_pid)" != "$old" ] || fail "the daemon was not started again"
taskman export | cmp - after.jsonl
TASKMAN_DB=$kept taskman export | cmp - lost.jsonl

# What came after the backup is not in the way of what comes now: ids and revisions go on from it.
assert_eq "$(taskman task add "new" -q)" 3

# Without a daemon it stays without one.
for pid in $(daemon_pids); do kill "$pid"; wait_gone "$pid"; done
assert_exit 0 taskman restore latest.db --json
assert_eq "$(jq -rc '[.kind, .data.restarted, .data.database]' <<<"$STDOUT")" "[\"restore\",false,\"$database\"]"
assert_eq "$(daemon_pids)" "" "daemons"
taskman export | cmp - after.jsonl

# Into a database that is not there yet, and one that is lost.
TASKMAN_DB=$E2E_FOLDER/new.db taskman restore latest.db -q >restored
assert_eq "$(cat restored)" "$E2E_FOLDER/new.db"
TASKMAN_DB=$E2E_FOLDER/new.db taskman export | cmp - after.jsonl
kill_all() { for pid in $(daemon_pids); do kill "$pid"; wait_gone "$pid"; done; }
kill_all
printf 'garbage, not a database, %.0s' {1..1000} >"$database"
assert_exit 5 taskman task list
assert_exit 0 taskman restore latest.db
taskman export | cmp - after.jsonl
