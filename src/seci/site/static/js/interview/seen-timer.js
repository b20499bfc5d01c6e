// How long the question was on the screen, in milliseconds: time in another tab or app does not count.
let from = document.hidden ? null : performance.now();

function keeper() {
  return document.querySelector("draft-keeper");
}

export function take() {
  const at = keeper();
  if (!at) return;
  if (from !== null) at.seen = (at.seen ?? 0) + performance.now() - from;
  from = document.hidden ? null : performance.now();
  const field = at.querySelector("[data-seen]");
  if (field) field.value = String(Math.round(at.seen ?? 0));
}

export function begin() {
  from = document.hidden ? null : performance.now();
}

document.addEventListener("visibilitychange", () => {
  if (document.hidden) {
    take();
    from = null;
    keeper()?.dispatchEvent(new Event("seen"));
  } else begin();
});
// Before htmx reads the form.
document.addEventListener("click", (event) => { if (event.target.closest?.("#answer button")) take(); }, true);
document.addEventListener("submit", (event) => { if (event.target.id === "answer") take(); }, true);
