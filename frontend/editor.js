// What the pages use of CodeMirror, Yjs and their tie; one bundle, so that there is one copy of each.
export { Compartment, EditorSelection, EditorState, RangeSetBuilder, StateEffect, StateField } from "@codemirror/state";
export {
  Decoration, EditorView, ViewPlugin, WidgetType, drawSelection, highlightSpecialChars, keymap, placeholder,
} from "@codemirror/view";
export { Language, bracketMatching, defineLanguageFacet, languageDataProp, syntaxHighlighting } from "@codemirror/language";
export { defaultKeymap } from "@codemirror/commands";
export { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search";
export { classHighlighter } from "@lezer/highlight";
export { GFM, parser as markdownParser } from "@lezer/markdown";
export { yCollab, ySyncAnnotation, yUndoManagerKeymap } from "y-codemirror.next";
export {
  Doc, UndoManager, applyUpdate, createAbsolutePositionFromRelativePosition, createRelativePositionFromJSON,
  createRelativePositionFromTypeIndex, encodeStateAsUpdate, encodeStateVector,
} from "yjs";
