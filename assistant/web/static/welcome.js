// Before the first question: who asks, and what they may begin with.

import * as memory from "./memory.js";
import { make, words } from "./words.js";

const NONE = { regions: [], audiences: [] };
// Asked for at once, while gradio is still on its way.
const asked = fetch("conversation/choices")
  .then((response) => (response.ok ? response.json() : NONE))
  .catch(() => NONE);

export const regions = () => asked.then((choices) => choices.regions);

export async function welcome(composer) {
  const { audiences } = await asked;
  composer.before(make("h2", { id: "greeting" }, words.greeting));
  if (audiences.length === 0) return;
  const list = make("ul", { id: "starters-list" });
  const chosen = audiences.find(({ id }) => id === memory.setting("audience")) ?? audiences[0];
  const radios = audiences.map((audience) => radio(audience, audience === chosen, list));
  composer.after(make(
    "section",
    { id: "starters", "aria-label": words.starters_label },
    make("fieldset", { id: "audience" }, make("legend", {}, words.audience), ...radios),
    list,
  ));
  fillIn(list, chosen);
}

function radio(audience, checked, list) {
  const input = make("input", { type: "radio", name: "audience", value: audience.id });
  input.checked = checked;
  input.addEventListener("change", () => {
    memory.setting("audience", audience.id);
    fillIn(list, audience);
  });
  return make("label", {}, input, make("span", {}, audience.name));
}

function fillIn(list, audience) {
  const items = audience.questions.map((question) => {
    const button = make("button", { type: "button", class: "starter" }, question);
    button.addEventListener("click", () => document.dispatchEvent(new CustomEvent("put", { detail: question })));
    return make("li", {}, button);
  });
  list.replaceChildren(...items);
}
