// Whom the reply of a ticket goes to where somebody has changed that: like its text it stays in this browser until it is sent.
import { useState } from "react"
import { formDraftsOf } from "../../../lib/form-draft-storage.ts"
import { createSharedState } from "../../../lib/shared-state.ts"
import { useMe } from "../../../session/session-queries.ts"
import type { ReplyWindow } from "../reply-window.ts"
import { countRecipients, type Recipients, replyToAll } from "./recipients.ts"

const shared = createSharedState<Record<string, Recipients | null>>({})
const placeOf = (ref: string) => `recipients ${ref}`

export type ReplyRecipients = ReturnType<typeof useReplyRecipients>

/** `suggested`: by the server, where the reply leaves as a mail. */
export function useReplyRecipients(ref: string, suggested: ReplyWindow["mail"] | undefined) {
  const { id } = useMe()
  const now = shared.use()[ref]
  const [isUnfinished, setUnfinished] = useState(false)
  const chosen = now === undefined ? kept(id, ref) : now
  const recipients = suggested ? (chosen ?? replyToAll(suggested)) : null
  return {
    suggested,
    recipients,
    choose: (next: Recipients | null) => chooseRecipients(id, ref, next),
    setUnfinished,
    isReady: !recipients || (!isUnfinished && countRecipients(recipients) > 0),
  }
}

/** Null: as suggested. */
export function chooseRecipients(userId: string, ref: string, recipients: Recipients | null) {
  shared.set({ ...shared.get(), [ref]: recipients })
  const memory = formDraftsOf(userId)
  if (recipients) memory.write(placeOf(ref), JSON.stringify(recipients))
  else memory.erase(placeOf(ref))
}

function kept(userId: string, ref: string): Recipients | null {
  const text = formDraftsOf(userId).read(placeOf(ref))
  try {
    return text === null ? null : (JSON.parse(text) as Recipients)
  } catch {
    return null
  }
}
