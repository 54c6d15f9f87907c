# shellcheck shell=bash
# The client of docs/feed.md, made of curl and the shell, as it stands there: it hears of what happens.

shell_blocks "$E2E_SOURCE/docs/feed.md" | awk '/^api\(\) /, /^done$/' >client.sh
[ "$(wc -l <client.sh)" -gt 4 ] || fail "no client in docs/feed.md"
taskman task add "before" -q >/dev/null
start client bash -euo pipefail client.sh
client=$STARTED
while runs "$client"; do
  taskman task add "meanwhile" -q >/dev/null
  pause
done
wait "$client"
assert_eq "$(<client.err)" ""
assert_eq "$(jq -r .set.title client.out | sort -u)" meanwhile
# Each once, in order, without a gap.
jq -s -e '[.[].id] | . == [range(.[0]; .[0] + length)]' client.out >/dev/null || fail "$(<client.out)"
