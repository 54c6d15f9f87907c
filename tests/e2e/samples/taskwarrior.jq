# $count tasks for `task import`, one a line: every status, priority, projects, tags, dependencies, annotations.
def uuid: tostring | ("000000000000" + .)[-12:] | "00000000-0000-4000-8000-" + .;
def stamp: strftime("%Y%m%dT%H%M%SZ");
1767225600 as $start |
range($count) | . as $n | ["pending", "waiting", "completed", "deleted", "recurring"][$n % 5] as $status |
{
  uuid: ($n | uuid),
  description: "Task \($n): \(["fix", "write", "\"quote\"", "päivä 日本", "rocket 🚀"][$n % 7 % 5]) \($n * 7919 % 1000)",
  status: $status,
  entry: ($start + $n * 60 | stamp),
  modified: ($start + $n * 60 + 30 | stamp)
}
+ (["H", "M", "L", null][$n % 4] | if . then {priority: .} else {} end)
+ (if $n % 3 > 0 then {project: "area\($n % 17).part\($n % 3)"} else {} end)
+ (if $n % 2 > 0 then {tags: ["t\($n % 11)", "common"]} else {} end)
+ (if $n % 10 == 5 and $n > 20 then {depends: [($n - 5 | uuid), ($n - 20 | uuid)]} else {} end)
+ (if $n % 6 == 0 then {annotations: [{entry: ($start + $n * 60 + 1 | stamp), description: "note one of \($n)"},
                                      {entry: ($start + $n * 60 + 2 | stamp), description: "note two, \"quoted\""}]} else {} end)
+ (if $n % 8 == 0 then {due: ($start + 31536000 + $n * 3600 | stamp)} else {} end)
+ (if $status == "waiting" then {wait: ($start + 315360000 | stamp)} else {} end)
+ (if $status == "completed" or $status == "deleted" then {end: ($start + $n * 60 + 20 | stamp)} else {} end)
+ (if $status == "recurring" then {recur: "weekly", due: ($start + 315360000 | stamp)} else {} end)
+ (if $status == "pending" and $n % 15 == 0 then {start: ($start + $n * 60 + 10 | stamp)} else {} end)
