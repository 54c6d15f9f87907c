# shellcheck shell=bash
# Every command of docs/waiting.md does what the page says, where it has come true.

page=$E2E_SOURCE/docs/waiting.md
for n in {1..43}; do echo "{\"title\": \"task $n\"}"; done | taskman import - --from jsonl >/dev/null
taskman task "done" 42 >/dev/null
taskman sprint add One >/dev/null
taskman sprint start One >/dev/null
export CI_PIPELINE_ID=7 id=''
ran=0
while IFS= read -r line; do
  eval "$line" >>answers || fail "$line"
  ran=$((ran + 1))
done < <(shell_blocks "$page")
assert_eq "$ran" 5
assert_eq "$(<answers)" "task 42: status=done  task 42
43
sprint 1: empty  One
label:release is:open: count=0"
assert_eq "$id" 44
assert_eq "$(taskman task add "Deploy 17" --key deploy-7 -q)" "$id" "the second run"
assert_exit 4 taskman task add "Another" --key deploy-7
