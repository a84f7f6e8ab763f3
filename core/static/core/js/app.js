// What every page needs. Each module finds its own elements by data attribute and
// listens on the document, so that fragments swapped in later work without a second call.
import "./menus.js";
import "./undo.js";
import "./shortcuts.js";
import "./hover_play.js";
import "./live.js";
import "./dialogs.js";
import "./copy.js";
import "./conflicts.js";
