// Reference cards play, muted, while they can be seen; not for those who asked for less motion.
const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
const watcher = new IntersectionObserver((entries) => {
  for (const { target, isIntersecting } of entries) {
    if (isIntersecting && !still) target.play().catch(() => {});
    else target.pause();
  }
}, { threshold: 0.4 });
document.querySelectorAll("video[data-plays]").forEach((video) => watcher.observe(video));

// One ad at a time has the room's ear.
const ads = [...document.querySelectorAll(".sheet-ad video")];
ads.forEach((video) => video.addEventListener("play", () => ads.filter((other) => other !== video).forEach((other) => other.pause())));
