// Clocks that run on the page: data-since holds the moment something began.
function clock(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  const parts = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60];
  return parts.map((part) => String(part).padStart(2, "0")).join(":");
}
function tick() {
  for (const each of document.querySelectorAll("[data-since]")) each.textContent = clock((Date.now() - Date.parse(each.dataset.since)) / 1000);
}
setInterval(tick, 1000);
document.addEventListener("htmx:afterSettle", tick);
document.addEventListener("htmx:oobAfterSwap", tick);
tick();
