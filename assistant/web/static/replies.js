// What gradio's messages lack: labels, tables that can be read, and buttons to go on with.

import { ask, retry, state } from "./talk.js";
import { make, say, words } from "./words.js";

const set = (element, name, value) => {
  if (element && element.getAttribute(name) !== value) element.setAttribute(name, value);
};

export function label(chat) {
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
  // A question is in the language of its answer, which need not be that of the page.
  const shown = state.conversation.exchanges.slice(state.hidden);
  chat.querySelectorAll('[data-testid="user"]').forEach((element, place) => {
    if (shown[place]) set(element, "lang", shown[place].answer.language);
  });
}

// A comparison scrolls in its own box, by keyboard too, and each of its cells has two heads.
export function dress(reply) {
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

export function button(name, sentence, action) {
  const made = make("button", { type: "button", class: name }, sentence);
  made.addEventListener("click", action);
  return made;
}

// Below an answer: what can be done with it, and after the last one what can be asked next.
export function follow(message, last, pressed) {
  let after = message.querySelector(".after");
  if (!after) {
    after = make("div", { class: "after" }, make("div", { class: "doing" }), make("div", { class: "go-on" }));
    message.append(after);
  }
  const doing = after.querySelector(".doing");
  // The opinion of an answer may have been there first.
  const focused = document.activeElement;
  for (const opinion of message.querySelectorAll(":scope > .opinion")) {
    doing.append(opinion);
    if (opinion.contains(focused)) focused.focus({ preventScroll: true });
  }
  const again = last && !state.busy;
  if (navigator.clipboard && !doing.querySelector(".copy")) doing.append(button("copy", words.copy, copy));
  if (!again) doing.querySelector(".retry")?.remove();
  else if (!doing.querySelector(".retry")) doing.append(button("retry", words.retry, () => pressed(retry)));
  offer(after.querySelector(".go-on"), again, pressed);
}

function offer(place, again, pressed) {
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

export function editable(chat, edit) {
  const last = [...chat.querySelectorAll(".user-row .message")].at(-1);
  for (const old of chat.querySelectorAll(".edit")) {
    if (state.busy || old.closest(".message") !== last) old.remove();
  }
  if (!last || state.busy || last.querySelector(".edit")) return;
  last.append(button("edit", words.edit, edit));
}
