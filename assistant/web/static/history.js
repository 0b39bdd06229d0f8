// The list of conversations that this browser keeps: open, rename, delete.

import * as memory from "./memory.js";
import { rename, startAfresh, state } from "./talk.js";
import { fill, make, say, words } from "./words.js";

const dialog = make("dialog", { id: "history", "aria-labelledby": "history-title" });
let undone = null; // the conversation that was just deleted
document.body.append(dialog);

const day = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "long", timeStyle: "short" });

function button(name, sentence, action, label) {
  const made = make("button", { type: "button", class: name, "aria-label": label, title: label && sentence }, sentence);
  made.addEventListener("click", action);
  return made;
}

export function openHistory() {
  undone = null;
  draw();
  dialog.showModal();
  dialog.querySelector("h2").focus();
}

function draw() {
  const kept = memory.all();
  const notes = memory.works() ? `${words.history_note} ${words.history_shared}` : words.store_missing;
  dialog.replaceChildren(
    make(
      "div",
      { class: "bar" },
      make("h2", { id: "history-title", tabindex: "-1" }, words.history),
      closing(),
    ),
    make("p", { class: "quiet" }, notes),
    kept.length ? make("ul", {}, ...kept.map(item)) : make("p", { class: "none" }, words.history_empty),
    undone ? make("p", { class: "undo" }, words.deleted, " ", button("", words.undo, restore)) : "",
    make("div", { class: "foot" }, keeping(), kept.length ? deleting() : ""),
  );
}

function closing() {
  const close = button("close", "×", () => dialog.close(), words.close);
  close.title = words.close;
  return close;
}

function item(conversation) {
  const { id, title, at } = conversation;
  const here = id === state.conversation.id;
  const when = make("time", { datetime: at }, day.format(new Date(at)));
  const open = make(
    "button",
    { type: "button", class: "open", "aria-current": here && "true" },
    make("span", {}, title),
    make("small", {}, when, here ? ` · ${words.current}` : ""),
  );
  open.addEventListener("click", () => {
    dialog.close();
    document.dispatchEvent(new CustomEvent("reopen", { detail: id }));
    document.querySelector("#question textarea")?.focus({ preventScroll: true });
  });
  const line = make(
    "li",
    { "data-id": id },
    open,
    button("rename", words.rename, () => renaming(line, conversation), fill(words.rename_one, { title })),
    button("delete", words.delete, () => drop(conversation), fill(words.delete_one, { title })),
  );
  return line;
}

function renaming(line, { id, title }) {
  const input = make("input", { type: "text", maxlength: 160, "aria-label": words.new_name });
  input.value = title;
  const back = () => {
    draw();
    dialog.querySelector(`[data-id="${id}"] .rename`)?.focus();
  };
  const form = make("form", {}, input, make("button", { type: "submit" }, words.save), button("", words.cancel, back));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!rename(id, input.value)) return input.focus();
    back();
    say(words.renamed);
  });
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    // Only the renaming is left, not the list.
    event.preventDefault();
    event.stopPropagation();
    back();
  });
  line.replaceChildren(form);
  input.focus();
  input.select();
}

function drop(conversation) {
  memory.remove(conversation.id);
  undone = conversation;
  if (conversation.id === state.conversation.id) startAfresh();
  draw();
  dialog.querySelector(".undo button")?.focus();
  say(words.deleted);
}

function restore() {
  memory.write(undone);
  const { id } = undone;
  undone = null;
  draw();
  dialog.querySelector(`[data-id="${id}"] .open`)?.focus();
  say(words.restored);
}

function keeping() {
  const input = make("input", { type: "checkbox", id: "keep" });
  input.checked = memory.keeps();
  input.addEventListener("change", () => {
    memory.setting("keep", input.checked ? "" : "no");
    if (input.checked && state.conversation.exchanges.length) memory.write(state.conversation);
    else if (!input.checked) memory.remove(state.conversation.id);
    draw();
    dialog.querySelector("#keep").focus();
  });
  return make("label", { for: "keep" }, input, words.keep);
}

function deleting() {
  const holder = make("div", { class: "all" });
  const first = button("", words.delete_all, () => {
    const cancel = button("", words.cancel, () => {
      draw();
      dialog.querySelector(".all button").focus();
    });
    holder.replaceChildren(make("p", { id: "sure" }, words.delete_all_sure), button("danger", words.delete_all_yes, wipe), cancel);
    holder.setAttribute("role", "group");
    holder.setAttribute("aria-labelledby", "sure");
    cancel.focus();
  });
  holder.append(first);
  return holder;
}

function wipe() {
  memory.clear();
  undone = null;
  startAfresh();
  draw();
  dialog.querySelector("h2").focus();
  say(words.all_deleted);
}

// A click beside the list closes it, as its Escape key does.
dialog.addEventListener("click", (event) => {
  if (event.target === dialog) dialog.close();
});
