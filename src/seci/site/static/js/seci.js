// The few things a page does by itself. Everything is readable and usable without them.
import "./theme-switch.js";
import "./find-box.js";
import "./key-sheet.js";
import "./sort-table.js";
import "./copy-text.js";

// What arrives later is announced where it asks for it (aria-live); what is current in the navigation is in view.
document.querySelector('.top nav [aria-current="page"]')?.scrollIntoView({ inline: "center", block: "nearest" });

// A form that goes by itself when a choice changes; without this there is its button.
document.addEventListener("change", (event) => {
  const form = event.target.closest?.("form[data-auto]");
  if (form && event.target.matches("select, input[type=checkbox], input[type=radio], input[type=date]")) form.requestSubmit();
});

// A grave act asks once more.
document.addEventListener("submit", (event) => {
  const question = event.submitter?.dataset.sure ?? event.target.dataset.sure;
  if (question && !window.confirm(question)) event.preventDefault();
});

// The one-time sign-in link goes on by itself; a preview that only looks at the page spends nothing.
document.querySelector("form[data-send]")?.requestSubmit();
