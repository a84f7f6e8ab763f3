// htmx shows answers with 4xx and 5xx only where the page asks for them: these carry a form with its errors,
// or a file with why it was not taken (413 too large, 415 of the wrong kind).
const SHOWN = [413, 415, 422];
document.addEventListener("htmx:beforeSwap", (event) => {
  if (SHOWN.includes(event.detail.xhr.status)) {
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  }
});
