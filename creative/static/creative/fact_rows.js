// Rows of facts come and go, in the brief's form and in the product's.
document.addEventListener("click", (event) => {
  const remove = event.target.closest("[data-remove-row]");
  if (!remove) return;
  const row = remove.closest("[data-row]");
  const rows = row.parentElement;
  (row.nextElementSibling || row.previousElementSibling)?.querySelector("input")?.focus();
  row.remove();
  rows.dispatchEvent(new Event("input", { bubbles: true }));
});
document.addEventListener("htmx:configRequest", (event) => {
  if (event.target.id !== "add-fact") return;
  event.detail.parameters.number = event.target.dataset.next;
  event.target.dataset.next = String(Number(event.target.dataset.next) + 1);
});
document.addEventListener("htmx:afterSwap", (event) => {
  if (event.target.id === "fact-rows") event.target.lastElementChild?.querySelector('[name="fact-text"]')?.focus();
});
