# shellcheck shell=bash
# bash completion for taskman. It is small because it knows nothing: `taskman __complete` answers what
# fits, from the command table and from the daemon, if one runs.
#
#   source <(taskman completion bash)

# The words up to the cursor, in `words`. COMP_WORDS is split at : and = too; pieces that stand
# together in the line are one word.
_taskman_words() {
  local rest=${COMP_LINE:0:COMP_POINT} index piece trimmed
  words=()
  for ((index = 0; index <= COMP_CWORD; index++)); do
    trimmed=${rest#"${rest%%[![:space:]]*}"}
    piece=${COMP_WORDS[index]}
    if ((index == COMP_CWORD)); then piece=$trimmed; fi
    if ((index == 0)) || [ "$trimmed" != "$rest" ]; then
      words+=("$piece")
    else
      words[${#words[@]} - 1]+=$piece
    fi
    rest=${trimmed#"$piece"}
  done
}

# The word without its quotes, in `bare`; the quote that is open in it, in `quote`. Nothing is expanded.
_taskman_unquote() {
  quote=${1:0:1}
  bare=${1#"$quote"}
  if [[ $quote != [\'\"] ]] || [[ $bare == *"$quote"* ]]; then
    quote=''
    bare=${1//[\'\"\\]/}
  fi
}

# As it has to stand in the line, in `written`.
_taskman_write() {
  written=$1
  case $quote in
    '') printf -v written %q "$1" ;;
    '"') written=${written//\"/\\\"} ;;
  esac
}

_taskman() {
  local words lines line bare quote word head value says written index plain=()
  COMPREPLY=()
  _taskman_words
  for index in "${!words[@]}"; do
    _taskman_unquote "${words[index]}"
    plain+=("$bare")
  done
  mapfile -t lines < <("${words[0]/#\~\//$HOME/}" __complete -- "${plain[@]:1}" 2>/dev/null)
  if [ "${lines[0]-}" = ':files' ]; then
    compopt -o default 2>/dev/null
    return
  fi
  compopt -o nosort 2>/dev/null
  # Readline replaces only $2, which begins after the last : or = that is not in quotes.
  word=${plain[${#plain[@]} - 1]}
  head=$2
  if [ -z "$quote" ]; then head=${head//[\'\"\\]/}; fi
  head=${word%"$head"}
  for line in "${lines[@]}"; do
    value=${line%%$'\t'*}
    says=${line#"$value"}
    _taskman_write "${value:${#head}}"
    # Descriptions only where matches are listed, never where one is put into the line.
    if [ ${#lines[@]} -gt 1 ] && [ "${COMP_TYPE:-9}" = 63 ] && [ -n "${says#$'\t'}" ]; then
      written+="  (${says#$'\t'})"
    fi
    COMPREPLY+=("$written")
  done
  if [ ${#COMPREPLY[@]} -eq 1 ] && [[ ${COMPREPLY[0]} == *: ]]; then compopt -o nospace 2>/dev/null; fi
}

complete -F _taskman taskman
