// The elements of an interview. Every question is a form and can be answered without any of them.
import "./draft-keeper.js";
import "./reveal-board.js";
import "./seen-timer.js";
import "./answer-keys.js";
import "./sending.js";
