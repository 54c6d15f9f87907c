# shellcheck shell=bash
# A watcher whose log was replaced is told so, and goes on with the new one.

task() { taskman task add "$1" -q >/dev/null; }
cursor_now() { taskman import /dev/null --from jsonl --json | jq -r .cursor; }

task one
taskman backup backup.db -q >/dev/null
start ahead taskman watch --json --since "$(cursor_now)"
for title in two three four; do task "$title"; done
wait_for_lines ahead.out 3
past=$(cursor_now)

assert_exit 0 taskman restore backup.db
wait_for_line ahead.err "log was replaced \(ahead\)"
task "after the restore"
wait_for_lines ahead.out 5
if grep -q "nothing was missed" ahead.err; then fail "a watcher was told that nothing was missed"; fi
# Who reads stdout alone is told between the frames.
assert_eq "$(sed -n 4p ahead.out | jq -c '[.reset.reason, (.reset | keys)]')" '["ahead",["head","oldest","reason"]]'
assert_eq "$(tail -1 ahead.out | jq -r '.changes[0].set.title')" "after the restore"

# The new log has come as far as the old one: the same number, another history.
for title in five six; do task "$title"; done
assert_eq "$(cursor_now | cut -d- -f1)" "$(cut -d- -f1 <<<"$past")" "revision"
start diverged taskman watch --json --since "$past"
wait_for_line diverged.err "log was replaced \(diverged\)"
task seven
wait_for_lines diverged.out 2
assert_eq "$(head -1 diverged.out | jq -r .reset.reason)" diverged
assert_eq "$(tail -1 diverged.out | jq -r '.changes[0].set.title')" "seven"
