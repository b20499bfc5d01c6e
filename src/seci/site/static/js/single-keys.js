// Whether single keys answer. Who speaks to the computer can turn them off, for interviews and practice at once.
const SWITCH = "interview-keys";
export const on = () => { try { return localStorage.getItem(SWITCH) !== "off"; } catch { return true; } };

export function showKeys() {
  const sheet = document.querySelector(".talk-keys");
  const box = sheet?.querySelector("[data-keys-on]");
  if (!box) return;
  sheet.hidden = false;
  box.checked = on();
  box.addEventListener("change", () => {
    try { localStorage.setItem(SWITCH, box.checked ? "on" : "off"); } catch { /* holds until the page is left */ }
  });
}
