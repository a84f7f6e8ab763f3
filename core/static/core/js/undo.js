// The ink bar: eight seconds, counted aloud on the bar, held while someone points at it or is in it.
const SECONDS = 8;
const place = document.getElementById("undo-place");

function begin(bar) {
  if (bar.dataset.begun) return;
  bar.dataset.begun = "yes";
  let left = SECONDS;
  const figure = bar.querySelector(".seconds");
  const timer = setInterval(() => {
    if (!bar.isConnected) return clearInterval(timer);
    if (bar.matches(":hover, :focus-within")) return;
    left -= 1;
    if (figure) figure.textContent = String(left);
    if (left <= 0) {
      clearInterval(timer);
      bar.remove();
    }
  }, 1000);
}

function beginAll() {
  place?.querySelectorAll("[data-undo]").forEach(begin);
}

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-dismiss]")) event.target.closest("[data-undo]")?.remove();
});
document.addEventListener("htmx:afterRequest", (event) => {
  if (event.target.matches?.("[data-undo-button]") && event.detail.successful) event.target.closest("[data-undo]")?.remove();
});
document.addEventListener("keydown", (event) => {
  const isUndo = event.key.toLowerCase() === "z" && (event.ctrlKey || event.metaKey) && !event.shiftKey;
  if (!isUndo || event.target.closest("input, textarea, [contenteditable]")) return;
  const button = place?.querySelector("[data-undo]:last-of-type [data-undo-button]") || document.querySelector("[data-undo-key]");
  if (button) {
    event.preventDefault();
    button.click();
  }
});
if (place) new MutationObserver(beginAll).observe(place, { childList: true, subtree: true });
beginAll();
