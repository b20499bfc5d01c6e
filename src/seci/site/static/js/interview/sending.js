// The answer on its way: said to be saved only when the server says so; when it did not arrive, it is kept and sent
// again. Answers carry the number of their question, so that sending twice counts once.
import { begin } from "./seen-timer.js";
import { Resend, unreached } from "../resend.js";
import { showKeys } from "../single-keys.js";

const SENTENCES = {
  0: "Not sent: the server cannot be reached. What you said is kept on this device, and sent by itself as soon as the server answers.",
  401: "You are signed out. What you said is kept on this device: sign in again in another tab, then send it again.",
  403: "This account may not answer here. What you said is kept on this device.",
  404: "This interview is not there any more. What you said is kept on this device.",
  500: "The server stumbled. What you said is kept on this device; send it again.",
};
let last = null;
let byItself = false;
const resend = new Resend(() => { byItself = true; again(); byItself = false; });

const saved = () => document.querySelector("#interview-status [data-saved]");
const answering = (event) => event.detail?.elt?.id === "answer";

function say(words, wrong = false) {
  const place = saved();
  if (!place) return;
  place.textContent = words;
  place.classList.toggle("not", wrong);
}

function failed(sentence, { again = true, current = false } = {}) {
  const note = document.querySelector(".unsent");
  document.getElementById("answer")?.removeAttribute("aria-busy");
  say("not sent", true);
  if (!note) return;
  const place = note.querySelector("[data-unsent]");
  if (place.textContent !== sentence) place.textContent = sentence;
  note.querySelector("[data-again]").hidden = !again;
  note.querySelector("[data-current]").hidden = !current;
  note.hidden = false;
}

function again() {
  const form = document.getElementById("answer");
  if (!form || !last) return;
  const button = [...form.querySelectorAll("button")].find((one) => one.name === last.name && one.value === last.value);
  button?.click();
}

document.addEventListener("htmx:beforeRequest", (event) => {
  if (!answering(event)) return;
  resend.wait();
  // Sent again by itself, the sentence stays: it would flicker, and be read out each time.
  if (!byItself) document.querySelector(".unsent")?.setAttribute("hidden", "");
  event.detail.elt.setAttribute("aria-busy", "true");
  say("sending …");
});
document.addEventListener("click", (event) => {
  const button = event.target.closest?.("#answer button");
  if (button) last = { name: button.name, value: button.value };
  if (event.target.closest?.("[data-again]")) again();
}, true);
function unheard(event) {
  if (!answering(event)) return;
  failed(SENTENCES[0]);
  resend.later();
}

document.addEventListener("input", (event) => { if (event.target.closest?.("#answer")) resend.wait(); });
document.addEventListener("htmx:sendError", unheard);
document.addEventListener("htmx:timeout", unheard);
document.addEventListener("htmx:responseError", (event) => {
  if (!answering(event)) return;
  if (unreached(event.detail.xhr.status)) return unheard(event);
  const { status, responseText } = event.detail.xhr;
  const plain = event.detail.xhr.getResponseHeader("Content-Type")?.startsWith("text/plain");
  const sentence = plain && responseText ? responseText : SENTENCES[status] ?? SENTENCES[status >= 500 ? 500 : 404];
  failed(sentence, { again: status !== 409 && status !== 404, current: status === 409 });
});

// The answer is stored, and the next question is in its place.
document.addEventListener("htmx:beforeSwap", (event) => {
  if (!answering(event) || event.detail.xhr.status !== 200) return;
  resend.arrived();
  document.querySelector("draft-keeper")?.dispatchEvent(new Event("stored"));
});
document.addEventListener("htmx:afterSettle", (event) => {
  if (event.target.id !== "interview" && !event.target.querySelector?.("#ask")) return;
  last = null;
  begin();
  showKeys();
  const keeper = document.querySelector("draft-keeper");
  if (keeper) try { localStorage.setItem(`interview-at:${keeper.dataset.interview}`, keeper.dataset.number); } catch { /* one tab is enough */ }
  scrollTo({ top: 0 });
  const words = keeper?.querySelector("#answer textarea[data-first]");
  const typing = matchMedia("(pointer: fine)").matches;
  (typing && words ? words : document.getElementById("ask"))?.focus({ preventScroll: true });
});
document.addEventListener("elsewhere", () => {
  failed("This interview went on in another tab. What you wrote here is still in its field.", { again: false, current: true });
});
