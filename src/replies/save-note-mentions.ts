import type { Act } from "#kernel/act.ts"
import { type Mention, mentionedIn, saveMentions } from "#messages/index.ts"
import { can, colleagues, type Principal } from "#people/index.ts"
import { accessOf, type TicketRow } from "#tickets/index.ts"

/** Stores whom a note mentions. Only who may see the ticket is notified; the writer learns who is not. */
export async function saveNoteMentions(
  act: Act,
  ticket: TicketRow,
  messageId: string,
  text: string,
): Promise<Mention[]> {
  if (!text.includes("@")) return []
  const staff = await colleagues(act)
  const called = new Set(mentionedIn(text, staff))
  const mentions = staff
    .filter(({ id }) => called.has(id))
    .map(({ id, name, ...rest }) => ({
      id,
      name,
      notified: can.seeTicket({ id, ...rest } as Principal, accessOf(ticket)),
    }))
  await saveMentions(
    act,
    messageId,
    mentions.flatMap(({ id, notified }) => (notified ? [id] : [])),
  )
  return mentions
}
