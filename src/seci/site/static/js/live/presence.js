// Where the others are: their cursors and selections, with their names, while they are here.
import {
  Decoration, StateEffect, StateField, ViewPlugin, WidgetType, createAbsolutePositionFromRelativePosition,
  createRelativePositionFromJSON, createRelativePositionFromTypeIndex, EditorView,
} from "../../vendor/editor.min.js";

const OFTEN = 80;
const setPeople = StateEffect.define();

const people = StateField.define({
  create: () => [],
  update: (value, transaction) => transaction.effects.findLast((effect) => effect.is(setPeople))?.value ?? value,
});

class Caret extends WidgetType {
  constructor(name, color) { super(); this.name = name; this.color = color; }
  eq(other) { return other.name === this.name && other.color === this.color; }
  toDOM() {
    const caret = document.createElement("span");
    caret.className = `live-caret live-color-${this.color}`;
    caret.setAttribute("aria-hidden", "true");
    const name = caret.appendChild(document.createElement("span"));
    name.className = "live-name";
    name.textContent = this.name;
    return caret;
  }
  ignoreEvent() { return true; }
  get estimatedHeight() { return -1; }
}

/** The extension, and `show` to tell it who is here. `send` is called with this page's own place. */
export function presence(text, send) {
  const at = (place) => createAbsolutePositionFromRelativePosition(createRelativePositionFromJSON(place), text.doc)?.index;
  const drawn = ViewPlugin.fromClass(
    class {
      constructor(view) { this.decorations = this.draw(view); this.view = view; this.last = ""; }
      update(update) {
        const told = update.transactions.some((each) => each.effects.some((effect) => effect.is(setPeople)));
        if (told || update.docChanged) this.decorations = this.draw(update.view);
        if (update.selectionSet || update.focusChanged || update.docChanged) this.soon();
      }
      soon() {
        this.timer ??= setTimeout(() => {
          this.timer = null;
          const { anchor, head } = this.view.state.selection.main;
          const place = this.view.hasFocus ? [anchor, head].map((each) => createRelativePositionFromTypeIndex(text, each)) : null;
          const said = JSON.stringify(place);
          if (said !== this.last) send(place);
          this.last = said;
        }, OFTEN);
      }
      draw({ state }) {
        const ranges = [];
        for (const { name, color, place } of state.field(people)) {
          const [anchor, head] = (place ?? []).map(at);
          const end = state.doc.length;
          if (anchor === undefined || head === undefined || Math.max(anchor, head) > end) continue;
          const [from, to] = anchor < head ? [anchor, head] : [head, anchor];
          if (from < to) ranges.push(Decoration.mark({ class: `live-selection live-color-${color}` }).range(from, to));
          ranges.push(Decoration.widget({ widget: new Caret(name, color), side: head > anchor ? -1 : 1 }).range(head));
        }
        return Decoration.set(ranges, true);
      }
      destroy() { clearTimeout(this.timer); }
    },
    { decorations: (plugin) => plugin.decorations },
  );
  return { extension: [people, drawn], show: (view, here) => view.dispatch({ effects: setPeople.of(here) }), EditorView };
}
