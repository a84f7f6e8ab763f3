// Trimming: the small video stands at the frame the slider names, or loops over the stretch that would be shown.
const FPS = 30;
const board = document.getElementById("board");
const trimOf = (target) => target.closest?.("[data-trim]");
const parts = (trim) => ({ video: trim.querySelector("[data-trim-video]"), slider: trim.querySelector("[type=range]"), says: trim.querySelector("[data-trim-says]") });

function clock(seconds) {
  const tenths = Math.round(seconds * 10);
  return `${Math.floor(tenths / 600)}:${String(Math.floor((tenths % 600) / 10)).padStart(2, "0")}.${tenths % 10}`;
}

function stretch(slider) {
  const from = Number(slider.value);
  return [from / FPS, (from + Number(slider.dataset.frames)) / FPS];
}

function show(trim) {
  const { video, slider, says } = parts(trim);
  const [from, to] = stretch(slider);
  says.textContent = `${clock(from)}–${clock(to)}`;
  if (video.readyState) video.currentTime = from + 0.5 / FPS;
}

board.addEventListener("toggle", (event) => {
  const trim = event.target.matches("[data-trim]") && event.target;
  if (!trim || !trim.open) return;
  const { video, slider } = parts(trim);
  if (!video.src) {
    video.src = video.dataset.src;
    video.preload = "auto";
    video.addEventListener("loadedmetadata", () => show(trim), { once: true });
    video.addEventListener("timeupdate", () => {
      const [from, to] = stretch(slider);
      if (!video.paused && (video.currentTime >= to - 0.04 || video.currentTime < from - 0.1)) video.currentTime = from;
    });
  }
  slider.focus();
}, true);
board.addEventListener("input", (event) => {
  const trim = trimOf(event.target);
  if (!trim || event.target.type !== "range") return;
  parts(trim).video.pause();
  show(trim);
});
board.addEventListener("click", (event) => {
  if (!event.target.closest("[data-trim-play]")) return;
  const { video, slider } = parts(trimOf(event.target));
  if (!video.paused) { video.pause(); return; }
  video.currentTime = stretch(slider)[0];
  video.play();
});
