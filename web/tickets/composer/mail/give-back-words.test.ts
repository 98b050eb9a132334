import assert from "node:assert/strict"
import { test } from "node:test"
import { formDraftsOf } from "../../../lib/form-draft-storage.ts"
import { noteWriting } from "../../../macros/macro-dialog-and-insertion-state.ts"
import { draftPlace, giveBackWords } from "./give-back-words.ts"

const drafts = formDraftsOf("usr_1")

test("words given back are in the ticket's draft, before what was begun since, unless its reply is being written", () => {
  const place = draftPlace("TKT-00001", "reply")
  const give = (words: string, stored?: string) => giveBackWords("usr_1", "TKT-00001", words, stored)
  const leave = noteWriting("TKT-00001", "reply")
  give("at the cursor")
  assert.equal(drafts.read(place), null)
  leave()
  give("taken back", "begun")
  assert.equal(drafts.read(place), "taken back\n\nbegun")
  drafts.write(place, "")
  noteWriting("TKT-00001", "note")
  give("again", "sent long ago")
  assert.equal(drafts.read(place), "again")
})
