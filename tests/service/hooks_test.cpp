#include "daemon/service/hooks.hpp"

#include "daemon/feed/selection.hpp"
#include "daemon/service/hook_words.hpp"
#include "service/desk.hpp"

namespace taskman::test {
namespace {

struct HookDesk : Desk {
  wire::HookView make(const wire::NewHook& hook) {
    return wire::decode_hook(envelope(hooks.add(write(), hook)).data);
  }
  error::Error refusal(const wire::NewHook& hook) {
    return error_of([&] { hooks.add(write(), hook); });
  }
  std::vector<wire::HookView> list() const {
    std::vector<wire::HookView> all;
    for (const auto& item : items(envelope(hooks.list()))) all.push_back(wire::decode_hook(item));
    return all;
  }

  int changes = 0;
  service::Hooks hooks{base,
                       {.random = random,
                        .changed = [this] { ++changes; },
                        .looked_up_to = [](model::HookId) { return std::nullopt; }}};
};

wire::NewHook running(std::string on) { return {.on = std::move(on), .run = "true"}; }
wire::NewHook posting(std::string url) { return {.on = "*", .post = std::move(url)}; }

TEST_CASE("a hook begins with what comes after it, and is no change itself") {
  HookDesk desk;
  desk.add(R"({"title":"before"})");
  const auto hook = desk.make(running("task.updated status:done"));
  CHECK(hook.id == 1);
  CHECK(hook.rev == 1);
  CHECK(hook.lag == 0);
  CHECK(hook.state == "active");
  CHECK(hook.actor == "ana");
  CHECK(desk.head() == 1);
  CHECK(desk.changes == 1);
  desk.add(R"({"title":"after"})");
  CHECK(desk.list().at(0).lag == 1);
}

TEST_CASE("the secret of a URL is told to who made it, and to nobody else") {
  HookDesk desk;
  const auto made = desk.make(posting("https://ci.example/x"));
  REQUIRE(made.secret.has_value());
  CHECK(made.secret->size() == 64);
  CHECK_FALSE(desk.list().at(0).secret.has_value());
  const auto body = desk.hooks.get({made.id}).body;
  CHECK(body.find(*made.secret) == std::string::npos);
  CHECK_FALSE(desk.make(running("*")).secret.has_value());
}

TEST_CASE("the same key makes one hook, and answers with the same secret") {
  HookDesk desk;
  const auto first = desk.hooks.add(keyed("k"), posting("http://h/"));
  const auto second = desk.hooks.add(keyed("k"), posting("http://h/"));
  CHECK(second.replayed);
  CHECK(second.body == first.body);
  CHECK(desk.list().size() == 1);
}

TEST_CASE("a dry run makes no hook and tells no secret") {
  HookDesk desk;
  auto request = write();
  request.commit = store::Commit::kDryRun;
  const auto hook = wire::decode_hook(envelope(desk.hooks.add(request, posting("http://h/"))).data);
  CHECK_FALSE(hook.secret.has_value());
  CHECK(desk.list().empty());
}

TEST_CASE("what leads and has a dot is a type of change, the rest a filter") {
  const auto words = service::split_hook_words(" task.updated,task.created sprint.*  label:a b ");
  CHECK(words.types == "task.updated,task.created,sprint.*");
  CHECK(words.filter == "label:a b");
  CHECK(service::split_hook_words("status:done task.updated").types.empty());
  CHECK(service::split_hook_words("*").filter.empty());
}

TEST_CASE("a star stands for every change of a kind") {
  HookDesk desk;
  feed::Selection selection;
  desk.store->read([&](store::ReadTx& tx) {
    selection = service::selection_of(tx, desk.base, {.on = "project.*", .actor = "ana"});
  });
  CHECK(selection.types == std::vector{model::ChangeType::kProjectCreated,
                                       model::ChangeType::kProjectUpdated,
                                       model::ChangeType::kProjectDeleted});
}

TEST_CASE("words that mean nothing are refused, with the nearest that do") {
  HookDesk desk;
  const auto type = desk.refusal(running("task.update status:done"));
  CHECK(type.code() == Code::kInvalidValue);
  CHECK(type.hint() == "did you mean task.updated?");
  CHECK_THAT(desk.refusal(running("task.updated status:don")).hint(), ContainsSubstring("done"));
  CHECK_THAT(desk.refusal(running("tasks.*")).message(), ContainsSubstring("tasks.*"));
  CHECK_THAT(desk.refusal(running("sprint.updated label:x")).message(),
             ContainsSubstring("sprint.updated is not of a task"));
  CHECK(desk.refusal(running("body:secret")).code() == Code::kInvalidValue);
  CHECK(desk.list().empty());
}

TEST_CASE("only http and https can be posted to, with nothing secret in the URL") {
  HookDesk desk;
  for (const char* url : {"ftp://h/", "file:///etc/passwd", "gopher://h/", "h/x", "http://",
                          "http://:80/", "http://u:p@h/", "http://h/a b", ""}) {
    INFO(url);
    CHECK(desk.refusal(posting(url)).code() == Code::kInvalidValue);
  }
  CHECK(desk.make(posting("http://127.0.0.1:8080/x?a=@b")).kind == "post");
}

TEST_CASE("a secret is long enough, and only of a URL") {
  HookDesk desk;
  auto hook = posting("http://h/");
  hook.secret = "short";
  CHECK(desk.refusal(hook).code() == Code::kInvalidValue);
  hook.secret = "0123456789abcdef";
  CHECK(!desk.make(hook).secret);  // whoever gave it has it
  auto command = running("*");
  command.secret = hook.secret;
  CHECK(desk.refusal(command).code() == Code::kInvalidValue);
}

TEST_CASE("a hook is paused, goes on, and is removed; each is known at once to who delivers") {
  HookDesk desk;
  desk.make(running("*"));
  CHECK(wire::decode_hook(envelope(desk.hooks.pause(write(), {1})).data).state == "paused");
  const auto refused = error_of([&] { desk.hooks.retry(write(), {1}); });
  CHECK(refused.code() == Code::kConflict);
  CHECK(refused.hint() == "let it go on: taskman hooks resume 1");
  CHECK(wire::decode_hook(envelope(desk.hooks.resume(write(), {1})).data).state == "active");
  desk.hooks.remove(write(), {1});
  CHECK(desk.list().empty());
  CHECK(desk.changes == 4);
  CHECK(error_of([&] { desk.hooks.remove(write(), {1}); }).code() == Code::kNotFound);
}

TEST_CASE("a retry wants what failed at once, dead letters too") {
  HookDesk desk;
  desk.make(running("*"));
  desk.store->write([&](store::WriteTx& tx) {
    tx.save_hook_progress({1}, {.rev = 4, .failures = 3, .next_try_at = desk.clock.now()});
    tx.save_dead_letter({.hook = {1}, .rev = 2, .frame = "{}", .attempts = 10, .error = "x"});
  });
  CHECK(desk.list().at(0).state == "retrying");
  const auto hook = wire::decode_hook(envelope(desk.hooks.retry(write(), {1})).data);
  CHECK_FALSE(hook.next_try_at.has_value());
  CHECK(hook.failures == 3);
  const auto letters = items(envelope(desk.hooks.dead_letters(model::HookId{1})));
  REQUIRE(letters.size() == 1);
  CHECK(wire::decode_dead_letter(letters[0]).again);
  CHECK_THAT(letters[0], ContainsSubstring(R"("frame":{})"));
}

TEST_CASE("there is an end to the number of hooks") {
  HookDesk desk;
  for (int i = 0; i < 100; ++i) desk.make(running("*"));
  CHECK(desk.refusal(running("*")).code() == Code::kConflict);
}

}  // namespace
}  // namespace taskman::test
