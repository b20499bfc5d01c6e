// <live-text>: the page as several people write it. Without this script there is the plain form.
import {
  Compartment, Doc, EditorState, EditorView, GFM, Language, UndoManager, bracketMatching, classHighlighter,
  defaultKeymap, defineLanguageFacet, drawSelection, highlightSpecialChars, keymap, languageDataProp, markdownParser,
  search, searchKeymap, syntaxHighlighting, yCollab, yUndoManagerKeymap,
} from "../../vendor/editor.min.js";
import { Line } from "./line.js";
import { chosen, itemAt, passages, placeOf, showPassages } from "./passages.js";
import { presence } from "./presence.js";

const data = defineLanguageFacet();
const markdown = new Language(data, markdownParser.configure([GFM, { props: [languageDataProp.add({ Document: data })] }]), [], "markdown");
const LISTEN_AGAIN = 15000;

customElements.define("live-text", class extends HTMLElement {
  connectedCallback() {
    this.doc = new Doc();
    this.text = this.doc.getText("text");
    this.writable = new Compartment();
    this.here = [];
    this.presence = presence(this.text, (place) => this.line.place(place));
    this.line = new Line(this.doc, this.dataset.line);
    this.line.addEventListener("told", ({ detail }) => this.told(detail));
    this.line.addEventListener("lost", ({ detail }) => this.lost(detail));
    this.line.addEventListener("synced", () => this.show());
    this.line.addEventListener("sent", () => { this.revision = null; this.state(); });
    addEventListener("beforeunload", (event) => { if (this.view && !this.line.allKept && this.mayWrite) event.preventDefault(); });
    this.tools();
  }

  /** The editor in the place of the text that came with the page, once the room's text is here. */
  show() {
    if (!this.view) {
      const undo = new UndoManager(this.text);
      this.view = new EditorView({
        state: EditorState.create({
          doc: this.text.toString(),
          extensions: [
            EditorView.cspNonce.of(document.querySelector("script[data-nonce]")?.nonce ?? ""),
            yCollab(this.text, null, { undoManager: undo }),
            keymap.of([...yUndoManagerKeymap, ...searchKeymap, ...defaultKeymap]),
            markdown, syntaxHighlighting(classHighlighter), bracketMatching(), drawSelection(), highlightSpecialChars(),
            search({ top: true }), EditorView.lineWrapping, passages, this.presence.extension,
            this.writable.of(EditorState.readOnly.of(!this.mayWrite)),
            EditorView.contentAttributes.of({ "aria-label": "Text of the page, in Markdown", spellcheck: "true" }),
            EditorView.updateListener.of((update) => { if (update.selectionSet || update.docChanged) this.offer(); }),
            EditorView.domEventHandlers({ click: (event, view) => this.goToRemark(view) }),
          ],
        }),
      });
      this.querySelector("[data-plain]")?.replaceWith(this.view.dom);
      this.remarks();
      if (location.hash) this.goToPassage(location.hash.slice(1));
    }
    this.presence.show(this.view, this.here);
    this.view.dispatch({ effects: this.writable.reconfigure(EditorState.readOnly.of(!this.mayWrite)) });
    this.state();
  }

  told(said) {
    switch (said.kind) {
      case "welcome":
        this.own = said.line;
        this.closed = said.closed;
        this.may = said.may_write;
        this.say(said.closed);
        break;
      case "present":
        this.here = said.people.filter(({ line }) => line !== this.own);
        this.chips(said.people);
        break;
      case "place":
        this.here = this.here.map((each) => (each.line === said.line ? { ...each, place: said.place } : each));
        break;
      case "saved":
        this.revision = `Saved as r${said.revision}`;
        this.say("");
        break;
      case "elsewhere":
        this.say(`r${said.revision} came from elsewhere; it is in the text now.`);
        break;
      case "closed":
        this.closed = said.sentence;
        this.say(said.sentence, true);
        break;
      case "reopened":
        this.closed = "";
        this.say(said.sentence);
        break;
      case "refused": case "trouble": case "unsaved": case "history":
        this.say(said.sentence, true);
        break;
    }
    if (this.view) this.show();
  }

  get mayWrite() { return this.may && !this.closed; }

  lost({ over, reason }) {
    this.here = [];
    this.chips([]);
    if (over) {
      this.may = false;
      if (reason) this.say(reason, true);
    }
    if (this.view) this.show();
    else this.state();
  }

  /** In one line: whether what is written here is safe. */
  state() {
    const place = document.querySelector("[data-live-state]");
    const { line } = this;
    const words = line.over ? "Closed" : !line.synced ? "Not connected; what you write stays on this page" : !line.allKept ? "Keeping …" : this.revision ?? "All kept";
    if (place && place.textContent !== words) place.textContent = words;
    place?.classList.toggle("not", !line.synced);
  }

  say(sentence, wrong = false) {
    const place = document.querySelector("[data-live-said]");
    if (!place) return;
    place.textContent = sentence;
    place.hidden = !sentence;
    place.classList.toggle("error", wrong);
  }

  chips(people) {
    const list = document.querySelector("[data-live-people]");
    const seen = new Map(people.map((each) => [`${each.name} ${each.color}`, each]));
    list?.replaceChildren(...[...seen.values()].map(({ name, color, writes }) => {
      const chip = document.createElement("li");
      chip.className = `live-chip live-color-${color}`;
      chip.textContent = writes ? name : `${name} (reads)`;
      return chip;
    }));
  }

  /** A chosen passage goes into the forms for remarks. */
  offer() {
    clearTimeout(this.offering);
    this.offering = setTimeout(() => {
      const passage = chosen(this.view);
      if (!passage) return;
      for (const form of document.querySelectorAll("form[data-passage]")) {
        if (form.contains(document.activeElement)) continue;
        for (const name of ["quote", "before", "after"]) form.elements[name].value = passage[name];
        const words = form.elements.text;
        if (form.dataset.passage === "suggest" && (!words.value || words.value === words.dataset.quote)) words.value = words.dataset.quote = passage.quote;
      }
    }, 200);
  }

  tools() {
    const list = document.getElementById("remarks");
    list?.addEventListener("htmx:afterSettle", () => this.remarks());
    document.addEventListener("htmx:afterRequest", ({ detail }) => {
      // What was said is in the list now; what was refused stays in its form.
      if (detail.elt.dataset?.passage && detail.successful && !list?.querySelector("[role=alert]")) {
        detail.elt.reset();
        detail.elt.closest("details").open = false;
      }
    });
    list?.addEventListener("click", (event) => {
      const link = event.target.closest?.("[data-go]");
      if (link && this.goToPassage(link.dataset.go)) event.preventDefault();
    });
    setInterval(() => {
      const busy = list?.contains(document.activeElement) && document.activeElement !== list;
      if (list && !busy && !document.hidden) list.dispatchEvent(new Event("listen"));
    }, LISTEN_AGAIN);
  }

  remarks() {
    const list = document.getElementById("remarks");
    if (this.view && list) showPassages(this.view, list);
  }

  goToPassage(id) {
    const place = this.view && placeOf(this.view, id);
    if (!place) return false;
    this.view.dispatch({ selection: place, effects: EditorView.scrollIntoView(place.anchor, { y: "center" }) });
    this.view.focus();
    return true;
  }

  goToRemark(view) {
    const item = document.getElementById(itemAt(view, view.state.selection.main.head));
    item?.scrollIntoView({ block: "nearest" });
    document.querySelector(".remark.current")?.classList.remove("current");
    item?.classList.add("current");
    return false;
  }
});
