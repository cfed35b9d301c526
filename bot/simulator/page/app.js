// The page: top bar, live updates, and one pane a person (chat.js).
import { Pane } from "./chat.js";

const BOT_LINK = /^https?:\/\/(?:www\.)?t\.me\/([A-Za-z0-9_]+)(?:\/?\?start=([A-Za-z0-9_-]*))?\/?$/;
const element = (id) => document.getElementById(id);
const panes = new Map();
let clock = { base: Date.now(), since: performance.now(), runs: false };
let botUsername = "";

export async function post(path, body) {
  const answer = await fetch(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  }).catch(() => null);
  const told = answer ? (await answer.json().catch(() => ({}))).told : "The simulator does not answer.";
  if (told) tell(told);
  return answer !== null && answer.ok;
}

export function tell(text) {
  const box = element("told");
  box.textContent = text;
  box.hidden = false;
  clearTimeout(tell.timer);
  tell.timer = setTimeout(() => { box.hidden = true; }, 4000);
}

export function showAlert(text) {
  element("alert-text").textContent = text;
  element("alert-dialog").showModal();
}

// A link in a message: to the bot itself, to Telegram's sharing, or out to the web.
export function followLink(userId, href) {
  const own = BOT_LINK.exec(href);
  if (own && own[1].toLowerCase() === botUsername.toLowerCase()) {
    post("act", { user_id: userId, act: "start", text: own[2] ?? "" });
    return;
  }
  const url = new URL(href);
  if (url.hostname === "t.me" && url.pathname.startsWith("/share")) {
    const text = [url.searchParams.get("url"), url.searchParams.get("text")].filter(Boolean).join("\n");
    chooseFriend(userId, text);
    return;
  }
  if (url.protocol === "tg:") return;
  window.open(href, "_blank", "noopener");
}

function chooseFriend(userId, text) {
  element("forward-text").textContent = text;
  const list = element("forward-people");
  list.replaceChildren();
  for (const [id, pane] of panes) {
    if (id === userId) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = pane.person.name;
    button.dir = "auto";
    button.dataset.testid = `forward-${id}`;
    button.addEventListener("click", () => {
      element("forward-dialog").close();
      post("act", { user_id: userId, act: "pass_on", to: id, text });
    });
    list.append(button);
  }
  element("forward-dialog").showModal();
}

function takeIn(event) {
  if (event.full) {
    panes.clear();
    element("panes").replaceChildren();
  }
  botUsername = event.bot.username;
  setClock(event);
  for (const person of event.people) {
    let pane = panes.get(person.id);
    if (!pane) {
      pane = new Pane(person);
      panes.set(person.id, pane);
      element("panes").append(pane.root);
    }
  }
  for (const message of event.messages) panes.get(message.chat)?.put(message);
  for (const person of event.people) panes.get(person.id).update(person, event.full);
  setPanel(event.panel);
}

function setClock(event) {
  clock = { base: Date.parse(event.clock), since: performance.now(), runs: Boolean(event.panel?.is_running) };
  tick();
}

function tick() {
  const shown = new Date(clock.base + (clock.runs ? performance.now() - clock.since : 0));
  const words = shown.toLocaleString("en-GB", {
    weekday: "short", day: "numeric", month: "short", year: "numeric",
    hour: "2-digit", minute: "2-digit", second: "2-digit", timeZone: "UTC",
  });
  const place = element("clock");
  place.textContent = `${words.replaceAll(",", "")} UTC`;
  place.dateTime = shown.toISOString();
}

function setPanel(panel) {
  document.body.classList.toggle("no-panel", !panel);
  if (!panel) return;
  const state = element("bot-state");
  state.textContent = `bot: ${panel.bot}`;
  state.classList.toggle("good", panel.bot === "running");
  document.querySelector('[data-action="slow"]').setAttribute("aria-pressed", String(panel.slow));
  document.querySelector('[data-action="too_many"]').setAttribute("aria-pressed", String(panel.too_many));
  element("log").textContent = panel.log.join("\n") || "(nothing yet)";
}

for (const button of document.querySelectorAll("[data-action]")) {
  button.addEventListener("click", () =>
    post("control", { action: button.dataset.action, seconds: Number(button.dataset.seconds ?? 0) }));
}
for (const button of document.querySelectorAll("[data-close]")) {
  button.addEventListener("click", () => button.closest("dialog").close());
}
element("show-log").addEventListener("click", () => element("log-dialog").showModal());
element("show-add").addEventListener("click", () => element("add-dialog").showModal());
element("add-form").addEventListener("submit", (event) => {
  post("people", Object.fromEntries(new FormData(event.target)));
  event.target.reset();
});

setInterval(tick, 1000);
const source = new EventSource("events");
source.addEventListener("message", (event) => takeIn(JSON.parse(event.data)));
source.addEventListener("open", () => document.body.classList.remove("cut-off"));
source.addEventListener("error", () => document.body.classList.add("cut-off"));
