// /api/v1/hooks: commands and URLs that are told of changes.

#include "daemon/service/hooks.hpp"

#include <fmt/core.h>

#include "common/error/error.hpp"
#include "common/util/text.hpp"
#include "common/wire/paths.hpp"
#include "daemon/http/routes/common.hpp"

namespace taskman::http {
namespace {

using error::Code;
using error::Error;

model::HookId hook_of(const Request& request) {
  const std::string& text = request.captures.at("id");
  const auto id = util::parse_integer(text);
  if (!id || *id < 1) {
    throw Error(Code::kNotFound, fmt::format("no hook '{}'", util::escape_for_terminal(text)),
                "a hook's id is a number from 1 up");
  }
  return {*id};
}

Reply list(Services& services, const Request&) { return fleeting_reply_of(services.hooks.list()); }

Reply get(Services& services, const Request& request) {
  return fleeting_reply_of(services.hooks.get(hook_of(request)));
}

Reply all_dead(Services& services, const Request&) {
  return fleeting_reply_of(services.hooks.dead_letters(std::nullopt));
}

Reply dead(Services& services, const Request& request) {
  return fleeting_reply_of(services.hooks.dead_letters(hook_of(request)));
}

// Who knows the token of TCP may change tasks; to run programs as this user takes this user.
void check_may_run(const Request& request, const wire::NewHook& hook) {
  if (!hook.run || request.peer.gate == nullptr) return;
  throw Error(Code::kForbidden, "a hook that runs a command cannot be added by TCP",
              "add it on the daemon's machine: taskman hooks add, without --url");
}

Reply add(Services& services, const Request& request) {
  const auto hook = wire::decode_new_hook(request.body);
  check_may_run(request, hook);
  return reply_of(services.hooks.add(write_of(request, 201), hook));
}

template <auto Verb>
Reply change(Services& services, const Request& request) {
  return reply_of((services.hooks.*Verb)(write_of(request), hook_of(request)));
}

Route verb_route(std::string_view path, std::string_view operation, std::string_view summary,
                 Handler handler) {
  return {{.method = "POST",
           .path = path,
           .operation = operation,
           .tag = "hooks",
           .summary = summary,
           .query = {dry_run_doc()},
           .answer = "hook",
           .errors = {Code::kNotFound, Code::kConflict, Code::kKeyReused}},
          handler};
}

std::vector<Route> reading_routes() {
  return {{{.method = "GET",
            .path = wire::kHooks,
            .operation = "listHooks",
            .tag = "hooks",
            .summary = "Hooks by id, and how far each is",
            .answer = "hook.list"},
           list},
          {{.method = "GET",
            .path = wire::kDeadLetters,
            .operation = "listAllDeadLetters",
            .tag = "hooks",
            .summary = "Changes that could not be delivered, of all hooks",
            .answer = "dead_letter.list"},
           all_dead},
          {{.method = "GET",
            .path = "/api/v1/hooks/{id}",
            .operation = "getHook",
            .tag = "hooks",
            .summary = "One hook",
            .answer = "hook",
            .errors = {Code::kNotFound}},
           get},
          {{.method = "GET",
            .path = "/api/v1/hooks/{id}/dead",
            .operation = "listDeadLetters",
            .tag = "hooks",
            .summary = "Changes that could not be delivered to this hook",
            .answer = "dead_letter.list",
            .errors = {Code::kNotFound}},
           dead}};
}

}  // namespace

std::vector<Route> hook_routes() {
  std::vector<Route> routes = reading_routes();
  routes.push_back({{.method = "POST",
                     .path = wire::kHooks,
                     .operation = "createHook",
                     .tag = "hooks",
                     .summary = "A new hook, told of what happens from now on; one that runs a "
                                "command is refused by TCP",
                     .query = {dry_run_doc()},
                     .body = "NewHook",
                     .answer = "hook",
                     .status = 201,
                     .errors = {Code::kInvalidValue, Code::kNotFound, Code::kForbidden,
                                Code::kConflict, Code::kKeyReused}},
                    add});
  routes.push_back({{.method = "DELETE",
                     .path = "/api/v1/hooks/{id}",
                     .operation = "deleteHook",
                     .tag = "hooks",
                     .summary = "Removes a hook and its dead letters; what it runs is ended",
                     .query = {dry_run_doc()},
                     .answer = "hook",
                     .errors = {Code::kNotFound, Code::kKeyReused}},
                    change<&service::Hooks::remove>});
  routes.push_back(verb_route("/api/v1/hooks/{id}/pause", "pauseHook",
                              "It stands still, and goes on from there later",
                              change<&service::Hooks::pause>));
  routes.push_back(verb_route("/api/v1/hooks/{id}/resume", "resumeHook", "It goes on at once",
                              change<&service::Hooks::resume>));
  routes.push_back(verb_route("/api/v1/hooks/{id}/retry", "retryHook",
                              "What failed is tried at once, dead letters first",
                              change<&service::Hooks::retry>));
  return routes;
}

}  // namespace taskman::http
