# shellcheck shell=bash
# A daemon that cannot start says why to who wanted it, through a pipe; the file stays as it was.

export TASKMAN_DB=$PWD/t.db
taskman task add kept -q >/dev/null
taskman daemon stop >/dev/null
cp t.db good.db

none_left() { [ -z "$(daemon_pids)" ]; }

# refused EXIT PART…    the first command says it, and leaves nothing behind
refused() {
  local code=$1 before part
  shift
  before=$(sha256sum t.db)
  assert_exit "$code" bash -c 'set -o pipefail; taskman task add x -q | cat'
  assert_eq "$STDOUT" ""
  for part in "$@"; do assert_contains "$STDERR" "$part"; done
  assert_contains "$STDERR" $'\nhint: '
  eventually none_left  # it has told why, and is on its way out
  assert_eq "$(sha256sum t.db)" "$before" "the file"
  assert_contains "$(taskman daemon logs -n 1)" '"level":"error"'
  cp good.db t.db
}

echo "a letter to a friend, long enough to be more than the header of a database, which has a hundred bytes" >t.db
refused 5 "t.db is not a database"
rm t.db
sqlite3 t.db "CREATE TABLE other (a)"
refused 5 "$PWD/t.db: the database belongs to another program"
sqlite3 t.db "PRAGMA user_version = 99"
refused 5 "$PWD/t.db: the database has schema 99" "install the newer version"
dd if=/dev/zero of=t.db bs=1 seek=100 count=3000 conv=notrunc status=none
refused 5 "$PWD/t.db" "restore a backup"
rm t.db
mkdir t.db
assert_exit 5 taskman task list
assert_contains "$STDERR" "t.db is a folder"
rmdir t.db
cp good.db t.db
assert_eq "$(taskman task list --format '{title}')" kept

# In the foreground the log is on stderr, too: the reason is told once.
echo letter >letter
for how in "--db $PWD" "--db $PWD/other.db --socket $PWD/letter"; do
  # shellcheck disable=SC2086  # words
  assert_exit 5 timeout 20 taskmand --foreground $how
  assert_eq "$(grep -c "$PWD" <<<"$STDERR")" 1 "lines that tell the reason: $STDERR"
done

# Settings that are wrong are named before anything starts.
assert_exit 2 env TASKMAN_LOG_LEVEL=loud taskman task list
assert_contains "$STDERR" "TASKMAN_LOG_LEVEL"

# No daemon to start: a copy of the command alone.
taskman daemon stop >/dev/null
mkdir alone
cp "$(command -v taskman)" alone
if [ ! -e /usr/local/bin/taskmand ] && [ ! -e /usr/bin/taskmand ]; then
  assert_exit 5 alone/taskman task list
  assert_contains "$STDERR" "cannot find taskmand"
fi
# One that ends without a word.
printf '#!/bin/sh\nexit 3\n' >alone/taskmand
chmod +x alone/taskmand
assert_exit 5 alone/taskman task list
assert_contains "$STDERR" "the daemon ended before it was ready"
# One that never gets ready.
printf '#!/bin/sh\nexec tail -f /dev/null\n' >alone/taskmand
assert_exit 124 alone/taskman task list --timeout 300ms
assert_contains "$STDERR" "did not become ready in time"
