// The list of rooms: only its clocks move by themselves.
import "./clocks.js";
