# shellcheck shell=bash
# The feed by curl alone: a stream, what was missed, a cursor that leads nowhere, a long poll.

# stream NAME QUERY [CURL FLAG…]    in the background, as it comes, to NAME.out
stream() {
  local name=$1 query=$2
  shift 2
  start "$name" curl -sSN --fail --unix-socket "$socket" -H 'Accept: text/event-stream' "$@" "http://localhost/events$query"
}
has_events() { [ "$(grep -c '^data: ' "$1.out")" -ge "$2" ]; }
# told NAME COUNT    waits for so many events and puts them into NAME, one a line: `event id data`
told() {
  eventually has_events "$@"
  awk '/^event: / { event = $2 } /^id: / { id = $2 }
    /^data: / { print event, (id ? id : "-"), substr($0, 7); id = "" }' "$1.out" >"$1"
}
column() { awk -v n="$1" '{ print $n }' "$2" | tr '\n' ' '; }
poll() { curl -sS --unix-socket "$socket" "$@"; }

taskman task add "task 1" -q >/dev/null
socket=$(taskman daemon path)
zero=$(poll -D - -o first.json "http://localhost/events?limit=1" | tr -d '\r' | sed -n 's/^Taskman-Cursor: //ip')
assert_eq "${zero%%-*}" 1

# Hello, and then each change as it is made.
stream live ''
told live 1
assert_matches "$(<live)" '^hello 1-[0-9a-f]{16} \{"cursor":"1-'
for n in 2 3 4 5; do
  taskman task add "task $n" -q >/dev/null
  told live "$n"
done
assert_eq "$(column 1 live)" "hello change change change change "
assert_eq "$(tail -n +2 live | cut -d' ' -f3- | jq -r '"\(.rev):\(.changes[0].set.title)"' | tr '\n' ' ')" "2:task 2 3:task 3 4:task 4 5:task 5 "
assert_eq "$(tail -n +2 live | cut -d' ' -f3- | jq -r .cursor | tr '\n' ' ')" "$(tail -n +2 live | cut -d' ' -f2 | tr '\n' ' ')" "ids"

# From an id exactly what was missed, byte for byte, and it wins over since=.
third=$(sed -n 3p live | cut -d' ' -f2)
stream missed "?since=$zero" -H "Last-Event-ID: $third"
told missed 3
assert_eq "$(tail -n +2 missed)" "$(tail -n +4 live)" "what was missed"
taskman task add "task 6" -q >/dev/null
told missed 4
told live 6
assert_eq "$(tail -n 1 missed)" "$(tail -n 1 live)"

# The cursor of another store, or no cursor at all: never silence, never an error that ends an EventSource.
for since in 3-0123456789abcdef 4000-0123456789abcdef nonsense ''; do
  stream reset "?since=$since"
  told reset 2
  assert_eq "$(column 1 reset)" "hello reset " "since=$since"
  assert_eq "$(sed -n 2p reset | cut -d' ' -f2)" "$(tail -n 1 live | cut -d' ' -f2)" "since=$since: id"
  kill "$STARTED"
  wait "$STARTED" || true
done
sed -n 2p reset | cut -d' ' -f3- | jq -e '.reason and .oldest and .head' >/dev/null || fail "$(<reset)"
# Also as the header that a browser sends by itself.
stream header '' -H 'Last-Event-ID: 3-0123456789abcdef'
told header 2
assert_eq "$(column 1 header)" "hello reset "

# A long poll is answered by the commit. Measured from the moment the writer has its answer to the end of
# the poll's; what is asserted is that nothing waited for a clock.
head=$(tail -n 1 live | cut -d' ' -f2)
waiting() { poll http://localhost/api/v1/subscribers | jq -e 'any(.data[]; .transport == "long_poll")' >/dev/null; }
milliseconds() { echo $(($(date +%s%N) / 1000000)); }
start poll curl -sS --unix-socket "$socket" "http://localhost/events?since=$head&wait=30"
polling=$STARTED
eventually waiting
taskman task add "task 7" -q >/dev/null
before=$(milliseconds)
wait "$polling"
took=$(($(milliseconds) - before))
echo "a long poll was answered $took ms after the writer"
[ $took -lt 5000 ] || fail "a long poll was answered $took ms after the commit"
assert_eq "$(jq -c '[.data[].rev]' poll.out)" "[7]"

# Of what its filter does not match it says nothing, but where to go on.
newer=$(jq -r .cursor poll.out)
start none curl -sS -D none.head --unix-socket "$socket" "http://localhost/events?since=$newer&wait=2&filter=label:x"
polling=$STARTED
eventually waiting
taskman task add "task 8" -q >/dev/null
wait "$polling"
assert_contains "$(head -n 1 none.head)" " 204 "
assert_eq "$(<none.out)" ""
cursor=$(tr -d '\r' <none.head | sed -n 's/^Taskman-Cursor: //ip')
assert_eq "${cursor%%-*}" 8
assert_eq "$(poll "http://localhost/events?since=$cursor" | jq '.data | length')" 0
