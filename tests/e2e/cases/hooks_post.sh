# shellcheck shell=bash
# Hooks that post: signed, in order, again after refusals, until the receiver wants no more.

export TASKMAN_HOOK_BACKOFF=20ms TASKMAN_HOOK_ATTEMPTS=3

# prints TEXT COMMAND…
prints() { [ "$("${@:2}")" = "$1" ]; }

echo 0123456789abcdef-secret >secret
receiver=$(dirname "${BASH_SOURCE[0]}")/../hook_receiver.py
start receiver python3 "$receiver" port seen answer "$(<secret)"
eventually test -e port
url="http://127.0.0.1:$(<port)/hook"

assert_exit 0 taskman hooks add --on 'task.created' --post "$url" --secret-file secret -q
assert_eq "$STDOUT" 1
for i in {1..20}; do taskman add "task $i" -q >/dev/null; done
wait_for_lines seen 20
assert_eq "$(cut -d' ' -f1,2,3,4,5 seen)" \
  "$(for i in {1..20}; do echo "1-$i good 204 $i $((i - 1))"; done)"
assert_eq "$(cut -d' ' -f6,7 seen | sort -u)" "application/json 1"

# Refused, it comes again, the same bytes under the same name; after all attempts the next comes.
echo 500 >answer
taskman add refused -q >/dev/null
wait_for_lines seen 23
eventually prints "21 3 was answered 500" taskman hooks dead --format '{rev} {attempts} {error}'
rm answer
taskman add taken -q >/dev/null
wait_for_lines seen 24
assert_eq "$(sed -n 21,24p seen | cut -d' ' -f1-5)" "1-21 good 500 21 20
1-21 good 500 21 20
1-21 good 500 21 20
1-22 good 204 22 21"
taskman hooks retry 1 -q >/dev/null
wait_for_lines seen 25
assert_eq "$(sed -n 25p seen | cut -d' ' -f1-5)" "1-21 good 204 21 20"
eventually prints "" taskman hooks dead -q

# Nobody listens, and then somebody does.
kill "$STARTED"
wait_gone "$STARTED"
taskman hooks add --on 'task.created' --post http://127.0.0.1:1/ -q >/dev/null
taskman add unheard -q >/dev/null
eventually prints "23 3" taskman hooks dead 2 --format '{rev} {attempts}'
assert_contains "$(taskman hooks show 2 --format '{last_error}')" "onnect"
taskman hooks delete 2 -q >/dev/null

# A receiver that is gone for good says so, and the hook stands still.
rm port
start receiver python3 "$receiver" port seen answer "$(<secret)"
eventually test -e port
echo 410 >answer
for url in http://127.0.0.1:99999/ 'http://[::1]:0' https://localhost:80x/; do
  assert_exit 2 taskman hooks add --on 'label:x' --post "$url"
  assert_contains "$STDERR" "'$url' has the port '"
done
taskman hooks add --on 'label:x' --post "http://127.0.0.1:$(<port)/" --secret-file secret -q >/dev/null
taskman add gone --label x -q >/dev/null
eventually prints "paused was answered 410" taskman hooks show 3 --format '{state} {last_error}'
rm answer
taskman hooks resume 3 -q >/dev/null
wait_for_line seen '^3-24 good 204'

# A secret is made, told once, and to nobody else; a wrong one is found out.
assert_exit 0 taskman hooks add --on 'label:y' --post "http://127.0.0.1:$(<port)/" --json
made=$(jq -r .data.secret <<<"$STDOUT")
assert_matches "$made" '^[0-9a-f]{64}$'
assert_eq "$(taskman hooks list --json | grep -c "$made" || true)" 0
taskman add signed --label y -q >/dev/null
wait_for_line seen '^4-25 bad'

# In whatever form the answer is printed, the secret is told: on stderr where the form leaves it out.
new=(taskman hooks add --on label:z --post "http://127.0.0.1:$(<port)/")
for form in -q --csv "--fields id,on" "--format {id}" "--json --fields id"; do
  # shellcheck disable=SC2086  # a flag and its value
  assert_exit 0 "${new[@]}" $form
  if [[ $STDOUT =~ [0-9a-f]{64} ]]; then fail "$form: the secret on stdout"; fi
  assert_matches "$STDERR" $'^secret [0-9a-f]{64}\nthe secret is shown this once' "$form"
done
for form in "--json" "--fields id,secret" "--format {secret}" "--csv --fields secret" ""; do
  # shellcheck disable=SC2086
  assert_exit 0 "${new[@]}" $form
  assert_matches "$STDOUT" '[0-9a-f]{64}' "$form"
  if [[ $STDERR =~ [0-9a-f]{64} ]]; then fail "$form: the secret twice"; fi
done
assert_exit 0 "${new[@]}" -q --secret-file secret
assert_eq "$STDERR" "" "a secret that is known already"
assert_exit 0 "${new[@]}" -q --dry-run
assert_eq "$STDERR" "dry run: nothing was changed"

# What cannot be posted to is refused, and so is a command from outside this machine's account.
assert_exit 2 taskman hooks add --on '*' --post ftp://example.org/
assert_contains "$STDERR" "give an http:// or https:// URL"
