# shellcheck shell=bash
# Whatever is typed, piped or sent as text is stored as it is or refused with the reason, exit 2; and
# what is stored reaches a terminal without power over it.

repeat() { python3 -c 'import sys; sys.stdout.write(sys.argv[1] * int(sys.argv[2]))' "$@"; }

# refused PART COMMAND…
refused() {
  local part=$1
  shift
  assert_exit 2 "$@"
  assert_eq "$STDOUT" ""
  assert_contains "$STDERR" "$part"
  if [[ $STDERR == *$'\e'* || $STDERR == *$'\u202e'* ]]; then fail "raw control characters: $STDERR"; fi
}

refused "title contains the control character U+001B" taskman task add $'evil \e[31mred'
refused "title contains the control character U+0007" taskman task add $'bell \a'
refused "title contains the control character U+000A" taskman task add $'two\nlines'
refused "title contains the control character U+007F" taskman task add $'del \x7f'
refused "title contains the control character U+009B" taskman task add $'csi \u009b31m'
refused "title contains the control character U+202E" taskman task add $'bidi \u202e'
refused "title contains the control character U+2066" taskman task add $'isolate \u2066'
refused "TITLE: 'broken \\xff' is not valid UTF-8" taskman task add $'broken \xff'
refused "title has 501 characters, at most 500 are allowed" taskman task add "$(repeat x 501)"
refused "title has 501 characters, at most 500 are allowed" taskman task add "$(repeat 🎉 501)"
refused "title is blank" taskman task add "   "
refused "title is missing" taskman task add ""
refused "--label: '\\xfe' is not valid UTF-8" taskman task add A --label $'\xfe'
refused "--body: 'x\\xfe' is not valid UTF-8" taskman task add A --body $'x\xfe'
refused "body has 66560 bytes, at most 65536 are allowed" taskman task add A --body "$(repeat x 66560)"
refused "body contains the control character U+001B" taskman task add A --body $'\e]0;x\a'
refused "labels contains the control character U+001B" taskman task add A --label $'a\e'
refused "control characters" taskman task add A --as $'a\e'
refused "name contains the control character U+001B" taskman sprint add $'S\e'
refused "is not valid UTF-8" taskman task list $'label:\xff'
refused "unknown command '\\x1b[2J'" taskman $'\e[2J'
refused "unknown flag '--\\x1b[2J'" taskman task list $'--\e[2J'
refused "'\\x1b[2J' is not a task's id" taskman task "done" $'\e[2J'

# The same through stdin.
repeat x 66560 >large; printf 'x\xff' >broken; printf 'a\0b' >nul; printf 'a\e[2Jb' >escape
refused "stdin has more than 64 KiB" taskman task add A --body - <large
refused "stdin is not valid UTF-8" taskman task add A --body - <broken
refused "body contains the control character U+0000" taskman task add A --body - <nul
refused "body contains the control character U+001B" taskman task add A --body - <escape
assert_eq "$(taskman task list --all -q)" "" "nothing was stored"

# What is allowed comes back byte for byte.
party=$(repeat 🎉 500)
id=$(taskman task add "$party" --body "$(repeat x 65536)" -q)
assert_eq "$(taskman task show "$id" --format '{title}')" "$party"
assert_eq "$(taskman task show "$id" --json | jq '.data.body | length')" 65536
text=$'first\n\tsecond "quoted" \\ 日本語'
printf %s "$text" | taskman task edit "$id" --body - >/dev/null
assert_eq "$(taskman task show "$id" --json | jq -r .data.body)" "$text"
refused "text contains the control character U+001B" taskman task comment "$id" - <escape
refused "stdin is not valid UTF-8" taskman task comment "$id" - <broken

# The API has no other rules than the command line.
python3 - "$(taskman daemon path)" <<'PYTHON'
import http.client, json, socket, sys

class Local(http.client.HTTPConnection):
    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.connect(sys.argv[1])

def post(body):
    connection = Local("localhost")
    connection.request("POST", "/api/v1/tasks", body, {"Content-Type": "application/json"})
    answer = connection.getresponse()
    return answer.status, json.loads(answer.read())

def refused(status, detail, body):
    got = post(body)
    assert got[0] == status and detail in got[1]["detail"], (body[:60], got)

for name, value, reason in [("title", "a\x1b[2J", "control character U+001B"), ("title", "a\u202e", "U+202E"),
                            ("title", "a\u009b", "U+009B"), ("title", "a\0", "U+0000"), ("title", "x" * 501, "501 characters"),
                            ("body", "\x1b", "U+001B"), ("body", "x" * 66560, "66560 bytes"), ("labels", ["\x1b"], "U+001B")]:
    refused(422, reason, json.dumps({"title": "A"} | {name: value}).encode())
refused(400, "not valid UTF-8", b'{"title":"\xff"}')
refused(400, "not JSON", b'{"title":"\\ud800"}')
PYTHON
assert_eq "$(taskman task list --all -q)" "$id" "nothing more was stored"
