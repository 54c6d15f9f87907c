#include "tests/bench/nchan.hpp"

#include <fstream>
#include <stdexcept>

#include "tests/bench/load.hpp"

namespace taskman::bench {
namespace {

std::string write_configuration(const Folder& folder, const Target& socket, const Target& tcp) {
  const std::string path = folder / "nginx.conf";
  std::ofstream(path) << "load_module " << nchan_module() << ";\n"
                      << "daemon off; worker_processes 1; worker_rlimit_nofile 40000;\n"
                      << "pid " << folder / "nginx.pid"
                      << "; error_log /dev/null;\n"
                      << "events { worker_connections 30000; }\n"
                      << "http { access_log off; client_body_temp_path " << folder / "body"
                      << ";\n"
                      << "server { listen unix:" << socket.unix_path << " backlog=1024;\n"
                      << "listen 127.0.0.1:" << tcp.port << " backlog=1024;\n"
                      << "location = /read { nchan_subscriber eventsource; nchan_channel_id feed; "
                         "nchan_subscriber_first_message newest; }\n"
                      << "location = /write { nchan_publisher; nchan_channel_id feed; "
                         "nchan_message_buffer_length 1; } } }\n";
  return path;
}

bool takes_messages(const Target& target) {
  try {
    return !exchange(target, json_request("POST", "/write", "first")).empty();
  } catch (const std::exception&) {
    return false;
  }
}

}  // namespace

std::string nchan_module() {
  const std::string path = "/usr/lib/nginx/modules/ngx_nchan_module.so";
  return std::ifstream(path) ? path : "";
}

Nchan::Nchan(const Folder& folder, const std::string& nginx)
    : socket_{.unix_path = folder / "nchan.sock"},
      tcp_{.port = free_port()},
      nginx_({nginx, "-p", folder / "", "-c", write_configuration(folder, socket_, tcp_)}) {
  wait_until("nginx with nchan answers", [&] { return takes_messages(socket_); });
}

pid_t Nchan::worker() const {
  const std::string master = std::to_string(nginx_.pid());
  pid_t child = 0;
  if (!(std::ifstream("/proc/" + master + "/task/" + master + "/children") >> child))
    throw std::runtime_error("nginx has no worker");
  return child;
}

std::string Nchan::subscription() {
  return "GET /read HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n";
}

void Nchan::publish(const std::string& data) const {
  exchange(socket_, json_request("POST", "/write", data));
}

}  // namespace taskman::bench
