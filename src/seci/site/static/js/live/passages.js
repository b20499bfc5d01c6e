// Passages that were commented on, shown in the text. The server says which words; here they are found, and then they
// move with what is typed.
import { Decoration, StateEffect, StateField, EditorView } from "../../vendor/editor.min.js";

const AROUND = 48;
const setPassages = StateEffect.define();

const marks = StateField.define({
  create: () => Decoration.none,
  update(value, transaction) {
    const fresh = transaction.effects.findLast((effect) => effect.is(setPassages));
    if (!fresh) return value.map(transaction.changes);
    const text = transaction.state.doc.toString();
    const found = fresh.value.map((each) => [each, find(text, each)]).filter(([, at]) => at >= 0 );
    return Decoration.set(
      found.map(([each, at]) => Decoration.mark({ class: `live-passage ${each.kind}`, id: each.id }).range(at, at + each.quote.length)),
      true,
    );
  },
  provide: (field) => EditorView.decorations.from(field),
});

/** Where the words stand whose surroundings are most alike; -1 where they do not stand. */
function find(text, { quote, before, after }) {
  let best = -1, most = -1;
  for (let at = quote ? text.indexOf(quote) : -1; at >= 0; at = text.indexOf(quote, at + 1)) {
    let alike = 0;
    while (alike < before.length && before.at(-1 - alike) === text[at - 1 - alike]) alike++;
    for (let n = 0; n < after.length && after[n] === text[at + quote.length + n]; n++) alike++;
    if (alike > most) [best, most] = [at, alike];
  }
  return best;
}

/** What is chosen in the editor, with the words around it; null where nothing is. */
export function chosen({ state }) {
  const { from, to } = state.selection.main;
  if (from === to) return null;
  const text = (start, end) => state.sliceDoc(Math.max(0, start), Math.min(end, state.doc.length));
  return { quote: text(from, to), before: text(from - AROUND, from), after: text(to, to + AROUND) };
}

/** Shows the passages that the list names. */
export function showPassages(view, list) {
  const items = [...list.querySelectorAll("[data-quote]")];
  view.dispatch({ effects: setPassages.of(items.map(({ id, dataset }) => ({ id, kind: dataset.kind, quote: dataset.quote, before: dataset.before, after: dataset.after }))) });
}

/** The place of the passage of a list item, to go there. */
export function placeOf(view, id) {
  for (let cursor = view.state.field(marks).iter(); cursor.value; cursor.next()) {
    if (cursor.value.spec.id === id) return { anchor: cursor.from, head: cursor.to };
  }
  return null;
}

/** The list item of the passage at a place; "" where there is none. */
export function itemAt(view, place) {
  for (let cursor = view.state.field(marks).iter(); cursor.value; cursor.next()) {
    if (cursor.from <= place && place <= cursor.to) return cursor.value.spec.id;
  }
  return "";
}

export const passages = marks;
