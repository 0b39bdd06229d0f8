// The conversation on the page. The browser holds it and sends it along with each question, so the
// server need not remember anybody: after a restart the conversation goes on.

import * as memory from "./memory.js";
import { fill, line, number, say, warn, words } from "./words.js";

const MOST_EXCHANGES = 40;
// The server takes 256 kB; what a question is sent with is escaped once more on its way.
const MOST_BYTES = 180_000;
const MOST_NEXT = 8;
const LOOK_EVERY = 150;
const LONGEST_TITLE = 80;

export const events = new EventTarget();
export const state = {
  conversation: memory.fresh(),
  question: "", // the one that waits for its answer
  failed: "", // the one that got none
  next: [], // what may be asked after the last answer
  busy: false,
  editing: false,
  hidden: 0, // exchanges too old to be shown
};
let turn = 0;
let base = []; // the exchanges before the question
let waiting = null; // what to do with the record of this turn
let showing = false; // whether that is of a conversation to be shown

const tell = (name) => events.dispatchEvent(new Event(name));
const field = (name) => document.querySelector(`#${name} :is(input, textarea)`);
const bytes = (value) => new TextEncoder().encode(JSON.stringify(value)).length;

function put(name, value) {
  field(name).value = value;
  field(name).dispatchEvent(new Event("input", { bubbles: true }));
}

// The newest exchanges that the server takes; older ones help no follow-up.
function fitting(exchanges, most = MOST_EXCHANGES) {
  let size = 0;
  const kept = [];
  for (const one of exchanges.slice(-most).reverse()) {
    size += bytes(one);
    if (size > MOST_BYTES) break;
    kept.unshift(one);
  }
  return kept;
}

function send(command, exchanges, question, done) {
  if (showing) {
    // What is being shown would otherwise take the place of what is asked meanwhile.
    waiting = () => send(command, exchanges, question, done);
    return;
  }
  turn += 1;
  waiting = done;
  showing = command === "show";
  const sent = fitting(exchanges);
  state.hidden = exchanges.length - sent.length;
  put("record", "");
  put("order", JSON.stringify({ turn, question, region: memory.setting("region"), exchanges: sent }));
  document.getElementById(`do-${command}`).click();
}

function record() {
  try {
    return JSON.parse(field("record").value);
  } catch {
    return null;
  }
}

// gradio tells nobody when it has written a value: it is looked for while one is expected.
export function receive() {
  if (!waiting) return;
  const told = record();
  if (!told || (told.turn !== turn && told.notice !== "unreadable")) return;
  const done = waiting;
  waiting = null;
  showing = false;
  done(told);
}
setInterval(receive, LOOK_EVERY);

function setBusy(busy) {
  state.busy = busy;
  document.body.classList.toggle("busy", busy);
  tell("changed");
}

function forget() {
  Object.assign(state, { question: "", failed: "", next: [], editing: false });
}

export function ask(question, before = state.conversation.exchanges) {
  if (state.busy) {
    warn(words.busy_already);
    return false;
  }
  const asked = question.trim();
  if (!asked) {
    warn(words.empty);
    return false;
  }
  if (asked.length > words.limit) {
    warn(fill(words.too_long, { length: number(asked.length), limit: number(words.limit) }));
    return false;
  }
  forget();
  base = before;
  state.question = asked;
  memory.pending(asked);
  setBusy(true);
  say(words.working);
  send("ask", base, asked, answered);
  return true;
}

export function retry() {
  if (state.failed) return ask(state.failed, base);
  const { exchanges } = state.conversation;
  return exchanges.length > 0 && ask(exchanges.at(-1).question, exchanges.slice(0, -1));
}

function answered(told) {
  const question = state.question;
  forget();
  memory.pending("");
  if (told.exchange) keep([...base, told.exchange]);
  else if (told.notice === "trouble") state.failed = question;
  else warn(words[told.notice] ?? words.trouble);
  setBusy(false);
  tell("answered");
  if (told.exchange) offer();
}

function keep(exchanges) {
  const { conversation } = state;
  if (!conversation.named) {
    const [first] = memory.storable(exchanges);
    conversation.title = line(first?.question ?? words.conversation).slice(0, LONGEST_TITLE);
  }
  conversation.exchanges = exchanges;
  conversation.at = new Date().toISOString();
  memory.current(conversation.id);
  if (!memory.write(conversation)) warn(words.store_full);
}

async function offer() {
  const { conversation } = state;
  const asked = turn;
  try {
    const response = await post("next", { ...conversation, exchanges: conversation.exchanges.slice(-MOST_NEXT) });
    const { questions } = response.ok ? await response.json() : { questions: [] };
    if (asked !== turn) return;
    state.next = questions;
    tell("changed");
  } catch {
    // Nothing to go on with is no misfortune; that the server is gone is told at the next question.
  }
}

export function post(what, { title, exchanges }) {
  return fetch(`conversation/${what}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ title: title || words.conversation, exchanges }),
  });
}

// The question that was stopped, or lost with the server, for the box to take it back.
export function stop() {
  const question = state.question;
  if (!state.busy) return "";
  forget();
  memory.pending("");
  send("show", state.conversation.exchanges, "", () => tell("changed"));
  setBusy(false);
  return question;
}

export function fail() {
  const question = state.question;
  if (!state.busy && !waiting) return "";
  waiting = null;
  showing = false;
  forget();
  setBusy(false);
  return question;
}

function show(conversation, sentence) {
  forget();
  memory.pending("");
  state.conversation = conversation;
  memory.current(conversation.exchanges.length ? conversation.id : "");
  setBusy(false);
  send("show", conversation.exchanges, "", (told) => {
    if (told.notice) warn(words[told.notice] ?? words.trouble);
    else say(sentence);
    tell("shown");
    if (!told.notice && conversation.exchanges.length) offer();
  });
}

export const startAfresh = () => show(memory.fresh(), words.cleared);

export function reopen(id) {
  const conversation = memory.read(id);
  if (!conversation) {
    warn(words.unreadable);
    return false;
  }
  show(conversation, fill(words.reopened, { title: conversation.title }));
  return true;
}

export function rename(id, title) {
  const kept = id === state.conversation.id ? state.conversation : memory.read(id);
  const named = line(title).slice(0, 2 * LONGEST_TITLE);
  if (!kept || !named) return false;
  Object.assign(kept, { title: named, named: true });
  if (!memory.write(kept)) warn(words.store_full);
  return true;
}
