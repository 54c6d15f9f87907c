// readme.mjs PORT TOKEN_FILE CURSOR README    runs the README's JavaScript as it stands there, with clients from npm, and tells
// what each of its readers was told: `feed REV`, `query CALLS`, `socket REV`.

import {readFileSync} from "node:fs";
import {QueryClient, QueryObserver} from "@tanstack/query-core";
import {EventSource} from "eventsource";
import WebSocket from "ws";
import {follow} from "../../docs/examples/live-query.mjs";

const [port, tokenFile, cursor, readme] = process.argv.slice(2);
const origin = `127.0.0.1:${port}`;
const headers = {Authorization: `Bearer ${readFileSync(tokenFile, "utf8").trim()}`};
const say = (...words) => process.stdout.write(`${words.join(" ")}\n`);

// What a page has from where it is: its origin, and the token that its proxy adds.
class PageEventSource extends EventSource {
  constructor(url) {
    super(new URL(url, `http://${origin}`), {fetch: (to, init) => fetch(to, {...init, headers: {...init.headers, ...headers}})});
  }
}
class PageWebSocket extends WebSocket {
  constructor(url) {
    super(url, {headers});
  }
}

const queryClient = new QueryClient();
queryClient.mount();
let calls = 0;
new QueryObserver(queryClient, {queryKey: ["tasks"], queryFn: () => ++calls}).subscribe(({data}) => data && say("query", data));

const [, code] = readFileSync(readme, "utf8").match(/```js\n(.*?)```/s);
const page = {
  EventSource: PageEventSource, WebSocket: PageWebSocket, location: {host: origin}, follow, queryClient, cursor,
  console: {log: (frame) => say("feed", frame.rev)},
};
const {feed, socket} = new Function(...Object.keys(page), `${code}; return {feed, socket};`)(...Object.values(page));
feed.addEventListener("hello", () => say("feed open"));
socket.on("message", (data) => {
  const message = JSON.parse(data);
  say("socket", message.hello ? "open" : message.rev);
});
