# shellcheck shell=bash
# shellcheck disable=SC2016  # a code span of the page
# The metrics that docs/operations.md tells people to watch are there.

taskman task add "Something to count" -q
curl -sS --unix-socket "$(taskman daemon path)" http://localhost/metrics >metrics
names=$(grep -oE '`taskman_[a-z_]+`' "$E2E_SOURCE/docs/operations.md" | tr -d '`')
[ -n "$names" ] || fail "docs/operations.md names no metrics"
for name in $names; do grep -q "^# HELP $name " metrics || fail "no metric $name"; done
