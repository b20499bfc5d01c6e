// The line to the room: what is typed here goes out, what others type comes in. Nothing typed is lost while this page
// is open: whatever the server has not said to have kept is sent again when the line is back.
import { applyUpdate, encodeStateAsUpdate, encodeStateVector } from "../../vendor/editor.min.js";

const HAVE = 0, WROTE = 1, APPLY = 0;
const FIRST_PAUSE = 400, LONGEST_PAUSE = 8000;
// As the server closes a line for good: 4001 another history, 4003 not welcome, 4004 the page is no more.
const FOR_GOOD = new Set([4001, 4003, 4004]);

export class Line extends EventTarget {
  constructor(doc, address) {
    super();
    Object.assign(this, { doc, address, history: "", ticket: 0, kept: 0, pause: FIRST_PAUSE, synced: false, over: false });
    doc.on("update", (update, origin) => { if (origin !== this) this.write(update); });
    addEventListener("online", () => this.open());
    this.open();
  }

  /** Whether all that was typed here is durable on the server. */
  get allKept() { return this.synced && this.kept === this.ticket; }

  open() {
    if (this.over || this.socket?.readyState <= WebSocket.OPEN) return;
    clearTimeout(this.again);
    const url = new URL(this.address, location.href);
    url.protocol = url.protocol.replace("http", "ws");
    if (this.history) url.searchParams.set("history", this.history);
    const socket = (this.socket = new WebSocket(url));
    socket.binaryType = "arraybuffer";
    socket.addEventListener("message", ({ data }) => (typeof data === "string" ? this.told(JSON.parse(data)) : this.came(new Uint8Array(data))));
    socket.addEventListener("close", ({ code, reason }) => this.lost(code, reason));
  }

  lost(code, reason) {
    this.synced = false;
    this.over = FOR_GOOD.has(code);
    this.dispatchEvent(new CustomEvent("lost", { detail: { code, reason, over: this.over } }));
    if (this.over) return;
    this.again = setTimeout(() => this.open(), this.pause * (0.5 + Math.random()));
    this.pause = Math.min(this.pause * 2, LONGEST_PAUSE);
  }

  told(said) {
    if (said.kind === "welcome") {
      this.history = said.history;
      this.pause = FIRST_PAUSE;
      this.ticket = this.kept = 0;
      this.send(HAVE, encodeStateVector(this.doc));
    } else if (said.kind === "kept") this.kept = Math.max(this.kept, said.ticket);
    this.dispatchEvent(new CustomEvent("told", { detail: said }));
  }

  came(frame) {
    const body = frame.subarray(1);
    if (frame[0] === APPLY) applyUpdate(this.doc, body, this);
    else {
      // The room says what it has: the rest is what was typed while the line was down.
      this.synced = true;
      const rest = encodeStateAsUpdate(this.doc, body);
      if (rest.length > 2) this.write(rest);
      this.dispatchEvent(new Event("synced"));
    }
  }

  write(update) {
    if (!this.synced) return;
    const number = new DataView(new ArrayBuffer(4));
    number.setUint32(0, ++this.ticket);
    this.send(WROTE, new Uint8Array(number.buffer), update);
    this.dispatchEvent(new Event("sent"));
  }

  place(place) { if (this.synced) this.socket.send(JSON.stringify({ place })); }

  send(kind, ...parts) {
    const frame = new Uint8Array(1 + parts.reduce((sum, part) => sum + part.length, 0));
    frame[0] = kind;
    let at = 1;
    for (const part of parts) { frame.set(part, at); at += part.length; }
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(frame);
  }
}
