# shellcheck shell=bash
# What is read from files and stdin is bounded: an input without an end is refused, by what the daemon takes.

taskman task add first -q >/dev/null
# A reader without a bound would end here, in another way. A sanitizer reserves more than that for itself.
if ! ldd "$(command -v taskman)" | grep -qE 'lib[at]san'; then ulimit -v 2000000; fi

refuses() {
  local what=$1
  shift
  assert_exit 2 "$@"
  assert_eq "$STDOUT" ""
  assert_contains "$STDERR" "$what"
  assert_contains "$STDERR" "hint: "
}
refuses "/dev/zero has more than 16 MiB" taskman batch /dev/zero
refuses "stdin has more than 16 MiB" taskman batch </dev/zero
refuses "/dev/zero has more than 256 MiB" taskman import /dev/zero --from csv
refuses "stdin has more than 256 MiB" taskman import - --from github </dev/zero
refuses "stdin has more than 64 KiB" taskman task add x --body - </dev/zero
refuses "stdin has more than 64 KiB" taskman task comment 1 - </dev/zero
refuses "stdin has more than 64 KiB" taskman task edit 1 --body - </dev/zero
refuses "/dev/zero has more than 4 KiB" \
  taskman hooks add --on 'task.*' --post http://localhost:1/ --secret-file /dev/zero
refuses "a line of stdin has more than 4 KiB" taskman task "done" - </dev/zero
refuses "stdin has more than 64 MiB" taskman git hook commit-msg - </dev/zero
assert_exit 2 taskman batch /dev/zero --json
assert_eq "$(jq -r .error.code <<<"$STDERR")" payload_too_large
assert_eq "$(taskman task list --all -q)" 1

# Ids that never end are refused with the first one that is too many.
assert_exit 2 taskman task "done" - < <(seq 1000000000 2>/dev/null)
assert_contains "$STDERR" "more than 10000 tasks are named"

# What fits is read to its last byte: a text of 64 KiB, a line of 4 KiB.
head -c 65536 /dev/zero | tr '\0' x >text
assert_exit 0 taskman task add large --body - -q <text
assert_eq "$(taskman task show 2 --format '{body}' | wc -c)" 65537
assert_exit 2 taskman task add larger --body - < <(cat text; printf x)
assert_exit 0 taskman task "done" - < <(printf '%4095s2\n' '')
assert_eq "$(taskman task show 2 --format '{status}')" "done"

# A file of settings of any length, too.
truncate -s 3G .taskman.toml
assert_exit 2 taskman task list
assert_contains "$STDERR" ".taskman.toml: cannot be read: File too large"
