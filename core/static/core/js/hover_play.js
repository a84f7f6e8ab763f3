// Cards play muted after 300 ms of pointing (or focus); on a touch screen a tap starts and stops them.
// The video is fetched only then: data-video holds its address.
const WAIT_MS = 300;
const waiting = new WeakMap();

function start(picture) {
  let video = picture.querySelector("video");
  if (!video) {
    video = document.createElement("video");
    Object.assign(video, { muted: true, loop: true, playsInline: true, preload: "auto", src: picture.dataset.video });
    video.setAttribute("aria-hidden", "true");
    video.tabIndex = -1;
    picture.append(video);
  }
  video.play().then(() => picture.classList.add("is-playing"), () => {});
}

function stop(picture) {
  clearTimeout(waiting.get(picture));
  picture.classList.remove("is-playing");
  const video = picture.querySelector("video");
  if (video) { video.pause(); video.currentTime = 0; }
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
