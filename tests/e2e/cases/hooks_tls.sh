# shellcheck shell=bash
# Posts to https:// URLs: a right certificate is taken, a wrong one is not, and the reason is told.

export TASKMAN_HOOK_BACKOFF=20ms TASKMAN_HOOK_ATTEMPTS=1
receiver=$(dirname "${BASH_SOURCE[0]}")/../hook_receiver.py

# certificate NAME SIGNER HOST DAYS    NAME.pem, with its key; SIGNER is a NAME, or NAME itself
certificate() {
  local extensions="subjectAltName=DNS:$3" signer=(-CA "$2.pem" -CAkey "$2.pem")
  if [ "$1" = "$2" ]; then signer=(-signkey "$1.key") extensions+=$'\nbasicConstraints=critical,CA:TRUE'; fi
  openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj "/CN=$3" -keyout "$1.key" -out "$1.csr" 2>/dev/null
  openssl x509 -req -in "$1.csr" "${signer[@]}" -days "$4" -extfile <(echo "$extensions") -out "$1.crt" 2>/dev/null
  cat "$1.key" "$1.crt" >"$1.pem"
}
certificate ours ours authority.example 2
certificate good ours localhost 2
certificate misnamed ours other.example 2
certificate expired ours localhost -1
certificate stranger stranger localhost 2

names=(good misnamed expired stranger)
for name in "${names[@]}"; do
  start "$name" python3 "$receiver" "$name.port" "$name.seen" answer 0123456789abcdef "$name.pem"
done
for name in "${names[@]}"; do eventually test -e "$name.port"; done

# error NAME REGEX    the last error of the newest hook that posts to that server, once it had its turn
error() {
  taskman hooks list --format '{target} {lag} {last_error}' | tail -n "${#names[@]}" |
    grep -qE "^https://localhost:$(<"$1.port")/ 0 ?$2\$"
}
tell_all() {
  for name in "${names[@]}"; do taskman hooks add --on '*' --post "https://localhost:$(<"$name.port")/" -q >/dev/null 2>&1; done
  taskman add "$1" -q >/dev/null
}

# Nobody on this machine knows the authority.
tell_all unknown
for name in good stranger; do
  eventually error "$name" "SSL certificate problem: .*; an authority of your own is named by daemon.hook_ca"
done
assert_eq "$(cat ./*.seen 2>/dev/null)" "" "nothing was told to a server that could be anybody"

# Named, it is trusted, and for what it says alone.
taskman daemon stop -q >/dev/null
cp ours.crt "$HOME/ca.pem"
# shellcheck disable=SC2088  # it is the setting's own ~
taskman config set daemon.hook_ca '~/ca.pem' >/dev/null
tell_all known
wait_for_lines good.seen 2
eventually error good ""
eventually error misnamed "SSL: no alternative certificate subject name matches target host name 'localhost'"
eventually error expired "SSL certificate problem: certificate has expired"
eventually error stranger "SSL certificate problem: self.signed certificate; .*"
assert_eq "$(cat misnamed.seen expired.seen stranger.seen 2>/dev/null)" ""

# TLS where there is none, and a file that is not there.
names=(plain)
start plain python3 "$receiver" plain.port plain.seen answer 0123456789abcdef
eventually test -e plain.port
tell_all plain
eventually error plain ".*wrong version number"
taskman daemon stop -q >/dev/null
taskman config set daemon.hook_ca /nowhere/ca.pem >/dev/null
tell_all nowhere
eventually error plain ".*/nowhere/ca.pem.*"
