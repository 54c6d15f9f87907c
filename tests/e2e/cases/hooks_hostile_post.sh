# shellcheck shell=bash
# A receiver may answer with anything: a hook's last error says what was wrong with it, and the
# daemon neither reads without end nor goes where it is sent.

export TASKMAN_HOOK_BACKOFF=20ms TASKMAN_HOOK_ATTEMPTS=1 TASKMAN_HOOK_TIMEOUT=3s

start receiver python3 "$(dirname "${BASH_SOURCE[0]}")/../hostile_receiver.py" port
eventually test -e port
base="http://127.0.0.1:$(<port)"

# All at once: none stands in the way of another.
paths=(long_line endless_head endless_continue endless_trailer endless_refusal slow silent closed noise to_file
  to_other endless_body)
for path in "${paths[@]}"; do taskman hooks add --on '*' --post "$base/$path" -q >/dev/null 2>&1; done
taskman add told -q >/dev/null

# says PATH REGEX    the last error of the hook that posts there, once it has had its turn
says() {
  taskman hooks list --format '{target} {lag} {last_error}' | grep -qxE "$base/$1 0 ?$2"
}
for path in long_line endless_head endless_continue endless_trailer; do
  eventually says "$path" "its answer has a header of more than 64 KiB"
done
eventually says endless_refusal "was answered 500: broken"
eventually says to_file "was answered 302 to file:///etc/passwd: redirects are not followed"
eventually says to_other "was answered 307 to http://localhost:$(<port)/redirected: redirects are not followed"
eventually says closed "Empty reply from server"
eventually says noise "Received HTTP/0.9 when not allowed"
for path in slow silent; do eventually says "$path" "Operation timed out after 3.*"; done
# The status came, and nobody asked for the rest.
eventually says endless_body ""
[ ! -e redirected ] || fail "a redirect was followed"
