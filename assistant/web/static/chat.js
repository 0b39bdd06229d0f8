// What gradio's chat lacks: labels, one announcement per answer, buttons to go on with, and focus
// that is not lost.

import * as memory from "./memory.js";
import { arrange } from "./tools.js";
import { welcome } from "./welcome.js";
import { ask, events, fail, receive, reopen, retry, state, stop } from "./talk.js";
import { make, say, warn, words } from "./words.js";

const calm = matchMedia("(prefers-reduced-motion: reduce)");
const precise = matchMedia("(pointer: fine)");
const translated = new WeakSet();
const TOASTS = [
  [/busy|queue/i, words.busy],
  [/connection|network|fetch/i, words.offline],
];
let rows = 0; // questions and answers on the page
let told = null; // the last answer that was announced
let quiet = false; // what is shown again is not announced again

const box = () => document.querySelector("#question textarea");
const set = (element, name, value) => {
  if (element && element.getAttribute(name) !== value) element.setAttribute(name, value);
};

function label(chat) {
  const log = chat.querySelector("[role=log]");
  set(log, "aria-live", "off");
  set(log, "aria-label", words.conversation);
  chat.querySelector(".placeholder-content")?.removeAttribute("role");
  for (const [who, name] of [["user", words.question], ["bot", words.answer]]) {
    for (const element of chat.querySelectorAll(`[data-testid="${who}"]`)) {
      set(element, "role", "article");
      set(element, "aria-label", name);
    }
  }
}

// A comparison scrolls in its own box, by keyboard too, and each of its cells has two heads.
function dress(reply) {
  for (const wide of reply.querySelectorAll(".wide")) {
    for (const [name, value] of [["role", "region"], ["tabindex", "0"], ["aria-label", words.table]]) {
      set(wide, name, value);
    }
    // Told outright: where style.css makes a list of the table, it would be none any more.
    for (const [part, role] of [["table", "table"], ["tr", "row"], ["th", "columnheader"], ["td", "cell"]]) {
      wide.querySelectorAll(part).forEach((element) => set(element, "role", role));
    }
    wide.querySelectorAll("td:first-child").forEach((cell) => set(cell, "role", "rowheader"));
    const corner = wide.querySelector("th");
    if (corner && !corner.textContent.trim()) corner.append(make("span", { class: "unseen" }, words.aspect));
    const heads = [...wide.querySelectorAll("th")].map((head) => head.textContent.trim());
    wide.querySelectorAll("tr").forEach((row) => [...row.querySelectorAll("td")].forEach((cell, place) => {
      // Read by style.css where the table becomes a list, on a telephone.
      if (place > 0) set(cell, "data-head", heads[place]);
    }));
  }
}

function button(name, sentence, action) {
  const made = make("button", { type: "button", class: name }, sentence);
  made.addEventListener("click", action);
  return made;
}

// Below an answer: what can be done with it, and after the last one what can be asked next.
function follow(message, last) {
  let after = message.querySelector(".after");
  if (!after) {
    after = make("div", { class: "after" }, make("div", { class: "doing" }), make("div", { class: "go-on" }));
    message.append(after);
  }
  const doing = after.querySelector(".doing");
  const again = last && !state.busy;
  if (navigator.clipboard && !doing.querySelector(".copy")) doing.append(button("copy", words.copy, copy));
  if (!again) doing.querySelector(".retry")?.remove();
  else if (!doing.querySelector(".retry")) doing.append(button("retry", words.retry, () => pressed(retry)));
  offer(after.querySelector(".go-on"), again);
}

function offer(place, again) {
  const newest = state.failed ? null : state.conversation.exchanges.at(-1);
  const choices = newest?.answer.status === "clarify" ? newest.answer.choices ?? [] : [];
  const questions = again ? (choices.length ? choices : state.next) : [];
  const key = JSON.stringify(questions);
  if ((place.dataset.key ?? "[]") === key) return;
  place.dataset.key = key;
  if (questions.length === 0) return place.replaceChildren();
  const title = make("p", { class: "go-on-title" }, choices.length ? words.choices : words.go_on);
  const items = questions.map((one) => make("li", {}, button("put", one, () => pressed(() => ask(one)))));
  place.lang = newest.answer.language;
  title.lang = document.documentElement.lang;
  place.replaceChildren(title, make("ul", {}, ...items));
}

async function copy(event) {
  const pressedButton = event.currentTarget;
  await navigator.clipboard.writeText(pressedButton.closest(".message").querySelector(".reply").innerText.trim());
  pressedButton.textContent = words.copied;
  say(words.copied);
  setTimeout(() => (pressedButton.textContent = words.copy), 2000);
}

// The pressed button goes away: without this the focus would fall back to the page's top.
function pressed(action) {
  const done = action();
  if (done !== false && (precise.matches || document.activeElement?.matches("button"))) {
    box()?.focus({ preventScroll: true });
  }
}

function editable(chat) {
  const last = [...chat.querySelectorAll(".user-row .message")].at(-1);
  for (const old of chat.querySelectorAll(".edit")) {
    if (state.busy || old.closest(".message") !== last) old.remove();
  }
  if (!last || state.busy || last.querySelector(".edit")) return;
  last.append(button("edit", words.edit, edit));
}

function edit() {
  write(state.failed || state.conversation.exchanges.at(-1)?.question || "");
  state.editing = true;
  look();
  box().focus();
  box().select();
}

function leaveEditing() {
  state.editing = false;
  write("");
  look();
  box().focus({ preventScroll: true });
}

function scroll(chat) {
  const all = [...chat.querySelectorAll(".message-row")];
  const questions = all.filter((row) => row.matches(".user-row"));
  if (questions.length && all.length > rows) {
    // Twice: the answer's row makes the room that the question needs to come to the top.
    questions.at(-1).scrollIntoView({ block: "start", behavior: calm.matches || quiet ? "auto" : "smooth" });
  }
  if (all.length === 0 && rows > 0) document.dispatchEvent(new Event("conversation-cleared"));
  rows = all.length;
  document.body.classList.toggle("talking", rows > 0);
}

function tell(chat) {
  const replies = [...chat.querySelectorAll(".reply.whole")];
  const last = replies.at(-1);
  const whole = last && last.closest(".message-row") === [...chat.querySelectorAll(".message-row")].at(-1);
  replies.forEach(dress);
  replies.forEach((reply) => follow(reply.closest(".message"), whole && reply === last));
  const key = last ? `${replies.length} ${last.textContent}` : null;
  // Heard once, when it is whole; its list of sources can be read afterwards.
  if (whole && key !== told && !quiet) {
    const spoken = last.cloneNode(true);
    spoken.querySelector(".sources")?.remove();
    say(spoken.textContent.replace(/\s+/g, " ").trim());
  }
  told = key;
}

function look() {
  const chat = document.getElementById("chat");
  [label, scroll, tell, editable].forEach((step) => step(chat));
  document.getElementById("editing").hidden = !state.editing;
  document.getElementById("earlier").hidden = state.hidden === 0;
  const growing = chat.querySelector(".reply.growing");
  document.getElementById("working").hidden = !state.busy || Boolean(growing);
}

// gradio's toasts are in English; style.css hides them and this says the same in the page's words.
function translate() {
  for (const toast of document.querySelectorAll(".toast-wrap .toast-body")) {
    if (translated.has(toast)) continue;
    translated.add(toast);
    const known = TOASTS.find(([pattern]) => pattern.test(toast.textContent));
    warn(known ? known[1] : words.trouble);
    giveBack(fail());
  }
}

function count() {
  const length = box()?.value.length ?? 0;
  const counter = document.getElementById("count");
  counter.hidden = length < words.limit * 0.8;
  counter.textContent = `${length} / ${words.limit}`;
  counter.classList.toggle("over", length > words.limit);
}

function write(question) {
  box().value = question;
  box().dispatchEvent(new Event("input", { bubbles: true }));
}

// A question that got no answer comes back to be put differently, unless another is being written.
function giveBack(question) {
  if (question && box() && !box().value) write(question);
}

function submit() {
  const before = state.editing && !state.failed ? state.conversation.exchanges.slice(0, -1) : undefined;
  if (ask(box().value, before)) write("");
}

function halt() {
  giveBack(stop());
  say(words.stopped);
  box().focus({ preventScroll: true });
}

function start(chat, textarea) {
  const leave = button("leave", words.cancel, leaveEditing);
  const composer = document.getElementById("composer");
  composer.prepend(make("p", { id: "editing", hidden: "" }, words.editing, " ", leave));
  textarea.closest("#ask").after(make("p", { id: "count", hidden: "" }));
  chat.before(make("p", { id: "earlier", hidden: "" }, words.earlier));
  chat.after(make("p", { id: "working", hidden: "", "aria-hidden": "true" }, words.working_note));
  textarea.addEventListener("input", count);
  textarea.setAttribute("aria-describedby", "count");
  new MutationObserver(() => {
    receive();
    look();
  }).observe(chat, {
    attributes: true, attributeFilter: ["aria-label", "aria-live"], childList: true, subtree: true,
  });
  for (const name of ["changed", "answered"]) events.addEventListener(name, look);
  events.addEventListener("shown", () => {
    look();
    quiet = false;
  });
  arrange(chat);
  look();
  count();
  resume();
  // On a telephone this would open the keyboard over the page.
  if (precise.matches) textarea.focus({ preventScroll: true });
}

// After a reload, as when the server was started again, the conversation is there as it was.
function resume() {
  giveBack(memory.pending());
  const id = memory.current();
  if (id && memory.read(id)) again(id);
}

export function again(id) {
  quiet = true;
  rows = 0;
  if (!reopen(id)) quiet = false;
}

document.addEventListener("keydown", (event) => {
  if (event.target !== box() || event.isComposing) return;
  if (event.key === "Escape" && state.editing) {
    event.stopPropagation();
    leaveEditing();
  } else if (event.key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    event.stopImmediatePropagation();
    submit();
  }
}, true);
document.addEventListener("click", (event) => {
  const control = event.target.closest?.("#send, #stop");
  if (!control) return;
  if (control.id === "stop") return halt();
  submit();
  if (precise.matches || event.detail === 0) box()?.focus({ preventScroll: true });
}, true);
document.addEventListener("reopen", (event) => again(event.detail));
document.addEventListener("put", (event) => pressed(() => ask(event.detail)));

let starting = false;
async function arrive() {
  translate();
  if (starting) return;
  // gradio puts its parts in one after another.
  const parts = ["#chat [role=log]", "#question textarea", "#send", "#stop", "#order input, #order textarea",
    "#record input, #record textarea", "#do-ask", "#do-show"];
  if (!parts.every((part) => document.querySelector(part))) return;
  starting = true;
  await welcome(document.getElementById("composer"));
  start(document.getElementById("chat"), box());
  document.body.classList.add("ready");
}
new MutationObserver(arrive).observe(document.body, { childList: true, subtree: true });
// From a warm cache gradio can be there before this script.
arrive();
