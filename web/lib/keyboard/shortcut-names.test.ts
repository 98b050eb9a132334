import assert from "node:assert/strict"
import { test } from "node:test"
import { restsInFields, shortcutNames, walks } from "./shortcut-names.ts"

const none = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, altGraph: false }
const altGrOnWindows = { ctrlKey: true, altKey: true, altGraph: true }

// Layout, key press, and the name that finds its shortcut.
const presses: [string, Partial<typeof none> & { key: string; code: string }, string][] = [
  ["a letter", { key: "j", code: "KeyJ" }, "KeyJ"],
  ["a letter with caps lock", { key: "J", code: "KeyJ" }, "KeyJ"],
  ["Shift and a letter", { key: "E", code: "KeyE", shiftKey: true }, "Shift+KeyE"],
  ["? on a US keyboard", { key: "?", code: "Slash", shiftKey: true }, "?"],
  ["? on a Spanish keyboard", { key: "?", code: "Minus", shiftKey: true }, "?"],
  ["/ on a US keyboard", { key: "/", code: "Slash" }, "/"],
  ["/ on a Spanish keyboard", { key: "/", code: "Digit7", shiftKey: true }, "/"],
  ["] on a US keyboard", { key: "]", code: "BracketRight" }, "]"],
  ["] on a Latin American keyboard", { key: "]", code: "Backslash", shiftKey: true }, "]"],
  ["] on a keyboard of Spain, Windows", { key: "]", code: "BracketRight", ...altGrOnWindows }, "]"],
  ["] on a keyboard of Spain, Linux", { key: "]", code: "BracketRight", altGraph: true }, "]"],
  ["] on a keyboard of Spain, Mac", { key: "]", code: "BracketRight", altKey: true }, "]"],
  ["Alt and a letter on a Mac", { key: "∆", code: "KeyJ", altKey: true }, "Alt+KeyJ"],
  ["Ctrl and a letter", { key: "k", code: "KeyK", ctrlKey: true }, "Ctrl+KeyK"],
  ["⌘ and a letter", { key: "z", code: "KeyZ", metaKey: true }, "Ctrl+KeyZ"],
  ["Ctrl, Shift and a dot", { key: ":", code: "Period", ctrlKey: true, shiftKey: true }, "Ctrl+Shift+Period"],
]

for (const [what, press, name] of presses)
  test(`the shortcut of ${what} is found as ${name}`, () => {
    const names = shortcutNames({ ...none, ...press })
    assert.ok(names.includes(name), names.join())
  })

test("a letter or sign that AltGr writes is no shortcut of Ctrl and Alt", () => {
  assert.deepEqual(shortcutNames({ ...none, key: "€", code: "KeyE", ...altGrOnWindows }), ["€"])
  assert.deepEqual(shortcutNames({ ...none, key: "ó", code: "KeyO", ...altGrOnWindows }), [])
})

test("single keys and undo rest in fields, other keys with Ctrl or Alt do not", () => {
  const names = ["KeyE", "Shift+KeyE", "?", "Ctrl+KeyZ", "Ctrl+KeyK", "Alt+KeyJ", "Ctrl+Shift+KeyZ"]
  assert.deepEqual(names.filter(restsInFields), ["KeyE", "Shift+KeyE", "?", "Ctrl+KeyZ"])
})

test("a held key walks on along the list, and does nothing else again", () => {
  const names = ["KeyJ", "Alt+KeyK", "KeyE", "Shift+KeyX", "Ctrl+KeyZ", "Ctrl+KeyK", "]", "Escape"]
  assert.deepEqual(names.filter(walks), ["KeyJ", "Alt+KeyK"])
})
