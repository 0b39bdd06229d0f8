// What gradio's chat lacks: one announcement per answer, and a question and a focus that are not lost.

import * as memory from "./memory.js";
import { button, dress, editable, follow, label } from "./replies.js";
import { arrange } from "./tools.js";
import { welcome } from "./welcome.js";
import { ask, events, fail, receive, reopen, state, stop } from "./talk.js";
import { fill, make, number, say, warn, words } from "./words.js";

const calm = matchMedia("(prefers-reduced-motion: reduce)");
const precise = matchMedia("(pointer: fine)");
const translated = new WeakSet();
const TOASTS = [
  [/(\d+) s\b/, words.too_often],
  [/busy|queue/i, words.busy],
  [/connection|network|fetch/i, words.offline],
];
let rows = 0; // questions and answers on the page
let awaited = 0; // how many answers there are once the one to be announced is there
let reopened = 0; // the same for a conversation that is shown again: nothing of it is announced

const box = () => document.querySelector("#question textarea");

// The pressed button goes away: without this the focus would fall back to the page's top.
function pressed(action) {
  const done = action();
  if (done !== false && (precise.matches || document.activeElement?.matches("button"))) {
    box()?.focus({ preventScroll: true });
  }
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
  const again = reopened > 0 && all.length === 2 * reopened;
  if (questions.length && (again || all.length > rows)) {
    // Twice: the answer's row makes the room that the question needs to come to the top.
    questions.at(-1).scrollIntoView({ block: "start", behavior: calm.matches || reopened ? "auto" : "smooth" });
  }
  if (again) reopened = 0;
  if (all.length === 0 && rows > 0) document.dispatchEvent(new Event("conversation-cleared"));
  rows = all.length;
  document.body.classList.toggle("talking", rows > 0);
}

function tell(chat) {
  const replies = [...chat.querySelectorAll(".reply.whole")];
  const last = replies.at(-1);
  const whole = last && last.closest(".message-row") === [...chat.querySelectorAll(".message-row")].at(-1);
  replies.forEach(dress);
  replies.forEach((reply) => follow(reply.closest(".message"), whole && reply === last, pressed));
  if (!whole || replies.length !== awaited) return;
  awaited = 0;
  // Heard once, when it is whole; its list of sources can be read afterwards.
  const spoken = last.cloneNode(true);
  spoken.querySelector(".sources")?.remove();
  say(spoken.textContent.replace(/\s+/g, " ").trim());
}

function look() {
  const chat = document.getElementById("chat");
  [label, scroll, tell].forEach((step) => step(chat));
  editable(chat, edit);
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
    const seconds = known?.[0].exec(toast.textContent)[1];
    warn(known ? fill(known[1], { seconds }) : words.trouble);
    giveBack(fail());
  }
}

function count() {
  const length = box()?.value.length ?? 0;
  const counter = document.getElementById("count");
  counter.hidden = length < words.limit * 0.8;
  counter.textContent = `${number(length)} / ${number(words.limit)}`;
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
  const shown = () => state.conversation.exchanges.length - state.hidden;
  events.addEventListener("changed", look);
  events.addEventListener("answered", () => {
    awaited = shown() + (state.failed ? 1 : 0);
    look();
  });
  events.addEventListener("shown", () => {
    [awaited, reopened] = [0, shown()];
    look();
  });
  document.title = words.title; // gradio has only one for both languages
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
  if (id && memory.read(id)) reopen(id);
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
  } else if (event.key === "PageUp" || event.key === "PageDown") {
    // The conversation scrolls by itself, beside the box.
    const chat = document.getElementById("chat");
    chat.scrollBy(0, (event.key === "PageUp" ? -0.9 : 0.9) * chat.clientHeight);
  }
}, true);
document.addEventListener("click", (event) => {
  const control = event.target.closest?.("#send, #stop");
  if (!control) return;
  if (control.id === "stop") return halt();
  submit();
  if (precise.matches || event.detail === 0) box()?.focus({ preventScroll: true });
}, true);
document.addEventListener("reopen", (event) => reopen(event.detail));
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
