// Whom the reply of a ticket goes to where somebody has changed that: like its text it stays in this browser until it is sent.
import { useMemo, useState } from "react"
import { formDraftsOf } from "../../../lib/form-draft-storage.ts"
import { createSharedState } from "../../../lib/shared-state.ts"
import { useMe } from "../../../session/session-queries.ts"
import type { ReplyWindow } from "../reply-window.ts"
import { basisOf, canBeSent, type ChosenRecipients, type Recipients, recipientsFor, type Role } from "./recipients.ts"

const shared = createSharedState<Record<string, ChosenRecipients | null>>({})
const placeOf = (ref: string) => `recipients ${ref}`

export type ReplyRecipients = ReturnType<typeof useReplyRecipients>

/** `suggested`: by the server, where the reply leaves as a mail. */
export function useReplyRecipients(ref: string, suggested: ReplyWindow["mail"] | undefined) {
  const { id } = useMe()
  const now = shared.use()[ref]
  const [unfinished, setUnfinished] = useState<ReadonlySet<Role>>(new Set())
  const isMail = Boolean(suggested)
  const stored = useMemo(() => (isMail ? kept(id, ref) : null), [isMail, id, ref])
  const recipients = suggested ? recipientsFor(suggested, now === undefined ? stored : now) : null
  return {
    suggested,
    recipients,
    choose: (next: Recipients | null) =>
      keep(id, ref, next && { recipients: next, basis: suggested ? basisOf(suggested) : null }),
    /** Something stands in a line that is no address yet. */
    setUnfinished: (role: Role, isUnfinished: boolean) => setUnfinished((lines) => withLine(lines, role, isUnfinished)),
    isReady: !recipients || (unfinished.size === 0 && canBeSent(recipients)),
  }
}

/** Those of a mail that did not leave after all. */
export const giveBackRecipients = (userId: string, ref: string, recipients: Recipients) =>
  keep(userId, ref, { recipients, basis: null })

/** Null: as suggested. */
function keep(userId: string, ref: string, chosen: ChosenRecipients | null) {
  shared.set({ ...shared.get(), [ref]: chosen })
  const memory = formDraftsOf(userId)
  if (chosen) memory.write(placeOf(ref), JSON.stringify(chosen))
  else memory.erase(placeOf(ref))
}

function kept(userId: string, ref: string): ChosenRecipients | null {
  const text = formDraftsOf(userId).read(placeOf(ref))
  try {
    return text === null ? null : (JSON.parse(text) as ChosenRecipients)
  } catch {
    return null
  }
}

function withLine(lines: ReadonlySet<Role>, role: Role, isIn: boolean): ReadonlySet<Role> {
  if (lines.has(role) === isIn) return lines
  return isIn ? new Set([...lines, role]) : new Set([...lines].filter((one) => one !== role))
}
