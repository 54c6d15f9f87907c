// browser.mjs URL [STATUS]    opens docs/examples/live.html in Chromium, and tells on stdout what it sees. With a STATUS
// the first two requests of the page for its feed are answered with that, by nobody:
//
//   board state STATE               what the page says of its connection
//   board says TEXT                 … in its words
//   board later MS                  it is going to do something after that time
//   board task ID COLUMN TEXT       a card is there, or moved, or says something else
//   board gone ID                   … or is no more
//   board sprint TEXT               the same for a sprint
//   board event NAME [ID]           what its EventSource was told, with the id it has from then on
//   quiet …                         the same of a second EventSource on the page, whose filter matches nothing
//   quiet bytes TEXT                what came to it over the wire, events or not
//   quiet open                      it was answered with 200
//
// On SIGTERM playwright ends Chromium, and this program ends with it.

import {chromium} from "playwright-core";

const [url, status] = process.argv.slice(2);
const say = (...words) => process.stdout.write(`${words.join(" ")}\n`);

// In the page, before its own script. A listener beside the page's own on every EventSource it makes.
function spy() {
  const named = (url) => (String(url).includes("label:nobody") ? "quiet" : "board");
  window.EventSource = class extends EventSource {
    constructor(url) {
      super(url);
      const name = named(url);
      this.addEventListener("open", () => say(name, "open"));
      this.addEventListener("error", () => say(name, this.readyState === EventSource.CLOSED ? "dead" : "lost"));
      for (const type of ["message", "hello", "change", "reset", "snapshot-end", "heartbeat", "bye"]) {
        this.addEventListener(type, ({data, lastEventId}) =>
          say(name, "event", type, type === "hello" ? JSON.parse(data).cursor : lastEventId));
      }
    }
  };
  const setTimeout = window.setTimeout;
  window.setTimeout = (act, wait) => (say("board", "later", wait), setTimeout(act, wait));
  document.addEventListener("DOMContentLoaded", () => {
    const seen = new Map();
    const look = () => {
      const told = document.getElementById("state");
      const now = new Map([["state", told.dataset.state], ["says", told.textContent]]);
      for (const card of document.querySelectorAll("[data-task]"))
        now.set(card.dataset.task, `${card.closest("[data-column]").dataset.column} ${card.innerText.replace(/\s+/g, " ")}`);
      for (const sprint of document.querySelectorAll("[data-sprint]"))
        now.set("sprint", sprint.innerText.replace(/\s+/g, " "));
      for (const [key, text] of now) {
        if (seen.get(key) !== text) say("board", /\d/.test(key) ? `task ${key}` : key, text);
      }
      for (const key of seen.keys()) if (!now.has(key)) say("board", "gone", key);
      seen.clear();
      now.forEach((text, key) => seen.set(key, text));
    };
    new MutationObserver(look).observe(document.body, {subtree: true, childList: true, attributes: true});
    look();
  });
}

// As root, in a container, there is no sandbox to be had, and /dev/shm is small.
const flags = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"];
const browser = await chromium.launch({executablePath: "/usr/bin/chromium", args: flags, timeout: 60_000});
const page = await browser.newPage();
page.on("pageerror", (error) => say("board", "broken", error));
page.on("console", (message) => message.type() === "error" && process.stderr.write(`${message.text()}\n`));
await page.exposeFunction("say", say);
await page.addInitScript(spy);

// The wire below EventSource: what came, whether it made an event or not.
const wire = await page.context().newCDPSession(page);
const quiet = new Set();
const tell = (base64) => say("quiet", "bytes", JSON.stringify(Buffer.from(base64, "base64").toString()));
wire.on("Network.requestWillBeSent", ({requestId, request}) => {
  if (request.url.includes("label:nobody")) quiet.add(requestId);
});
wire.on("Network.responseReceived", async ({requestId}) => {
  if (!quiet.has(requestId)) return;
  const {bufferedData} = await wire.send("Network.streamResourceContent", {requestId}).catch(() => ({}));
  if (bufferedData) tell(bufferedData);
});
wire.on("Network.dataReceived", ({requestId, data}) => {
  if (quiet.has(requestId) && data) tell(data);
});
wire.on("Network.eventSourceMessageReceived", ({requestId, eventName}) => {
  if (quiet.has(requestId)) say("quiet", "dispatched", eventName);
});
await wire.send("Network.enable");

const isOfBoard = (asked) => asked.pathname === "/events" && !asked.search.includes("label:nobody");
if (status) await page.route(isOfBoard, (route) => route.fulfill({status: Number(status)}), {times: 2});
await page.goto(url);
await page.evaluate(() => void (window.quiet = new EventSource("/events?filter=label:nobody")));
