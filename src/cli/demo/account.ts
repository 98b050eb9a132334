// A customer who signs in: opens tickets of their own, writes on them, and comes back to one long after it was closed.
import { inTransaction } from "#kernel/act.ts"
import { write } from "#replies/index.ts"
import { createSupport } from "#tickets/create-support.ts"
import { lockTicket } from "#tickets/index.ts"
import type { Doing, Playing, Stage } from "./play.ts"

export async function ask(
  { kit, shop, made }: Stage,
  playing: Playing,
  { at, subject, description, values }: Doing<"ask">,
) {
  const { id } = await inTransaction(kit.db, { actor: shop.carla, now: at }, (act) =>
    createSupport(act, shop.carla, { subject, description, customFields: values }),
  )
  made.tickets.add((playing.ticketId = id))
}

export async function writeOwn({ kit, shop, made }: Stage, playing: Playing, { at, text }: Doing<"write">) {
  const { id, ticketId } = await inTransaction(kit.db, { actor: shop.carla, now: at }, async (act) =>
    write(act, shop.carla, await lockTicket(act, playing.ticketId!), { content: text }),
  )
  made.messages.add(id)
  made.tickets.add((playing.ticketId = ticketId))
}
