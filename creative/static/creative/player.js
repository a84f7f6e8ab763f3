// The player: frames, playhead over the lanes, lineage that follows it, and the sound drawn from the file itself.
const FPS = 30;
const root = document.querySelector("[data-player]");
let video = null;
let drawnFor = "";

const lanes = () => root.querySelector("[data-lanes]");
const frames = () => Number(lanes()?.dataset.frames || 0);
const frameNow = () => Math.min(Math.floor((video?.currentTime || 0) * FPS + 0.01), Math.max(0, frames() - 1));

function clock(seconds) {
  const tenths = Math.floor(seconds * 10 + 0.001);
  return `${Math.floor(tenths / 600)}:${String(Math.floor((tenths % 600) / 10)).padStart(2, "0")}.${tenths % 10}`;
}

function seek(seconds) {
  if (!video) return;
  const end = video.duration || frames() / FPS;
  video.currentTime = Math.max(0, Math.min(seconds, end - 0.5 / FPS));
  draw();
}

function draw() {
  const mark = root.querySelector("[data-clock]");
  if (mark && video) mark.textContent = clock(video.currentTime);
  const head = root.querySelector("[data-playhead]");
  const body = lanes()?.querySelector(".lane-body");
  if (head && body && frames()) {
    const share = Math.min(1, ((video?.currentTime || 0) * FPS) / frames());
    head.style.left = `${body.offsetLeft + share * body.clientWidth}px`;
  }
  const at = frameNow();
  for (const item of root.querySelectorAll(".lineage li")) {
    const isNow = at >= Number(item.dataset.from) && at < Number(item.dataset.to);
    if (isNow && !item.classList.contains("is-now") && video && !video.paused) {
      const list = item.parentElement;
      list.scrollTop = item.offsetTop - list.offsetTop - list.clientHeight / 3;
    }
    item.classList.toggle("is-now", isNow);
    item.toggleAttribute("aria-current", isNow);
  }
}

function follow() {
  draw();
  if (video && !video.paused && !video.ended) requestAnimationFrame(follow);
}

function ruler() {
  const body = root.querySelector("[data-ruler]");
  if (!body || body.childElementCount || !frames()) return;
  const seconds = frames() / FPS;
  const step = seconds > 20 ? 5 : seconds > 8 ? 2 : 1;
  for (let at = 0; at < seconds - step * 0.4; at += step) {
    const mark = document.createElement("span");
    mark.textContent = `00:${String(at).padStart(2, "0")}`;
    mark.style.left = `${(100 * at) / seconds}%`;
    body.append(mark);
  }
}

async function wave() {
  const canvas = root.querySelector("[data-wave]");
  if (!canvas || !video?.src) return;
  const width = Math.max(1, canvas.clientWidth);
  canvas.width = width * devicePixelRatio;
  canvas.height = 30 * devicePixelRatio;
  const bytes = await (await fetch(video.src)).arrayBuffer();
  const sound = await new OfflineAudioContext(1, 1, 48000).decodeAudioData(bytes);
  const samples = sound.getChannelData(0);
  const pen = canvas.getContext("2d");
  pen.scale(devicePixelRatio, devicePixelRatio);
  pen.fillStyle = getComputedStyle(root).getPropertyValue("--proof");
  const bars = Math.floor(width / 3);
  for (let bar = 0; bar < bars; bar += 1) {
    const from = Math.floor((bar * samples.length) / bars);
    const to = Math.floor(((bar + 1) * samples.length) / bars);
    let top = 0;
    for (let at = from; at < to; at += 16) top = Math.max(top, Math.abs(samples[at]));
    const height = Math.max(1, top * 28);
    pen.fillRect(bar * 3, 15 - height / 2, 2, height);
  }
}

function attach() {
  const found = root.querySelector("[data-video-main]");
  if (found && found !== video) {
    const was = video ? video.currentTime : 0;
    video = found;
    if (was) video.addEventListener("loadedmetadata", () => { video.currentTime = Math.min(was, video.duration - 0.05); draw(); }, { once: true });
    video.addEventListener("play", () => { root.dataset.playing = "yes"; follow(); });
    video.addEventListener("pause", () => { delete root.dataset.playing; draw(); });
    video.addEventListener("seeked", draw);
    video.addEventListener("click", toggle);
  }
  ruler();
  draw();
  const key = `${video?.src}|${root.querySelector("[data-wave]") ? 1 : 0}`;
  const canvas = root.querySelector("[data-wave]");
  if (canvas && (key !== drawnFor || !canvas.dataset.drawn)) {
    drawnFor = key;
    canvas.dataset.drawn = "yes";
    wave().catch(() => canvas.closest(".lane").remove());
  }
}

function toggle() {
  if (!video) return;
  if (video.paused) video.play(); else video.pause();
}

root.addEventListener("click", (event) => {
  const hit = (name) => event.target.closest(`[${name}]`);
  if (hit("data-play")) toggle();
  const step = hit("data-step")?.dataset.step;
  if (step === "first") seek(0);
  else if (step === "last") seek(frames() / FPS);
  else if (step) { video?.pause(); seek((frameNow() + Number(step) + 0.5) / FPS); }
  if (hit("data-seek")) seek((Number(hit("data-seek").dataset.seek) + 0.5) / FPS);
  if (hit("data-seek-seconds")) seek(Number(hit("data-seek-seconds").dataset.seekSeconds));
  if (hit("data-mute") && video) {
    video.muted = !video.muted;
    root.toggleAttribute("data-muted", video.muted);
    hit("data-mute").setAttribute("aria-pressed", String(video.muted));
  }
});
document.addEventListener("keydown", (event) => {
  if (event.target.closest("input, textarea, select, dialog") || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "ArrowLeft" || event.key === "ArrowRight") {
    if (event.target.closest("[tabindex][role=region], .lineage")) return;
    event.preventDefault();
    video?.pause();
    seek((frameNow() + (event.key === "ArrowLeft" ? -1 : 1) * (event.shiftKey ? FPS : 1) + 0.5) / FPS);
  }
});
document.addEventListener("htmx:afterSettle", attach);
window.addEventListener("resize", draw);
attach();

// A page opened at a slot begins half a second into it, where its picture and caption stand.
const chosen = root.querySelector(".timeline [aria-current][data-seek]");
if (chosen && video) {
  const begin = () => seek((Number(chosen.dataset.seek) + 15) / FPS);
  if (video.readyState >= 1) begin(); else video.addEventListener("loadedmetadata", begin, { once: true });
}
