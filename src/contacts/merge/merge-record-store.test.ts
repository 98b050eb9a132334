import assert from "node:assert/strict"
import { test } from "node:test"
import type { ContactRow } from "../contact-store.ts"
import { withoutFilled } from "./merge-record-store.ts"

const withNote = (note: string) => ({ note, customFields: {} }) as ContactRow
const noteLeft = (joined: string, note: string) =>
  withoutFilled(withNote(joined), withNote(note), ["note"]).note ?? joined

test("undoing a merge takes the other's note out where it stands as a whole, and no words written since", () => {
  for (const [joined, left] of [
    ["VIP", ""],
    ["VIP\n\nPaga tarde", "Paga tarde"],
    ["Paga tarde\n\nVIP\n\nLlamar", "Paga tarde\n\nLlamar"],
    ["Paga tarde\n\nVIP", "Paga tarde"],
    ["Ya no es VIP", "Ya no es VIP"],
    ["VIP desde mayo\n\nLlamar", "VIP desde mayo\n\nLlamar"],
  ] as const)
    assert.equal(noteLeft(joined, "VIP"), left)
  assert.equal(noteLeft("Uno\n\nLlamar\n\nPaga\n\nDos", "Llamar\n\nPaga"), "Uno\n\nDos", "one of several blocks")
})
