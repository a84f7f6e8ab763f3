// The product's page: rows of facts, and colours that are picked or typed; either shows in the other.
import "./fact_rows.js";

const HEX = /^#[0-9a-f]{6}$/i;

document.addEventListener("input", (event) => {
  const picker = event.target.dataset?.colourFor;
  if (picker) document.getElementById(picker).value = event.target.value.toUpperCase();
  else if (event.target.closest("[data-colours]") && HEX.test(event.target.value)) {
    document.querySelector(`[data-colour-for="${event.target.name}"]`).value = event.target.value;
  }
}, true);
document.getElementById("problems")?.focus();
