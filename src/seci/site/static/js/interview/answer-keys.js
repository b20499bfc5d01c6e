// Keys: a digit or a letter answers, Enter sends words.
import { on, showKeys } from "../single-keys.js";

const coarse = matchMedia("(pointer: coarse)");

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat) return;
  const form = document.getElementById("answer");
  if (!form) return;
  if (event.target.matches?.("#answer textarea")) {
    const send = form.querySelector("[data-enter]");
    if (event.key === "Enter" && !event.shiftKey && !coarse.matches && send) {
      event.preventDefault();
      send.click();
    } else if (event.key === "Escape") event.target.blur();
    return;
  }
  if (!on() || event.target.closest?.("input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable], dialog[open]")) return;
  const key = event.key.toLowerCase();
  if (key === "w") {
    const words = form.querySelector("textarea");
    words?.closest("details")?.setAttribute("open", "");
    if (words) { event.preventDefault(); words.focus(); }
    return;
  }
  const button = [...form.querySelectorAll("button[data-key]")].find((one) => one.dataset.key === key);
  if (button && !button.disabled) { event.preventDefault(); button.click(); }
});

// "Correct" or "Send" without a word: to the field instead of to the server.
document.addEventListener("click", (event) => {
  const button = event.target.closest?.("#answer button[data-needs-words]");
  const words = button?.form.querySelector("textarea");
  if (!words || words.value.trim()) return;
  event.preventDefault();
  event.stopPropagation();
  words.closest("details")?.setAttribute("open", "");
  words.focus();
  const help = document.querySelector("[data-kept]");
  if (help) help.textContent = "Write it here first, then send it.";
}, true);

showKeys();
