// clients.mjs ORIGIN [TOKEN_FILE]    follows the change feed of a daemon with clients from npm, and tells on stdout what
// each was told: `NAME open`, `NAME change REV`, `NAME heartbeat`, `NAME gone`, `query tasks COUNT`. Without a token's
// file somebody on the way adds it.

import {readFileSync} from "node:fs";
import {QueryClient, QueryObserver} from "@tanstack/query-core";
import {EventSource} from "eventsource";
import WebSocket from "ws";
import {follow} from "../../docs/examples/live-query.mjs";

const [origin, tokenFile] = process.argv.slice(2);
const headers = tokenFile ? {Authorization: `Bearer ${readFileSync(tokenFile, "utf8").trim()}`} : {};
const say = (...words) => process.stdout.write(`${words.join(" ")}\n`);
const authorised = (url, init = {}) => fetch(url, {...init, headers: {...init.headers, ...headers}});

// EventSource: its own reconnecting, with its own Last-Event-ID.
const source = new EventSource(`${origin}/api/v1/events`, {fetch: authorised});
source.addEventListener("hello", () => say("eventsource", "open"));
source.addEventListener("change", (event) => {
  const frame = JSON.parse(event.data);
  if (event.lastEventId !== frame.cursor) say("eventsource", "wrong id", event.lastEventId);
  say("eventsource", "change", frame.rev);
});
source.addEventListener("message", () => say("eventsource", "unnamed event"));
source.addEventListener("error", () => say("eventsource", source.readyState === EventSource.CLOSED ? "dead" : "gone"));

// WebSocket: resuming is the client's work.
let cursor;
function open() {
  const query = cursor ? `?since=${cursor}` : "";
  const socket = new WebSocket(`${origin.replace(/^http/, "ws")}/api/v1/ws${query}`, {headers});
  socket.on("message", (data, isBinary) => {
    const message = JSON.parse(data);
    if (isBinary) say("ws", "binary");
    if (message.hello) {
      cursor ??= message.hello.cursor;
      say("ws", "open");
    } else if (message.changes) {
      cursor = message.cursor;
      say("ws", "change", message.rev);
    }
  });
  socket.on("ping", () => say("ws", "heartbeat"));
  socket.on("error", () => {});
  socket.on("close", (code) => {
    say("ws", "gone", code);
    setTimeout(open, 50);
  });
}
open();

// TanStack Query: frames invalidate, polling is the fallback.
const queryClient = new QueryClient({defaultOptions: {queries: {retry: false}}});
queryClient.mount();
const live = follow(queryClient, new EventSource(`${origin}/api/v1/events`, {fetch: authorised}), {pollEvery: 100});
let told;
new QueryObserver(
  queryClient,
  live.options({
    queryKey: ["tasks"],
    queryFn: async () => {
      const answer = await authorised(`${origin}/api/v1/tasks?limit=all`);
      if (!answer.ok) throw new Error(String(answer.status));
      return (await answer.json()).data;
    },
  }),
).subscribe(({data}) => {
  if (data && data.length !== told) say("query", "tasks", (told = data.length));
});
