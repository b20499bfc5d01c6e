// Keys: a digit chooses in the group at hand, then the next group has it.
import { on } from "../single-keys.js";

function groups(form) {
  return [...form.querySelectorAll("[data-step]")];
}

// The group that holds the focus, else the first one without an answer.
function at(form) {
  const all = groups(form);
  return all.find((one) => one.contains(document.activeElement))
    ?? all.find((one) => one.matches("fieldset") && !one.querySelector("input:checked")) ?? all.at(-1);
}

function on_from(form, group) {
  const next = groups(form)[groups(form).indexOf(group) + 1];
  (next?.matches("fieldset") ? next.querySelector("input:checked") ?? next.querySelector("input") : next)?.focus();
}

document.addEventListener("keydown", (event) => {
  const form = document.getElementById("commit");
  if (!form || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat) return;
  if (document.querySelector("dialog[open]")) return;
  const typing = event.target.closest?.("input:not([type=radio], [type=checkbox]), textarea, select, summary, a, button");
  if (event.key === "Enter" && !event.shiftKey && event.target.matches?.("textarea") && form.contains(event.target)) {
    event.preventDefault();
    form.requestSubmit();
  }
  if (event.key === "Enter" && event.target.matches?.("#commit input[type=radio]")) {
    event.preventDefault();
    form.requestSubmit();
  }
  if (!on() || typing || !/^[1-9]$/.test(event.key)) return;
  const group = at(form);
  const choice = group?.matches("fieldset") ? group.querySelectorAll("input[type=radio]")[Number(event.key) - 1] : null;
  if (!choice) return;
  event.preventDefault();
  choice.checked = true;
  choice.dispatchEvent(new Event("input", { bubbles: true }));
  on_from(form, group);
});
