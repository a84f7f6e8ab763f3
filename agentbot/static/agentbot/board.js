// Cards can be dragged into another column; the menu on each card does the same for keys and phones.
let dragged = null;

document.addEventListener("dragstart", (event) => {
  dragged = event.target.closest?.("[data-move]");
  if (!dragged) return;
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", dragged.id);
  dragged.classList.add("is-dragged");
  // News of others must not swap the card away under the hand that holds it.
  dragged.dataset.editing = "";
});
document.addEventListener("dragend", () => {
  dragged?.classList.remove("is-dragged");
  delete dragged?.dataset.editing;
  document.querySelectorAll(".column.is-over").forEach((each) => each.classList.remove("is-over"));
  dragged = null;
});
document.addEventListener("dragover", (event) => {
  const column = dragged && event.target.closest?.("[data-stage]");
  document.querySelectorAll(".column.is-over").forEach((each) => each !== column && each.classList.remove("is-over"));
  if (!column) return;
  event.preventDefault();
  column.classList.add("is-over");
});
document.addEventListener("drop", (event) => {
  const column = dragged && event.target.closest?.("[data-stage]");
  if (!column || column.contains(dragged)) return;
  event.preventDefault();
  htmx.ajax("POST", dragged.dataset.move.replace("STAGE", column.dataset.stage), { target: "#board-body", swap: "innerHTML", headers: JSON.parse(document.body.getAttribute("hx-headers")) });
});
