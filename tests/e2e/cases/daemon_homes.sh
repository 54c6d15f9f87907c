# shellcheck shell=bash
# Homes that are missing, long, or cannot be written: it works, and says in one line where tasks are kept.

# A home of 200 bytes, and a folder for the socket that is as long.
long=$(printf 'x%.0s' {1..200})
mkdir -m 700 "$long" "$long/run"
in_long_home() {
  env -u XDG_DATA_HOME -u XDG_STATE_HOME -u XDG_CONFIG_HOME HOME="$PWD/$long" XDG_RUNTIME_DIR="$1" "${@:2}"
}
for runtime in "$XDG_RUNTIME_DIR" "$PWD/$long/run"; do
  id=$(in_long_home "$runtime" taskman task add one -q 2>notice)
  assert_matches "$id" '^[12]$'
  assert_eq "$(<notice)" ""
  socket=$(in_long_home "$runtime" taskman daemon path)
  [ ${#socket} -le 107 ] || fail "a socket path of ${#socket} bytes"
  [ -S "$socket" ] || fail "no socket $socket"
  in_long_home "$runtime" taskman daemon stop >/dev/null
  rm -f "$socket.start"
done
[ -f "$long/.local/share/taskman/taskman.db" ] || fail "the database is not in the home"

# No HOME, but the XDG folders: nothing is missing.
assert_eq "$(env -u HOME taskman task add one -q)" 1
taskman daemon stop >/dev/null

if [ "$(id -u)" -ne 0 ]; then
  echo "the rest needs root: another user without a home"
  exit 0
fi

# Somebody without a home, a name, or a line in the password file.
uid=$((30000 + $$ % 20000))
public=$(mktemp -d /tmp/tm-XXXXXX)
trap 'rm -rf "$public" "/tmp/taskman-$uid" "/var/tmp/taskman-$uid"' EXIT
chmod 755 "$public"
cp "$(command -v taskman)" "$(command -v taskmand)" "$public"
as() { # as UID VARIABLE=… COMMAND…
  (cd / && exec setpriv --reuid="$1" --regid="$1" --clear-groups \
    env -i PATH="$PATH" E2E_FOLDER="$E2E_FOLDER" "${@:2}")
}
one_line() { # one_line PART
  assert_eq "$(wc -l <<<"$STDERR")" 1 "lines on stderr"
  assert_contains "$STDERR" "$1"
  assert_contains "$STDERR" "so tasks are kept in /var/tmp/taskman-$uid/taskman.db"
}
assert_exit 0 as "$uid" "$public/taskman" task add one -q
assert_eq "$STDOUT" 1
one_line "there is no home folder"
assert_eq "$(stat -c '%u %a' "/tmp/taskman-$uid" "/var/tmp/taskman-$uid")" "$uid 700"$'\n'"$uid 700"
assert_exit 0 as "$uid" HOME=/nonexistent "$public/taskman" task list --format '{title}'
assert_eq "$STDOUT" one
one_line "home '/nonexistent' is not there"

# A home that cannot be written.
mkdir -m 755 "$public/home"
assert_exit 0 as "$uid" HOME="$public/home" "$public/taskman" task list --format '{title}'
assert_eq "$STDOUT" one
one_line "'$public/home' cannot be written"
assert_exit 0 as "$uid" HOME="$public/home" "$public/taskman" where
assert_contains "$STDOUT" "/var/tmp/taskman-$uid/taskmand.log"
assert_exit 0 as "$uid" HOME="$public/home" "$public/taskman" daemon stop

# Others' folders are not used, and others' daemons not believed.
rm -rf "/tmp/taskman-$uid"
mkdir -m 755 "/tmp/taskman-$uid"
assert_exit 5 as "$uid" "$public/taskman" task list
assert_contains "$STDERR" "/tmp/taskman-$uid' belongs to user 0, not $uid"
chmod 777 "/tmp/taskman-$uid"
socket=$(as "$uid" "$public/taskman" daemon path 2>/dev/null)
start liar python3 -c "
import os, socket, sys
os.setgroups([])
os.setuid($((uid + 1)))
listener = socket.socket(socket.AF_UNIX)
listener.bind(sys.argv[1])
os.chmod(sys.argv[1], 0o777)
listener.listen()
print('listening', flush=True)
listener.accept()[0].recv(1)
listener.accept()
" "$socket"
wait_for_line liar.out '^listening$'
assert_exit 6 as "$uid" "$public/taskman" task list --timeout 10s
assert_contains "$STDERR" "the daemon on $socket runs as user $((uid + 1)), not as you"
