// What both scripts use: the page's words, an element maker, and the voice of the page.

export const words = JSON.parse(document.getElementById("words").textContent);

export function fill(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

// Text only ever becomes text: guides and questions are not trusted.
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child || child === 0));
  return element;
}

const figures = new Intl.NumberFormat(document.documentElement.lang);

// « 10 000 », or « 10,000 » on the English page.
export const number = (value) => figures.format(value);

// One line of text without the marks that turn the direction of what follows.
export const line = (text) => text.replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "").replace(/[\s\p{Cc}]+/gu, " ").trim();

const status = document.getElementById("status");
const notice = document.getElementById("alert");
let fading;

// Said once by screen readers. Emptied first, so that the same sentence is said again.
export function say(sentence) {
  status.textContent = "";
  setTimeout(() => (status.textContent = sentence), 50);
}

// Shown to everybody for a while; role=alert makes it heard as well.
export function warn(sentence) {
  notice.textContent = sentence;
  notice.hidden = false;
  clearTimeout(fading);
  fading = setTimeout(() => (notice.hidden = true), 12000);
}
