// What a user thinks of an answer: a thumb, a reason, a comment; shown whole before it is kept.

import { events, state } from "./talk.js";
import { fill, make, say, words } from "./words.js";

const FRAGMENT = /^#src-(.+?)-(\d+|x)-(\d+|x)-(\d+|x)$/;
const REASONS = ["wrong", "incomplete", "wrong-source", "unclear", "should-decline"];
const EARLIER = 3;
const LONGEST = 2000;
const kept = new Map(); // answers that were judged, with their numbers: the chat may redraw them
const offered = new WeakMap(); // messages, with the answers that they held
let count = 0; // forms opened, for ids that are theirs alone

const text = (element) => (element?.innerText ?? "").trim();

// What the page shows of an answer: this, and nothing else, is what its opinion is about.
function shown(reply) {
  const parts = [...reply.children].filter((part) => !part.matches(".sources, .label"));
  const asked = questions(reply);
  const status = ["abstained", "clarify"].find((one) => reply.classList.contains(one));
  return {
    question: asked.at(-1) ?? "",
    earlier: asked.slice(0, -1).slice(-EARLIER),
    answer: parts.map(text).filter(Boolean).join("\n\n").slice(0, 20000),
    status: status ?? "answered",
    language: reply.lang === "en" ? "en" : "fr",
    citations: citations(reply),
  };
}

// The questions up to an answer, as they were typed.
function questions(reply) {
  const rows = [...reply.closest("#chat").querySelectorAll(".bot-row")];
  const place = state.hidden + rows.findIndex((row) => row.contains(reply));
  return state.conversation.exchanges.slice(0, place + 1).map((one) => one.question.slice(0, LONGEST));
}

function citations(reply) {
  const addresses = [...reply.querySelectorAll("a")].map((link) => link.getAttribute("href"));
  return [...new Set(addresses)].flatMap((address) => {
    const found = FRAGMENT.exec(address ?? "");
    if (!found) return [];
    const [page, start, end] = found.slice(2).map((part) => (part === "x" ? null : Number(part)));
    return [{ guide: decodeURIComponent(found[1]), page, start, end }];
  }).slice(0, 80);
}

function button(name, sentence, action, type = "button") {
  const made = make("button", { type, class: name }, sentence);
  if (action) made.addEventListener("click", action);
  return made;
}

function offer(reply) {
  const message = reply.closest(".message");
  if (!message || offered.get(message) === reply.textContent) return;
  const about = shown(reply);
  // The record of the answer comes a moment after the answer.
  if (state.busy || !about.question || !about.answer) return;
  clear(message);
  offered.set(message, reply.textContent);
  const place = message.querySelector(".doing") ?? message;
  const number = kept.get(key(about));
  if (number) return place.append(thanks(number));
  const group = make("div", { class: "opinion", role: "group", "aria-label": words.opinion_group });
  for (const [name, helpful] of [["yes", true], ["no", false]]) {
    const thumb = button(`thumb ${name}`, words[`opinion_${name}`], () => open(reply, group, thumb, helpful));
    thumb.setAttribute("aria-expanded", "false");
    group.append(thumb);
  }
  place.append(group);
}

function clear(message) {
  message.querySelectorAll(".opinion, .opinion-thanks, .opinion-form").forEach((one) => one.remove());
  offered.delete(message);
}

const key = (about) => JSON.stringify([about.earlier, about.question, about.answer]);

function open(reply, group, thumb, helpful) {
  const again = thumb.getAttribute("aria-expanded") === "true";
  close(reply);
  if (again) return;
  thumb.setAttribute("aria-expanded", "true");
  const form = make("form", { class: "opinion-form", novalidate: "" });
  const talk = { reply, group, thumb, helpful, form, about: shown(reply), reason: null, comment: "" };
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    cancel(talk);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    talk.next();
  });
  const message = reply.closest(".message");
  const doing = message.querySelector(".doing");
  if (doing) doing.after(form);
  else message.append(form);
  ask(talk);
}

function close(reply) {
  const message = reply.closest(".message");
  message?.querySelector(".opinion-form")?.remove();
  message?.querySelectorAll(".thumb").forEach((one) => one.setAttribute("aria-expanded", "false"));
}

function cancel(talk) {
  close(talk.reply);
  talk.thumb.focus();
}

function ask(talk) {
  const id = `opinion-${(count += 1)}`;
  const title = heading(talk.helpful ? words.opinion_title_yes : words.opinion_title_no);
  const area = make("textarea", { id, maxlength: LONGEST, rows: 3, "aria-describedby": `${id}-hint` });
  area.value = talk.comment;
  talk.next = () => {
    talk.reason = talk.form.querySelector("input:checked")?.value ?? null;
    talk.comment = area.value;
    if (!talk.helpful && !talk.reason) return problem(talk, words.opinion_choose, "input");
    return look(talk);
  };
  fillForm(
    talk,
    title,
    talk.helpful ? null : reasons(talk, id),
    make("label", { for: id, class: "over" }, words.opinion_comment),
    make("p", { class: "hint", id: `${id}-hint` }, words.opinion_comment_hint),
    area,
    buttons(button("main", words.opinion_look, null, "submit"), button("", words.opinion_cancel, () => cancel(talk))),
  );
  show(talk, title);
}

function reasons(talk, id) {
  const choices = REASONS.map((reason) => {
    const radio = make("input", { type: "radio", name: id, value: reason, checked: talk.reason === reason && "" });
    return make("label", { class: "reason" }, radio, words[`opinion_${reason}`]);
  });
  return make("fieldset", {}, make("legend", {}, words.opinion_why), ...choices);
}

// Whole where the window has the room, from its title on where not.
function show(talk, title) {
  talk.form.scrollIntoView({ block: "nearest" });
  title.focus();
}

function fillForm(talk, ...content) {
  const told = make("p", { class: "problem", role: "alert" });
  talk.form.replaceChildren(...content.filter(Boolean), told);
}

const heading = (sentence) => make("h2", { tabindex: "-1" }, sentence);
const buttons = (...all) => make("div", { class: "buttons" }, ...all);

function problem(talk, sentence, focused) {
  talk.form.querySelector(".problem").textContent = sentence;
  if (focused) talk.form.querySelector(focused)?.focus();
}

async function post(address, talk, more = {}) {
  const { helpful, reason, comment, about } = talk;
  const body = JSON.stringify({ helpful, reason, comment, ...about, ...more });
  try {
    const response = await fetch(address, { method: "POST", headers: { "Content-Type": "application/json" }, body });
    return { status: response.status, told: await response.json().catch(() => ({})) };
  } catch {
    return { status: 0, told: { detail: words.offline } };
  }
}

async function look(talk) {
  const { status, told } = await post("feedback/preview", talk);
  if (!talk.form.isConnected) return;
  if (status !== 200) return problem(talk, sentence(told));
  preview(talk, told);
}

const sentence = (told) => (typeof told.detail === "string" ? told.detail : words.opinion_failed);

function preview(talk, told, remark = "") {
  const { opinion, places, digest } = told;
  const title = heading(words.opinion_shown);
  const verdict = opinion.helpful ? words.opinion_yes : `${words.opinion_no} – ${words[`opinion_${opinion.reason}`]}`;
  const versions = opinion.versions.map(([name, value]) => `${name} ${value}`).join(", ");
  const rows = [
    [words.opinion_verdict, verdict],
    [words.opinion_comment, opinion.comment || words.opinion_none],
    [words.opinion_asked, opinion.question],
    opinion.earlier.length > 0 && [words.opinion_earlier, opinion.earlier.join("\n")],
    [words.opinion_answered, scrolling(opinion)],
    [words.opinion_cited, places.join("\n") || words.opinion_none],
    [words.opinion_versions, versions],
  ];
  const list = rows.filter(Boolean).flatMap(([name, value]) => [make("dt", {}, name), make("dd", {}, value)]);
  talk.next = () => send(talk, digest);
  fillForm(
    talk,
    title,
    make("p", {}, words.opinion_preview),
    opinion.masked.length > 0 && make("p", { class: "hint" }, words.opinion_masked),
    make("dl", {}, ...list),
    buttons(
      button("main", words.opinion_send, null, "submit"),
      button("", words.opinion_back, () => ask(talk)),
      button("", words.opinion_cancel, () => cancel(talk)),
    ),
  );
  if (remark) problem(talk, remark);
  show(talk, title);
}

const scrolling = (opinion) => make(
  "div",
  { class: "long", tabindex: "0", role: "region", "aria-label": words.opinion_answered, lang: opinion.language },
  opinion.answer,
);

async function send(talk, seen) {
  const main = talk.form.querySelector(".main");
  main.disabled = true;
  const { status, told } = await post("feedback", talk, { seen });
  main.disabled = false;
  if (!talk.form.isConnected) return;
  if (status === 409) return preview(talk, told, words.opinion_changed);
  if (status !== 201) return problem(talk, sentence(told));
  kept.set(key(talk.about), told.id);
  const note = thanks(told.id);
  talk.group.replaceWith(note);
  close(talk.reply);
  say(note.textContent);
  note.focus();
}

const thanks = (id) => make("p", { class: "opinion-thanks", tabindex: "-1" }, fill(words.opinion_thanks, { id }));

function lookAround() {
  for (const message of document.querySelectorAll("#chat .bot-row .message")) {
    const reply = message.querySelector(".reply.whole:not(.trouble)");
    if (reply) offer(reply);
    else clear(message);
  }
}

if (words.feedback) {
  new MutationObserver(lookAround).observe(document.body, { childList: true, subtree: true });
  events.addEventListener("answered", lookAround);
  lookAround();
}
