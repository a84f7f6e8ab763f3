// Cards play muted after 300 ms of pointing (or focus); on a touch screen a tap starts and stops them.
// The video is fetched only then: data-video holds its address.
const WAIT_MS = 300;
const waiting = new WeakMap();

// A shot is a stretch of its file: playing stays between data-from and data-to (seconds).
function loopInside(video, from, to) {
  if (!to) return;
  video.loop = false;
  video.addEventListener("loadedmetadata", () => { video.currentTime = from; });
  video.addEventListener("timeupdate", () => { if (video.currentTime >= to - 0.05) video.currentTime = from; });
  video.addEventListener("ended", () => { video.currentTime = from; video.play(); });
}

function start(picture) {
  let video = picture.querySelector("video");
  if (!video) {
    video = document.createElement("video");
    Object.assign(video, { muted: true, loop: true, playsInline: true, preload: "auto", src: picture.dataset.video });
    video.setAttribute("aria-hidden", "true");
    video.tabIndex = -1;
    picture.append(video);
    loopInside(video, Number(picture.dataset.from || 0), Number(picture.dataset.to || 0));
  }
  video.play().then(() => picture.classList.add("is-playing"), () => {});
}

function stop(picture) {
  clearTimeout(waiting.get(picture));
  picture.classList.remove("is-playing");
  const video = picture.querySelector("video");
  if (video) { video.pause(); video.currentTime = Number(picture.dataset.from || 0); }
}

function soon(picture) {
  clearTimeout(waiting.get(picture));
  waiting.set(picture, setTimeout(() => start(picture), WAIT_MS));
}

const pictureOf = (event) => event.target.closest?.("[data-video]");
document.addEventListener("pointerover", (event) => {
  const picture = pictureOf(event);
  if (picture && event.pointerType === "mouse" && !picture.contains(event.relatedTarget)) soon(picture);
});
document.addEventListener("pointerout", (event) => {
  const picture = pictureOf(event);
  if (picture && event.pointerType === "mouse" && !picture.contains(event.relatedTarget)) stop(picture);
});
document.addEventListener("focusin", (event) => { const picture = pictureOf(event); if (picture && event.target.matches(":focus-visible")) soon(picture); });
document.addEventListener("focusout", (event) => { const picture = pictureOf(event); if (picture) stop(picture); });
document.addEventListener("click", (event) => {
  const picture = pictureOf(event);
  if (!picture || picture.tagName === "A" && !matchMedia("(hover: none)").matches) return;
  if (picture.tagName === "A" && picture.classList.contains("is-playing")) return;
  event.preventDefault();
  picture.classList.contains("is-playing") ? stop(picture) : start(picture);
});
