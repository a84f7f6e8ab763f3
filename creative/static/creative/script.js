// The script editor: pointing at a bound fact lights it in the side list and back; keys of the line field.
const body = document.getElementById("script-body");

function light(id, on) {
  for (const row of document.querySelectorAll("[data-fact-row]")) if (row.dataset.factRow === id) row.classList.toggle("is-lit", on);
  for (const mark of document.querySelectorAll("[data-fact]")) if (mark.dataset.fact === id) mark.classList.toggle("is-lit", on);
}
const factOf = (event) => {
  const found = event.target.closest?.("[data-fact], [data-fact-row]");
  return found ? found.dataset.fact || found.dataset.factRow : null;
};
for (const [name, on] of [["pointerover", true], ["pointerout", false], ["focusin", true], ["focusout", false]]) {
  body.addEventListener(name, (event) => {
    const id = factOf(event);
    if (id) light(id, on);
  });
}
body.addEventListener("keydown", (event) => {
  const form = event.target.closest?.(".line-edit");
  if (!form) return;
  if (event.key === "Escape") form.querySelector("button[type=button]").click();
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey || !event.shiftKey) && !event.isComposing) {
    event.preventDefault();
    form.requestSubmit();
  }
});
body.addEventListener("dblclick", (event) => {
  if (event.target.closest(".line-text")) event.target.closest(".line").querySelector(".line-tools button").click();
});
