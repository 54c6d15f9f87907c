#include "cli/session/session.hpp"

#include <array>
#include <vector>

#include "common/config/paths.hpp"
#include "common/error/error.hpp"
#include "common/wire/idempotency_key.hpp"

namespace taskman::cli {
namespace {

using config::Key;
using error::Code;
using error::Error;

struct FlagSetting {
  std::string_view flag;
  Key key;
  std::string_view text;  ///< of a switch; empty: the flag's value
};

constexpr std::array kFlagSettings{
    FlagSetting{"url", Key::kUrl, ""},
    FlagSetting{"as", Key::kActor, ""},
    FlagSetting{"timeout", Key::kTimeout, ""},
    FlagSetting{"no-color", Key::kColor, "never"},
    FlagSetting{"json", Key::kOutput, "json"},
    FlagSetting{"csv", Key::kOutput, "csv"},
    FlagSetting{"no-autostart", Key::kAutostart, "false"},
};

/// Whatever the user's folder is, a flag's relative path is of the one we run in.
std::vector<config::Given> given_settings(const World& world, const Invocation& invocation) {
  const bool may_differ = invocation.command().user_folder != nullptr;
  std::vector<config::Given> given;
  for (const auto& row : kFlagSettings) {
    auto value = invocation.value(row.flag);
    if (!value) continue;
    if (may_differ)
      value = config::located(config::row(row.key), *value, world.account.working_folder);
    given.push_back(
        {row.key, row.text.empty() ? *value : std::string(row.text), "--" + std::string(row.flag)});
  }
  return given;
}

World world_of_user(World world, const Command& command) {
  if (command.user_folder != nullptr) world.account.working_folder = command.user_folder(world);
  return world;
}

void refuse_contradiction(const Invocation& invocation) {
  std::string first;
  for (const std::string flag : {"json", "csv", "quiet", "format"}) {
    if (!invocation.has(flag)) continue;
    if (!first.empty())
      throw Error(Code::kUsage, "--" + first + " and --" + flag + " cannot both be obeyed",
                  "give one of them");
    first = flag;
  }
}

Mode mode_of(const Invocation& invocation, const config::Settings& settings,
             const Terminal& terminal) {
  refuse_contradiction(invocation);
  if (invocation.has("quiet")) return Mode::kIds;
  if (invocation.has("format")) return Mode::kTemplate;
  const auto& output = settings.value(Key::kOutput).text;
  const auto kind = invocation.command().output;
  if (output == "json") return Mode::kJson;
  // A setting is about things and lists; what else becomes a table is asked for by the flag.
  const bool listable = kind == Output::kThing || kind == Output::kList;
  if (output == "csv" && (listable || invocation.has("csv"))) return Mode::kCsv;
  return terminal.out_is_terminal() ? Mode::kHuman : Mode::kTabs;
}

/// What mends a bad setting must work in spite of it.
config::Faults faults_of(const Command& command) {
  return command.needs == Needs::kNothing ? config::Faults::kIgnore : config::Faults::kThrow;
}

}  // namespace

Session::Session(const World& world, Terminal& terminal, const Invocation& invocation)
    : world_(world_of_user(world, invocation.command())),
      terminal_(terminal),
      invocation_(invocation),
      settings_(config::load_settings(world_.environment, world_.account,
                                      given_settings(world, invocation),
                                      {.faults = faults_of(invocation.command())})),
      mode_(mode_of(invocation, settings_, terminal)) {
  for (const auto& line : settings_.notices()) notice("taskman: " + line);
}

const config::Target& Session::target() {
  if (!target_) {
    target_ = config::find_target(settings_, world_.environment, world_.account);
    for (const auto& line : target_->paths.notices) notice("taskman: " + line);
  }
  return *target_;
}

std::chrono::milliseconds Session::timeout() const {
  const bool said = settings_.value(Key::kTimeout).origin != config::Origin::kDefault;
  const auto patience = invocation_.command().patience;
  if (said || patience == Patience::kUsual) return settings_.duration(Key::kTimeout);
  if (patience == Patience::kLong) return std::chrono::minutes(10);
  return std::chrono::seconds(2);
}

client::LaunchPlan Session::launch_plan() {
  const bool is_chosen = world_.environment("TASKMAN_CONFIG").has_value();
  return {.paths = target().paths,
          .account = world_.account,
          .program = {},
          .config = is_chosen ? config::config_file(world_.environment, world_.account) : ""};
}

client::ApiOptions Session::api_options() {
  const bool writes = invocation_.takes("key");
  const auto key = writes ? invocation_.value("key") : std::nullopt;
  if (key) wire::check_idempotency_key(*key, "--key");
  return {.plan = launch_plan(),
          .remote = target().remote,
          .hosting = target().hosting,
          .pairing = target().pairing,
          .autostart =
              settings_.is_on(Key::kAutostart) ? client::Autostart::kYes : client::Autostart::kNo,
          .actor = actor(),
          .origin = invocation_.command().origin,
          .takes_key = writes,
          .key = key,
          .timeout = timeout(),
          .random = world_.random,
          .clock = world_.clock,
          .notice = [this](std::string_view line) { notice("taskman: " + std::string(line)); },
          .verbose = [this](std::string_view line) { verbose("taskman: " + std::string(line)); }};
}

client::LaunchPlan Session::local_daemon() {
  if (const auto& remote = target().remote) {
    throw Error(Code::kUsage, "the daemon at " + config::to_text(*remote) + " runs elsewhere",
                "for one of this machine leave out the url: see taskman where");
  }
  return launch_plan();
}

client::Api& Session::api() {
  if (!api_) api_ = std::make_unique<client::Api>(api_options());
  return *api_;
}

std::optional<std::string> Session::way_back() const {
  const bool is_trial = invocation_.takes("dry-run") && invocation_.has("dry-run");
  return api_ && !is_trial ? api_->way_back() : std::nullopt;
}

const std::string& Session::actor() {
  if (!actor_) actor_ = settings_.text(Key::kActor);
  if (!actor_) actor_ = world_.environment("USER");
  if (!actor_) actor_ = world_.account.name();
  return *actor_;
}

const time::Zone& Session::zone() {
  if (!zone_) zone_ = std::make_unique<time::SystemZone>();
  return *zone_;
}

filter::Context Session::filter_context() {
  return {.now = now(), .zone = &zone(), .actor = actor()};
}

render::Colour Session::colour() const {
  const auto& wish = settings_.value(Key::kColor).text;
  const bool on = wish == "always" || (wish == "auto" && terminal_.out_is_terminal() &&
                                       world_.environment("TERM") != "dumb");
  return on ? render::Colour::kOn : render::Colour::kOff;
}

bool Session::may_ask() const {
  return terminal_.out_is_terminal() && terminal_.in_is_terminal() && !world_.environment("CI");
}

void Session::verbose(std::string_view line) {
  if (invocation_.has("verbose")) notice(line);
}

}  // namespace taskman::cli
