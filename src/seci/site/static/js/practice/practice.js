// The elements of practice. Every case is a form and can be judged without them.
import "./commit-form.js";
import "./case-timer.js";
import { showKeys } from "../single-keys.js";
import "./practice-keys.js";

showKeys();
// After a commit: to what came of it, so that a screen reader begins there.
document.getElementById("told")?.focus({ preventScroll: true });
