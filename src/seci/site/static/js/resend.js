// What did not arrive is sent again by itself: when the browser says that there is a network, and (a network is not yet
// a server, and a server that starts anew says nothing) after 1, 2, 4 … at most 30 seconds.
const FIRST_PAUSE = 1000, LONGEST_PAUSE = 30000;

/** Whether an answer of this status (0: none came) means that nobody was there to refuse it. */
export const unreached = (status) => [0, 502, 503, 504].includes(status);

export class Resend {
  constructor(send) {
    this.send = send;
    this.pause = FIRST_PAUSE;
    addEventListener("online", () => { if (this.timer) this.now(); });
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.now(), this.pause * (0.75 + Math.random() / 2));
    this.pause = Math.min(this.pause * 2, LONGEST_PAUSE);
  }

  now() {
    this.wait();
    this.send();
  }

  /** Not by itself any more: it is on its way, or whoever answers thinks again. */
  wait() {
    clearTimeout(this.timer);
    this.timer = null;
  }

  arrived() {
    this.wait();
    this.pause = FIRST_PAUSE;
  }
}
