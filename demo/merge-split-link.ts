// What ties tickets together. Scenes name theirs (`as`), others refer to the name.
import { inTransaction } from "#kernel/act.ts"
import { linkByHand } from "#tickets/links/links.ts"
import { mergeTickets } from "#tickets/merge/merge-tickets.ts"
import { split } from "#tickets/merge/split-ticket.ts"
import { lockInOrder } from "#tickets/ticket-store.ts"
import type { ActOfKind, SceneProgress, SceneContext } from "./scene-context.ts"

export async function mergeSplitOrLink(
  stage: SceneContext,
  playing: SceneProgress,
  doing: ActOfKind<"merge" | "link" | "split">,
) {
  const actor = stage.shop.people[playing.scene.agent]
  const own = playing.ticketId
  const other = doing.does === "split" ? own : stage.named.get(doing.to)
  if (!own || !other) return
  await inTransaction(stage.kit.db, { actor, now: doing.at }, async (act) => {
    const locked = await lockInOrder(act, [own, other])
    const [ticket, target] = [locked.get(own)!, locked.get(other)!]
    if (doing.does === "merge") return mergeTickets(act, ticket, target)
    if (doing.does === "link") return linkByHand(act, ticket, target, doing.type)
    stage.made.tickets.add(await split(act, ticket, [playing.lastHeard!], doing.subject))
  })
}
