// A customer who signs in: opens tickets of their own, writes on them, and comes back to one long after it was closed.
import { inTransaction } from "#kernel/act.ts"
import { writeReply } from "#replies/index.ts"
import { createSupport } from "#tickets/creation/create-ticket-from-request.ts"
import { lockTicket } from "#tickets/index.ts"
import type { ActOfKind, SceneProgress, SceneContext } from "./scene-context.ts"

export async function openOwnTicket(
  { kit, shop, made }: SceneContext,
  playing: SceneProgress,
  { at, subject, description, values }: ActOfKind<"ask">,
) {
  const { id } = await inTransaction(kit.db, { actor: shop.carla, now: at }, (act) =>
    createSupport(act, shop.carla, { subject, description, customFields: values }),
  )
  made.tickets.add((playing.ticketId = id))
}

export async function writeOnOwnTicket(
  { kit, shop, made }: SceneContext,
  playing: SceneProgress,
  { at, text }: ActOfKind<"write">,
) {
  const { id, ticketId } = await inTransaction(kit.db, { actor: shop.carla, now: at }, async (act) =>
    writeReply(act, shop.carla, await lockTicket(act, playing.ticketId!), { content: text }),
  )
  made.messages.add(id)
  made.tickets.add((playing.ticketId = ticketId))
}
