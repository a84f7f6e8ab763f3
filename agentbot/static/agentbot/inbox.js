// The inbox: the thread stays at its end, waits tick, the first key takes over, j and k walk the list.
const TYPING_MS = 3000;
const NEAR_END_PX = 120;
const scroll = () => document.getElementById("thread-scroll");
const field = () => document.getElementById("reply-text");
const headers = () => JSON.parse(document.body.getAttribute("hx-headers"));
let wasAtEnd = true;
let lastTold = 0;

function toEnd() {
  const box = scroll();
  if (box) box.scrollTop = box.scrollHeight;
}
function noteEnd() {
  const box = scroll();
  if (box) wasAtEnd = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_END_PX;
}

// What is the same as before stays: no click is lost to a swap, no opened line closes. A draft that
// somebody edits is not swapped under their hands, nor what a finger is on.
const PARTS = ["inbox-list", "thread-head", "thread-body", "thread-draft", "inbox-side"];
const shown = new Map(PARTS.map((id) => [id, document.getElementById(id)?.innerHTML]));
let pressed = null;
let isHeldBack = false;

function mayStay(target, fresh) {
  if (pressed && target.contains(pressed)) return (isHeldBack = true);
  if (shown.get(target.id) === fresh.innerHTML) return true;
  const draft = (place) => place.querySelector("[data-draft]")?.getAttribute("hx-post");
  return target.id === "thread-draft" && Boolean(draft(target)) && draft(target) === draft(fresh);
}
document.addEventListener("pointerdown", (event) => { pressed = event.target; });
for (const over of ["pointerup", "pointercancel", "dragend"]) {
  document.addEventListener(over, () => {
    pressed = null;
    if (isHeldBack) setTimeout(() => htmx.trigger("#inbox", "live"), 300);
    isHeldBack = false;
  });
}
document.addEventListener("htmx:oobBeforeSwap", (event) => {
  noteEnd();
  const { target, fragment } = event.detail;
  const fresh = fragment.id === target.id ? fragment : fragment.querySelector(`#${target.id}`) || fragment;
  if (mayStay(target, fresh)) event.detail.shouldSwap = false;
  else shown.set(target.id, fresh.innerHTML);
});
document.addEventListener("htmx:oobAfterSwap", () => {
  if (wasAtEnd) toEnd();
  tick();
});
document.addEventListener("htmx:afterRequest", (event) => {
  if (!event.target.matches?.("[data-reply]") || !event.detail.successful) return;
  field().value = "";
  event.target.elements.client_id.value = newClientId();
  grow();
  wasAtEnd = true;
  toEnd();
  field().focus();
});

// One id for one reply: a second click, or a try after the answer got lost, sends nothing twice.
function newClientId() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (each) => each.toString(16).padStart(2, "0")).join("");
}

function grow() {
  const box = field();
  if (!box) return;
  box.style.height = "";
  if (box.value) box.style.height = `${Math.min(box.scrollHeight + 2, 180)}px`;
}

// The visitor sees dots while we write; the AI is silent from the first key on.
function tellTyping() {
  const form = field()?.closest("[data-typing]");
  if (!form || Date.now() - lastTold < TYPING_MS) return;
  lastTold = Date.now();
  fetch(form.dataset.typing, { method: "POST", headers: headers(), keepalive: true });
}

function put(text) {
  const box = field();
  box.value = box.value.trim() ? `${box.value.trim()}\n${text}` : text;
  grow();
  box.focus();
  tellTyping();
}

document.addEventListener("input", (event) => {
  if (event.target.id !== "reply-text") return;
  grow();
  if (event.target.value.trim()) tellTyping();
});
document.addEventListener("keydown", (event) => {
  if (event.target.id !== "reply-text" || event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
  event.preventDefault();
  if (event.target.value.trim()) event.target.form.requestSubmit();
});
document.addEventListener("click", async (event) => {
  const insert = event.target.closest("[data-insert]");
  if (insert) return put(insert.dataset.insert);
  const button = event.target.closest("[data-suggest]");
  if (!button) return;
  button.disabled = true;
  const answer = await fetch(button.dataset.suggest, { method: "POST", headers: headers() });
  const words = answer.status === 200 ? await answer.text() : "";
  button.disabled = false;
  if (words) put(words);
  else button.lastChild.textContent = button.dataset.nothing;
});

// j and k, as long as nobody types and single-letter keys are on.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
  if (document.body.dataset.letterKeys === "off" || !["j", "k"].includes(event.key)) return;
  const talks = [...document.querySelectorAll("[data-talk]")];
  const at = talks.findIndex((each) => each === document.activeElement || each.matches(".is-now"));
  const focused = talks.indexOf(document.activeElement);
  const from = focused >= 0 ? focused : at;
  talks[Math.max(0, Math.min(talks.length - 1, from + (event.key === "j" ? 1 : -1)))]?.focus();
});

function clock(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  if (whole < 3600) return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
  return `${Math.floor(whole / 3600)}:${String(Math.floor((whole % 3600) / 60)).padStart(2, "0")}:${String(whole % 60).padStart(2, "0")}`;
}
function tick() {
  for (const each of document.querySelectorAll("[data-since]")) each.textContent = clock((Date.now() - Date.parse(each.dataset.since)) / 1000);
  for (const each of document.querySelectorAll("[data-due]")) {
    const left = Math.ceil((Date.parse(each.dataset.due) - Date.now()) / 1000);
    if (left > 0) each.textContent = each.dataset.words.replace("{s}", String(left));
  }
}
setInterval(tick, 1000);
tick();
toEnd();
