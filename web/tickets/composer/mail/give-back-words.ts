// The words of a mail that did not leave after all go back to where its reply is written.
import { formDraftsOf } from "../../../lib/form-draft-storage.ts"
import { createSharedState } from "../../../lib/shared-state.ts"
import { isWrittenOn, queueInsertion } from "../../../macros/macro-dialog-and-insertion-state.ts"
import type { Mode } from "../../messages/reply-or-note-mode.ts"

/** Where a draft is kept in this browser. */
export const draftPlace = (ref: string, mode: Mode) => `draft ${ref} ${mode}`

const times = createSharedState<Record<string, number>>({})

/** How often words came into a draft while it was not written: what was typed in it before is older. */
export const useTimesGivenBack = (place: string) => times.use()[place] ?? 0

/** Where the cursor is; while no reply is written there, before what its draft says. `stored`: the draft that the server has. */
export function giveBackWords(userId: string, ref: string, words: string, stored: string | undefined) {
  if (isWrittenOn(ref, "reply")) return void queueInsertion(ref, words, false)
  const place = draftPlace(ref, "reply")
  const drafts = formDraftsOf(userId)
  const begun = drafts.read(place) ?? stored ?? ""
  drafts.write(place, begun === "" ? words : `${words}\n\n${begun}`)
  times.set({ ...times.get(), [place]: (times.get()[place] ?? 0) + 1 })
}
