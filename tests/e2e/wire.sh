# shellcheck shell=bash
# For cases with clients that nobody here wrote: a daemon on TCP that is ended and begun again, and an nginx before it.

wire_checks=$E2E_SOURCE/tests/wire
[ -d "$wire_checks/node_modules" ] || fail "no clients: run tests/wire/install"

# begin [PORT]    a daemon that listens on it, on any free one the first time; then $port and $socket are set
begin() {
  : >ready
  start daemon taskmand --listen "127.0.0.1:${port:-0}" --foreground --log d.log --ready-fd 3 3>>ready
  wait_for_line ready '^ready$'
  port=$(jq -r 'select(.message == "listening on TCP").port' d.log | tail -n 1)
  socket=$(taskman daemon path)
}

# begin_proxy    an nginx with docs/examples/nginx.conf; then $origin is set
begin_proxy() {
  mkdir proxy
  start proxy "$wire_checks/proxy" "$PWD/proxy" "$port" "$socket.token"
  proxy=$STARTED
  eventually test -s proxy/port
  origin=http://127.0.0.1:$(cat proxy/port)
  eventually curl -fsS "$origin/api/v1/health"
}

end_proxy() {
  kill "$proxy"
  wait_gone "$proxy"
}
