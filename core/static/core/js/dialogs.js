// Questions: a button with data-dialog opens the dialog of that id; the harmless answer has the focus.
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-dialog]");
  if (opener) {
    const dialog = document.getElementById(opener.dataset.dialog);
    dialog.showModal();
    (dialog.querySelector("[data-harmless]") || dialog).focus();
  }
  const closer = event.target.closest("[data-close]");
  if (closer) closer.closest("dialog").close();
});
