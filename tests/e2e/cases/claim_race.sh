# shellcheck shell=bash
# Of many that claim at the same time one wins; the others are told why not.

id=$(taskman task add "Only one" -q)

# race NAME COMMAND…    64 of it at once, each under another name, or all under $SAME_NAME; how often each exit code came
# is in $EXITS afterwards: «1x0 63x8»
race() {
  local i code name=$1 pids=()
  shift
  for i in {1..64}; do
    start "$name$i" "$@" --as "${SAME_NAME:-w$i}"
    pids+=("$STARTED")
  done
  for i in "${pids[@]}"; do
    code=0
    wait "$i" || code=$?
    echo "$code"
  done >exits
  EXITS=$(sort -n exits | uniq -c | awk '{ printf "%s%sx%s", (NR > 1 ? " " : ""), $1, $2 }')
}

race next taskman claim --next -q
assert_eq "$EXITS" "1x0 63x8" "claim --next"
assert_eq "$(cat next*.out)" "$id" "the winner's answer"
assert_eq "$(taskman task log "$id" --json | jq '.data | length')" 2 "changes: made and claimed"
assert_eq "$(taskman task list --json | jq -r '.cursor | split("-")[0]')" 2 "the head"

assert_exit 0 taskman task release "$id"
race id taskman claim "$id" --lease 5m --json
assert_eq "$EXITS" "1x0 63x4" "claim ID"
lease=$(taskman task show "$id" --json | jq -c '[.data.lease.holder, .data.lease.until, (.data.lease.token | tostring)]')
assert_eq "$(cat id*.err | jq -c '[.error.code, (.error.details | map(.message))]' | sort | uniq -c | sed 's/^ *//')" \
  "63 [\"claimed\",$lease]" "what losers learn"
assert_eq "$(taskman task log "$id" --json | jq '.data | length')" 4

holder=$(jq -r '.[0]' <<<"$lease")
assert_exit 4 taskman claim "$id" --as somebody
assert_matches "$STDERR" "^taskman: task $id is claimed by $holder until 20"

# The winner's claim succeeds again.
assert_exit 0 taskman claim "$id" --as "$holder"
assert_exit 0 taskman task "done" "$id" --if-claimed --as "$holder"

# Under one name one wins as well when the claim is to be exclusive; without that all renew it.
id=$(taskman task add "One for all" -q)
SAME_NAME=bot
race same taskman claim "$id" --exclusive --lease 5m --json
assert_eq "$EXITS" "1x0 63x4" "claim ID --exclusive"
assert_eq "$(taskman task log "$id" --json | jq '.data | length')" 2 "changes: made and claimed"
token=$(taskman task show "$id" --format '{lease.token}')
assert_eq "$(cat same*.out | jq .data.lease.token)" "$token" "the winner's token"
assert_eq "$(cat same*.err | jq -r '.error.details[] | select(.name == "token").message' | sort | uniq -c | tr -s ' ')" \
  " 63 $token" "the token that losers learn"
race again taskman claim "$id" --lease 5m --format '{lease.token}'
assert_eq "$EXITS" "64x0" "claim ID again"
assert_eq "$(cat again*.out | sort -u)" "$token" "the token of renewals"
