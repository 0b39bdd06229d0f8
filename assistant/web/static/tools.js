// The row above the chat: conversations, a new one, taking it along, and the region.

import { openHistory } from "./history.js";
import * as memory from "./memory.js";
import { events, post, startAfresh, state } from "./talk.js";
import { regions } from "./welcome.js";
import { fill, make, say, warn, words } from "./words.js";

const LONGEST_NAME = 60;

function button(id, sentence, action) {
  const made = make("button", { type: "button", id }, sentence);
  made.addEventListener("click", action);
  return made;
}

export function arrange(chat) {
  const fresh = button("fresh", words.fresh, () => {
    startAfresh();
    document.querySelector("#question textarea")?.focus({ preventScroll: true });
  });
  const row = make(
    "div",
    { id: "tools", role: "group", "aria-label": words.tools },
    button("open-history", words.history, openHistory),
    fresh,
    exporting(),
  );
  chat.before(row);
  region(row);
  // A conversation in which nothing was answered has nothing to take along.
  const update = () => {
    row.querySelector("#export").hidden = state.conversation.exchanges.length === 0;
  };
  for (const name of ["changed", "answered", "shown"]) events.addEventListener(name, update);
  update();
}

async function region(row) {
  const known = await regions();
  if (known.length === 0) return;
  const select = make(
    "select",
    { id: "region" },
    make("option", { value: "" }, words.everywhere),
    ...known.map((name) => make("option", { value: name }, name)),
  );
  select.value = memory.setting("region");
  // A region whose guides are gone.
  if (select.selectedIndex < 0) select.value = memory.setting("region", "");
  select.addEventListener("change", () => {
    memory.setting("region", select.value);
    say(select.value ? fill(words.region_chosen, { region: select.value }) : words.region_cleared);
  });
  row.append(make("label", { for: "region" }, make("span", { class: "unseen" }, words.region), select));
}

function exporting() {
  const summary = make("summary", {}, words.export);
  const close = () => {
    menu.open = false;
    summary.focus();
  };
  const menu = make(
    "details",
    { id: "export" },
    summary,
    make(
      "div",
      {},
      button("export-docx", words.export_docx, () => download("docx").then(close)),
      button("export-md", words.export_md, () => download("md").then(close)),
      button("print", words.print, () => {
        close();
        window.print();
      }),
    ),
  );
  menu.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && menu.open) {
      event.stopPropagation();
      close();
    }
  });
  menu.addEventListener("focusout", (event) => {
    if (!menu.contains(event.relatedTarget)) menu.open = false;
  });
  return menu;
}

async function download(form) {
  const { conversation } = state;
  try {
    const response = await post(form, conversation);
    if (!response.ok) throw new Error(String(response.status));
    const name = `${fileName(conversation.title)}.${form}`;
    const address = URL.createObjectURL(await response.blob());
    make("a", { href: address, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(address), 1000);
    say(fill(words.export_done, { name }));
  } catch {
    warn(words.export_failed);
  }
}

function fileName(title) {
  const letters = title.normalize("NFD").replace(/\p{M}/gu, "").replace(/[^\p{L}\p{N}]+/gu, "-");
  return letters.slice(0, LONGEST_NAME).replace(/^-|-$/g, "").toLowerCase() || "conversation";
}
