// What gradio's chat lacks: French labels, one announcement per answer, copying what is read,
// a count of characters, and focus that is not lost.

import { fill, make, say, warn, words } from "./words.js";

const calm = matchMedia("(prefers-reduced-motion: reduce)");
const precise = matchMedia("(pointer: fine)");
const translated = new WeakSet();
const TOASTS = [
  [/busy|queue/i, words.busy],
  [/connection|network|fetch/i, words.offline],
];
let turns = 0; // questions on the page
let rows = 0; // questions and answers on the page
let told = null; // the last answer that was announced

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
    wide.querySelectorAll("td:first-child").forEach((cell) => set(cell, "role", "rowheader"));
    const corner = wide.querySelector("th");
    if (corner && !corner.textContent.trim()) corner.append(make("span", { class: "unseen" }, words.aspect));
  }
}

function addCopying(reply) {
  const message = reply.closest(".message");
  if (!navigator.clipboard || !message || message.querySelector(".copy")) return;
  const button = make("button", { type: "button", class: "copy" }, words.copy);
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(message.querySelector(".reply").innerText.trim());
    button.textContent = words.copied;
    say(words.copied);
    setTimeout(() => (button.textContent = words.copy), 2000);
  });
  message.append(button);
}

function follow(chat) {
  const questions = chat.querySelectorAll('[data-testid="user"]');
  const shown = chat.querySelectorAll(".message-row").length;
  if (questions.length && shown > rows) {
    // Twice: the answer's row makes the room that the question needs to come to the top.
    const row = questions[questions.length - 1].closest(".message-row");
    row.scrollIntoView({ block: "start", behavior: calm.matches ? "auto" : "smooth" });
  }
  if (questions.length > turns) say(words.working);
  if (questions.length === 0 && turns > 0) {
    say(words.cleared);
    document.dispatchEvent(new Event("conversation-cleared"));
  }
  rows = shown;
  turns = questions.length;
  document.body.classList.toggle("talking", turns > 0);
}

function tell(chat) {
  const replies = [...chat.querySelectorAll(".reply.whole")];
  replies.forEach(addCopying);
  replies.forEach(dress);
  const last = replies.at(-1);
  const key = last ? `${replies.length} ${last.textContent}` : null;
  // Heard once, when it is whole; its list of sources can be read afterwards.
  if (last && key !== told && last.closest(".message-row") === lastRow(chat)) {
    const copy = last.cloneNode(true);
    copy.querySelector(".sources")?.remove();
    say(copy.textContent.replace(/\s+/g, " ").trim());
  }
  told = key;
}

const lastRow = (chat) => [...chat.querySelectorAll(".message-row")].at(-1);

// gradio's toasts are in English; style.css hides them and this says the same in French.
function translate() {
  for (const toast of document.querySelectorAll(".toast-wrap .toast-body")) {
    if (translated.has(toast)) continue;
    translated.add(toast);
    const known = TOASTS.find(([pattern]) => pattern.test(toast.textContent));
    warn(known ? known[1] : words.trouble);
  }
}

function count() {
  const length = box()?.value.length ?? 0;
  const counter = document.getElementById("count");
  counter.hidden = length < words.limit * 0.8;
  counter.textContent = `${length} / ${words.limit}`;
  counter.classList.toggle("over", length > words.limit);
}

function tooLong(event) {
  const length = box()?.value.length ?? 0;
  if (length <= words.limit) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  warn(fill(words.too_long, { length, limit: words.limit }));
}

// A question that was stopped comes back to be put differently.
function giveBack() {
  const last = [...document.querySelectorAll('#chat [data-testid="user"]')].at(-1);
  if (!last || !box() || box().value) return;
  box().value = last.innerText.trim();
  box().dispatchEvent(new Event("input", { bubbles: true }));
}

function start(chat, textarea) {
  textarea.closest("#ask").after(make("p", { id: "count", hidden: "" }));
  textarea.addEventListener("input", count);
  textarea.setAttribute("aria-describedby", "count");
  document.querySelectorAll(".starter").forEach((button) => {
    if (button.textContent.trim().startsWith("How ")) button.lang = "en";
  });
  const notice = document.getElementById("notice");
  new MutationObserver(() => {
    if (notice.textContent.trim()) say(notice.textContent.trim());
  }).observe(notice, { childList: true, subtree: true, characterData: true });
  const look = () => [label, follow, tell].forEach((step) => step(chat));
  new MutationObserver(look).observe(chat, {
    attributes: true, attributeFilter: ["aria-label", "aria-live"], childList: true, subtree: true,
  });
  look();
  count();
  // On a telephone this would open the keyboard over the page.
  if (precise.matches) textarea.focus({ preventScroll: true });
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && event.target === box()) tooLong(event);
}, true);
document.addEventListener("click", (event) => {
  const button = event.target.closest?.("#send, #stop, #fresh, .starter");
  if (!button) return;
  if (button.id === "send") tooLong(event);
  if (button.id === "stop") giveBack();
  // The pressed button goes away: without this the focus would fall back to the page's top.
  if (precise.matches || event.detail === 0) box()?.focus({ preventScroll: true });
}, true);

function arrive() {
  const chat = document.getElementById("chat");
  // gradio puts its parts in one after another.
  const parts = ["#chat [role=log]", "#question textarea", "#notice", "#fresh", ".starter"];
  const arrived = parts.every((part) => document.querySelector(part));
  if (arrived && !document.getElementById("count")) {
    document.body.classList.add("ready");
    start(chat, box());
  }
  translate();
}
new MutationObserver(arrive).observe(document.body, { childList: true, subtree: true });
// From a warm cache gradio can be there before this script.
arrive();
