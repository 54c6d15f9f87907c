# shellcheck shell=bash
# Ten workers share a thousand tasks, and are killed at random: every task is done exactly once, and
# what a killed worker held is taken over when its lease has run out.

tasks=1000 slots=10
for ((i = 1; i <= tasks; i++)); do echo "{\"title\":\"Job $i\"}"; done >jobs.jsonl
assert_exit 0 taskman import jobs.jsonl --from jsonl
cursor=$(taskman task list --limit 1 --json | jq -r .cursor)

cat >worker <<'END'
#!/usr/bin/env bash
# worker NAME    until nothing waits any more
while id=$(taskman claim --next -q --lease 2s --as "$1"); do
  taskman task done "$id" --if-claimed -q --as "$1" || [ $? -eq 4 ] || exit 1
done
END
chmod +x worker

declare -a workers
generation=0
# A worker has its own group, so that the command it runs dies with it; and a name of its own,
# because the name is who holds a task.
employ() {
  generation=$((generation + 1))
  setsid ./worker "w$1.$generation" >/dev/null 2>>workers.err &
  workers[$1]=$!
}
dismiss() {
  kill -KILL -- "-${workers[$1]}" 2>/dev/null || true
  wait "${workers[$1]}" 2>/dev/null || true
}

# What happens is read off the feed: done, lease (some ran out), or something else.
exec {feed}< <(taskman watch --since "$cursor" --json | jq -r --unbuffered \
  'if .origin == "lease" then "lease"
   elif any(.changes[]; .set.status == "done") then "done" else "other" end')
RANDOM=4242
finished=0 kills=0
for ((slot = 0; slot < slots; slot++)); do employ "$slot"; done
while [ "$finished" -lt "$tasks" ] && read -r -t 30 -u "$feed" what; do
  case $what in
    "done") finished=$((finished + 1)) ;;
    lease) # What they held waits again, perhaps for workers who went home.
      for ((slot = 0; slot < slots; slot++)); do
        kill -0 "${workers[slot]}" 2>/dev/null || employ "$slot"
      done ;;
  esac
  if [ $((RANDOM % 40)) -eq 0 ]; then
    slot=$((RANDOM % slots)) kills=$((kills + 1))
    dismiss "$slot"
    employ "$slot"
  fi
done
exec {feed}<&-
for ((slot = 0; slot < slots; slot++)); do dismiss "$slot"; done

assert_eq "$finished" "$tasks" "tasks done, as the feed told; the workers said: $(tail -5 workers.err)"
assert_eq "$(taskman task list status:done -q | wc -l)" "$tasks" "tasks done"
[ "$kills" -ge 10 ] || fail "only $kills workers were killed"

taskman events --since "$cursor" >log.jsonl
assert_eq "$(jq -c 'select(any(.changes[]; .set.status == "done")) | .changes[].id' log.jsonl | sort | uniq -d)" \
  "" "tasks done twice"
ran_out=$(jq -c 'select(.origin == "lease") | .changes[].id' log.jsonl | sort -u)
[ -n "$ran_out" ] || fail "no lease ran out, with $kills workers killed"
# Whoever did such a task was not who claimed it first.
jq -c 'select(.origin != "lease") | .actor as $by | .changes[] | [.id, $by]' log.jsonl |
  sort -u | jq -r '.[0]' | sort | uniq -d >taken_over
assert_eq "$(comm -23 <(sort <<<"$ran_out") taken_over)" "" "ran out and not taken over"
