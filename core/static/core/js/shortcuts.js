// Single-letter keys: data-shortcut names the key. They rest while someone types and can be switched off.
const isTyping = (target) => target.closest("input, textarea, select, [contenteditable]");

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  if (event.key === " " && event.target.closest("button, a, summary, video")) return;
  if (/^[a-z]$/i.test(event.key) && document.body.dataset.letterKeys === "off") return;
  const owner = document.querySelector(`[data-shortcut="${CSS.escape(event.key.toLowerCase())}"]`);
  if (!owner) return;
  event.preventDefault();
  if (owner.matches("input, textarea, select")) owner.focus();
  else owner.click();
});

// Arrow keys walk through the hits of the search; Escape closes them.
const search = document.getElementById("search");
const hits = document.getElementById("search-hits");
document.addEventListener("keydown", (event) => {
  if (!search || !event.target.closest(".search")) return;
  const links = [...hits.querySelectorAll("a")];
  const at = links.indexOf(document.activeElement);
  if (event.key === "ArrowDown" && links.length) { event.preventDefault(); links[Math.min(at + 1, links.length - 1)].focus(); }
  if (event.key === "ArrowUp" && links.length) { event.preventDefault(); at > 0 ? links[at - 1].focus() : search.focus(); }
  if (event.key === "Enter" && event.target === search && links.length) { event.preventDefault(); links[0].click(); }
  if (event.key === "Escape") { hits.replaceChildren(); search.value = ""; search.blur(); }
});
document.addEventListener("click", (event) => {
  if (hits && !event.target.closest(".search")) hits.replaceChildren();
});
