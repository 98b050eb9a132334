// What staff do on a ticket.
import { type Act, inTransaction, system } from "#kernel/act.ts"
import { changeContact } from "#contacts/change-contact.ts"
import { findOrCreateContact } from "#contacts/index.ts"
import { applyMacro } from "#macros/apply-macro.ts"
import { saveDraft, setDelivery } from "#messages/index.ts"
import { writeReply } from "#replies/index.ts"
import { claimSends, releaseSends } from "#outbox/send-store.ts"
import { settleOutcome } from "#outbox/settle-send.ts"
import type { SendOutcome } from "#channels/index.ts"
import { assign, transition, lockTicket, snooze, type TicketRow } from "#tickets/index.ts"
import { openSupportTicket } from "#tickets/creation/open-support-ticket.ts"
import { markRead } from "#tickets/mark-read.ts"
import { updateFields } from "#tickets/fields/update-ticket-fields.ts"
import type { ActOfKind, SceneProgress, SceneContext } from "./scene-context.ts"
import type { Scene, SceneAct } from "./scenes/scene.ts"
import { gaveUpOutcome } from "./scenes/whatsapp-scenes.ts"

export async function openTicket(stage: SceneContext, playing: SceneProgress, doing: ActOfKind<"open">) {
  const { at, subject, description, channel, priority = "medium" } = doing
  const who = stage.shop.people[playing.scene.agent]
  const teamId = stage.shop.teams.support
  const { name, phone } = playing.scene.customer
  const ticket = await inTransaction(stage.kit.db, { actor: who, now: at }, async (act) => {
    const { contactId, identityIds } = await findOrCreateContact(act, who, { name, phone })
    return openSupportTicket(act, {
      subject,
      description,
      channel,
      priority,
      teamId,
      contactId,
      requesterIdentityId: identityIds[0] ?? null,
    })
  })
  stage.made.tickets.add((playing.ticketId = ticket.id))
}

type Elsewhere =
  | "say"
  | "late"
  | "advertise"
  | "mail"
  | "bounce"
  | "quarantine"
  | "notify"
  | "open"
  | "ask"
  | "write"
  | "score"
  | "merge"
  | "link"
  | "split"
type Work = Exclude<SceneAct, { does: Elsewhere }>

export async function performStaffAct(stage: SceneContext, { scene, ticketId }: SceneProgress, doing: Work) {
  if (ticketId === null) return
  const who = stage.shop.people[scene.agent]
  await inTransaction(stage.kit.db, { actor: who, now: doing.at }, async (act) => {
    const ticket = await lockTicket(act, ticketId)
    switch (doing.does) {
      case "answer":
        return answer(stage, act, scene, ticket, doing)
      case "note":
        stage.made.messages.add((await writeReply(act, who, ticket, { content: doing.text, isInternal: true })).id)
        return
      case "draft":
        return saveDraft(act, who.id, ticket.id, "reply", doing.text)
      case "take":
        return take(stage, act, scene, ticket, doing)
      case "close":
        await markRead(act, ticket)
        await transition(act, ticket, { to: "closed" })
        return
      case "snooze":
        return snooze(act, ticket, new Date(doing.at.getTime() + doing.hours * 3_600_000))
      case "tier":
        await changeContact(act, stage.shop.people.alma, ticket.contactId!, { tier: doing.tier })
        return
      case "apply":
        return apply(stage, act, scene, ticket, doing)
      case "resolve":
        await transition(act, ticket, { to: "resolved", ...(doing.resolution && { resolution: doing.resolution }) })
        return
      default:
        await transition(act, ticket, {
          to: ({ reopen: "open", wait: "pending", start: "in_progress" } as const)[doing.does],
        })
    }
  })
}

/** A mail waits for ten seconds, in which it may be taken back. */
const leavesAfterMs = ({ connection }: Scene) => (connection === "mail" ? 11_000 : 1_500)

/** A reply and what became of it are one transaction, so that no server sends what is a story of the past. */
async function answer(
  stage: SceneContext,
  act: Act,
  scene: Scene,
  ticket: TicketRow,
  { text, fails }: ActOfKind<"answer">,
) {
  const message = await writeReply(act, stage.shop.people[scene.agent], ticket, { content: text })
  stage.made.messages.add(message.id)
  if (message.delivery.state !== "queued" || ticket.connectionId === null) return
  const later = { ...act, actor: system, now: new Date(act.now.getTime() + leavesAfterMs(scene)) }
  const [claim] = await claimSends(later, ticket.connectionId, undefined, 1)
  const isWhatsApp = scene.connection === "whatsapp"
  const arrived = scene.connection === "chat" ? "delivered" : "sent"
  const failed: SendOutcome = isWhatsApp ? gaveUpOutcome : { state: "rejected", why: "http_410" }
  const ticks = () => (isWhatsApp && !fails ? setDelivery(later, message.id, "read") : undefined)
  // A server that looks at this very moment holds the outbox; it finds the message gone already and lets it be.
  if (claim?.messageId !== message.id) {
    if (claim) await releaseSends(later, [claim.messageId], "queued")
    await setDelivery(later, message.id, fails ? "failed" : arrived, fails && "why" in failed ? failed.why : null)
  } else await settleOutcome(later, claim, fails ? failed : { state: arrived })
  await ticks()
}

/** The macro, and its reply sent as it is filled in. */
async function apply(
  stage: SceneContext,
  act: Act,
  scene: Scene,
  ticket: TicketRow,
  { at, macro }: ActOfKind<"apply">,
) {
  const { id: macroId } = await act.tx
    .selectFrom("macros")
    .select("id")
    .where("name", "=", macro)
    .executeTakeFirstOrThrow()
  const { reply } = await applyMacro(act, stage.shop.people[scene.agent], ticket, { macroId })
  if (reply)
    await answer(stage, act, scene, await lockTicket(act, ticket.id), { at, does: "answer", text: reply.content })
}

async function take(
  stage: SceneContext,
  act: Act,
  scene: Scene,
  ticket: TicketRow,
  { category, priority, tags, values }: ActOfKind<"take">,
) {
  await markRead(act, ticket)
  await updateFields(act, ticket, {
    categoryIds: category && [stage.shop.categories[category]],
    priority,
    tags,
    customFields: values,
  })
  const now = await lockTicket(act, ticket.id)
  const agentId = stage.shop.people[scene.agent].id
  if (now.active && now.assigneeId !== agentId) await assign(act, now, { agentId, override: "takes over" })
}
