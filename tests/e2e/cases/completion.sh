# shellcheck shell=bash
# shellcheck disable=SC1010,SC2016  # done is a verb; what looks like an expansion is data
# The completion scripts in their own shells, asking a running daemon; and silence without one.

for pair in bash:taskman.bash zsh:_taskman fish:taskman.fish; do
  taskman completion "${pair%:*}" >printed
  cmp printed "$E2E_SOURCE/completions/${pair#*:}" || fail "taskman completion ${pair%:*} prints another script"
done

# --- without a daemon: nothing, said to nobody, and none is started
assert_exit 0 taskman __complete -- task done ''
assert_eq "$STDOUT$STDERR" ""
assert_exit 0 taskman __complete -- task done --url unix:/nowhere ''
assert_eq "$STDOUT$STDERR" ""
assert_exit 0 taskman __complete
assert_eq "$STDOUT$STDERR" ""
assert_eq "$(daemon_pids)" ""

taskman project add web "Web shop" >/dev/null
taskman sprint add "Sprint 12" --project web >/dev/null
taskman task add 'Fix $HOME; `it`' --label api >/dev/null
taskman task add "Write notes" --assignee ben >/dev/null
tab=$'\t'

# persist COMMAND…    until it prints something: a busy daemon misses its moment, and a person presses the key again
persist() {
  local tries out=''
  for ((tries = 0; tries < 20; tries++)); do
    out=$("$@")
    if [ -n "$out" ]; then break; fi
  done
  printf '%s\n' "$out"
}

# --- bash, as readline calls it: complete_bash LINE → $REPLY_LINES
cat >bash_driver.sh <<'END'
source "$1"
COMP_LINE=$2 COMP_POINT=${#2} COMP_TYPE=${3:-9}
# Words as bash makes them: quotes hold together, : and = are words of their own.
mapfile -t COMP_WORDS < <(grep -oE "'[^']*'?|\"[^\"]*\"?|[:=]+|([^ :='\"\\]|\\\\.)+" <<<"$2")
if [[ $2 == *' ' ]]; then COMP_WORDS+=(''); fi
COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
word=${COMP_WORDS[COMP_CWORD]}
case $word in [:=]*) word='' ;; [\'\"]*) word=${word:1} ;; esac
_taskman taskman "$word" "${COMP_WORDS[COMP_CWORD - 1]}"
if [ ${#COMPREPLY[@]} -gt 0 ]; then printf '%s\n' "${COMPREPLY[@]}"; fi
END
complete_bash() { persist bash --norc bash_driver.sh "$E2E_SOURCE/completions/taskman.bash" "$@"; }
assert_eq "$(complete_bash 'taskman ta')" task
assert_eq "$(complete_bash 'taskman task do')" done
assert_eq "$(complete_bash 'taskman task done ')" $'2\n1'
assert_eq "$(complete_bash 'taskman task done ' 63)" $'2  (Write notes)\n1  (Fix $HOME; `it`)'
assert_eq "$(complete_bash 'taskman ls status:rev')" review
assert_eq "$(complete_bash 'taskman ls status:')" $'todo\nin_progress\nblocked\nreview\ndone\ndropped'
assert_eq "$(complete_bash "taskman ls 'status:rev")" status:review
assert_eq "$(complete_bash 'taskman task add x --due=tom')" tomorrow
assert_eq "$(complete_bash 'taskman task add x --sprint Sp')" 'Sprint\ 12'
assert_eq "$(complete_bash 'taskman task add x --sprint Sprint\ 1')" 'Sprint\ 12'
assert_eq "$(complete_bash 'taskman task add x --sprint "Sp')" 'Sprint 12'
assert_eq "$(complete_bash "taskman task add 'it is' --assignee b")" ben
assert_eq "$(complete_bash "taskman hooks add --on 'task.updated status:rev")" 'task.updated status:review'
assert_eq "$(complete_bash 'taskman hooks add --on sprint.cr')" sprint.created
# What stands in the line is never run.
assert_eq "$(complete_bash 'taskman task add $(touch\ ran) --assignee b')" ben
[ ! -e ran ] || fail "completion ran what was typed"

# --- zsh: the completion system in a terminal of its own
cat >zsh_driver.zsh <<'END'
zmodload zsh/zpty
zpty -b inner zsh -f -i
typed() { zpty -w -n inner "$1" }
# Reads until the pattern came, for so many hundredths of a second.
seen=
shown_within() {
  local piece
  repeat $2; do
    if zpty -r -t inner piece; then seen+=$piece; else zselect -t 1; fi
    [[ $seen == *${~1}* ]] && return 0
  done
  return 1
}
zmodload zsh/zselect
typed $'PS1=; unsetopt zle_bracketed_paste; autoload -Uz compinit; compinit -u -D; source '$1$'; print rea""dy\n'
shown_within ready 2000 || exit 1
seen=
typed "$2"
repeat 10; do
  typed $'\t'
  shown_within "$3" 200 && break
done
[[ $seen == *${~3}* ]] || { print -r -- "never shown: $3 in $seen"; exit 1 }
typed $'\x15exit\n'
zpty -d inner
END
complete_zsh() { zsh -f zsh_driver.zsh "$E2E_SOURCE/completions/_taskman" "$@" || fail "zsh: $1"; }
complete_zsh 'taskman task done ' '*2*-- Write notes*1*-- Fix*' >/dev/null
complete_zsh 'taskman ls stat' '*status:*' >/dev/null
complete_zsh 'taskman wait sprint --for ' '*empty*closed*status=planned*' >/dev/null
complete_zsh 'taskman config set output js' '*output json*' >/dev/null
complete_zsh 'taskman ls status:rev' '*status:review*' >/dev/null
complete_zsh 'taskman task add x --sprint sp' '*Sprint\\ 12*' >/dev/null
complete_zsh 'taskman task add x --due=tom' '*--due=tomorrow*' >/dev/null

# --- fish
complete_fish() {
  persist fish --no-config -c 'source $argv[1]; complete -C $argv[2]' "$E2E_SOURCE/completions/taskman.fish" "$1"
}
assert_eq "$(complete_fish 'taskman task done ')" "2${tab}Write notes"$'\n1\tFix $HOME; `it`'
assert_eq "$(complete_fish 'taskman ls status:rev')" "status:review${tab}waiting for review"
assert_eq "$(complete_fish 'taskman wait --filter is:open --for count')" "count=0${tab}no task matches"$'\n'"count>0${tab}a task matches"
assert_eq "$(complete_fish "taskman ls 'status:rev")" "status:review${tab}waiting for review"
assert_contains "$(complete_fish 'taskman task add x --sprint Sp')" "Sprint 12"
assert_eq "$(complete_fish 'TASKMAN_ACTOR=x taskman task add --assignee b')" "ben${tab}1 task"

# --- fast: the fastest of twenty, so that a busy machine does not count
fastest=1000000
for _ in {1..20}; do
  begun=${EPOCHREALTIME/[.,]/}
  taskman __complete -- task done '' >/dev/null
  took=$((${EPOCHREALTIME/[.,]/} - begun))
  if [ $took -lt $fastest ]; then fastest=$took; fi
done
# A sanitizer's own start-up takes longer than that.
if ldd "$(command -v taskman)" | grep -qE 'lib[at]san'; then limit=1000000; else limit=50000; fi
[ "$fastest" -lt $limit ] || fail "the fastest completion took $fastest µs"

# --- a daemon that does not answer costs a moment, not patience
pid=$(daemon_pid)
halt "$pid"
assert_exit 0 timeout 5 taskman __complete -- task done ''
kill -CONT "$pid"
assert_eq "$STDOUT$STDERR" ""
