// The control room: the programme plays, the word being said is lit, parts that did not change stay as they are.
import "./clocks.js";
import { Programme } from "./programme.js";

const PARTS = ["head", "safety", "words", "problem", "desk", "guests", "filters", "comments", "sums", "gauges", "selling", "told"];
const shown = new Map(PARTS.map((name) => [`control-${name}`, document.getElementById(`control-${name}`)?.innerHTML]));
const video = document.getElementById("programme");
const without = (html) => html.replace(/data-server="\d+"/g, "");

document.addEventListener("htmx:oobBeforeSwap", (event) => {
  const { target, fragment } = event.detail;
  const fresh = fragment.id === target.id ? fragment : fragment.querySelector(`#${target.id}`) || fragment;
  const same = without(shown.get(target.id) ?? "") === without(fresh.innerHTML);
  const isHeld = target.contains(document.activeElement) && document.activeElement.matches(":active");
  if (same || isHeld || target.querySelector("dialog[open]")) event.detail.shouldSwap = false;
  else shown.set(target.id, fresh.innerHTML);
});
document.addEventListener("htmx:oobAfterSwap", (event) => {
  if (event.detail.target.id === "control-words") { anchor(); toNow(); }
  if (event.detail.target.id === "control-head" && !event.detail.target.querySelector("[data-dialog]")) video.dispatchEvent(new Event("over"));
});

// The clock of the machine that stamped the words, against this one's.
let ahead = 0;
const timedRows = () => [...document.querySelectorAll("[data-timed]")];
function anchor() {
  const row = timedRows().at(-1);
  if (row) ahead = Number(row.dataset.server) - Date.now();
}
// Played here, the words follow the picture, which runs a few seconds behind; otherwise they follow the clock.
function nowSaid() {
  const rows = timedRows();
  if (video && video.currentTime > 0) {
    const row = rows.findLast((each) => Number(each.dataset.from) <= video.currentTime);
    return [row || null, row ? video.currentTime - Number(row.dataset.from) : 0];
  }
  const row = rows.at(-1);
  return row ? [row, (Date.now() + ahead - Number(row.dataset.started)) / 1000] : [null, 0];
}
function light() {
  const [row, at] = nowSaid();
  for (const each of timedRows()) {
    each.classList.toggle("is-now", each === row);
    if (each !== row) each.querySelectorAll(".is-lit, .is-said").forEach((word) => word.classList.remove("is-lit", "is-said"));
  }
  const words = row ? [...row.querySelectorAll("[data-at]")] : [];
  const now = words.findLastIndex((word) => Number(word.dataset.at) <= at);
  words.forEach((word, place) => {
    word.classList.toggle("is-said", place < now);
    word.classList.toggle("is-lit", place === now);
  });
  requestAnimationFrame(light);
}
function toNow() {
  const box = document.getElementById("control-words");
  const row = box.querySelector(".is-now");
  if (row && !box.matches(":hover")) box.scrollTop = Math.max(0, row.offsetTop - box.offsetTop - box.clientHeight / 2);
}

if (video) {
  const note = document.getElementById("programme-note");
  let cannot = false;
  const say = (what) => {
    cannot = cannot || what === "cannot";
    if (video.classList.contains("is-over")) what = "over";
    note.textContent = cannot ? note.dataset.cannot : what ? note.dataset[what] : "";
  };
  video.addEventListener("over", () => { video.pause(); video.classList.add("is-over"); say("over"); });
  if (document.querySelector("#control-head [data-dialog]")) {
    say("waits");
    new Programme(video, say).start();
  } else say("over");
  const sound = document.getElementById("programme-sound");
  sound.addEventListener("click", () => {
    video.muted = !video.muted;
    sound.setAttribute("aria-pressed", String(!video.muted));
  });
}

// Safe slate and dump by function keys, from anywhere on the page; they never ask.
document.addEventListener("keydown", (event) => {
  const button = ["F7", "F8"].includes(event.key) && document.querySelector(`[data-key="${event.key}"]`);
  if (!button) return;
  event.preventDefault();
  if (!event.repeat && !button.disabled) button.click();
});
document.addEventListener("htmx:afterRequest", (event) => {
  if (event.target.matches?.("[data-say]") && event.detail.successful) event.target.reset();
});

anchor();
toNow();
requestAnimationFrame(light);
