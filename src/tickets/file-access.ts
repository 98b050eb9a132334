import type { StoredAttachment } from "#files/index.ts"
import type { Kit } from "#kernel/kit.ts"
import { can, isLinkViewer, type Viewer } from "#people/index.ts"
import { messageScope } from "./merge/follow-merge.ts"
import { mayRead } from "./readable-messages.ts"
import { visibleAmong } from "./ticket-store.ts"

/** Before it is sent: who uploaded it. After: who reads the message; what belongs to a note, only staff. */
export async function mayReadFile(
  kit: Kit,
  who: Viewer,
  { ticketId, originTicketId, ...file }: StoredAttachment,
): Promise<boolean> {
  if (isLinkViewer(who)) return file.messageId !== null && mayRead(kit.db, who, file.messageId)
  if (ticketId === null || file.messageId === null) return file.uploadedBy === who.id
  if (!can.beStaff(who)) return mayRead(kit.db, who, file.messageId)
  const places = [ticketId, ...(originTicketId === null ? [] : [originTicketId])]
  const visible = await visibleAmong(kit.db, who, places)
  if (visible.has(ticketId)) return true
  // Its ticket was merged into one that they do not see: what came from theirs is theirs to read.
  if (originTicketId === null || !visible.has(originTicketId)) return false
  return (await messageScope(kit.db, who, originTicketId)).ticketId === ticketId
}
