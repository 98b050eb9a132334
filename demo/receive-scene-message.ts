// A message in from a connection: the same find-or-create as for any message, at the scene's own time.
import { inTransaction, system } from "#kernel/act.ts"
import { newId } from "#kernel/ids.ts"
import { admitVisitor } from "#channels/webchat/entry-points/visitor-token-store.ts"
import { type Identity, identityOf, nameContact } from "#contacts/index.ts"
import { type InboundMessage, receiveMessage, plainMessage } from "#intake/index.ts"
import type { Customer } from "./staff-and-customers.ts"
import type { ActOfKind, SceneProgress, SceneContext } from "./scene-context.ts"
import type { Scene } from "./scenes/scene.ts"

export async function receiveSceneMessage(
  stage: SceneContext,
  playing: SceneProgress,
  doing: ActOfKind<"say" | "late" | "advertise">,
) {
  const { kit, shop } = stage
  const { scene } = playing
  const customer = doing.does === "say" && doing.by ? doing.by : scene.customer
  const connectionId = shop.connections[scene.connection]
  const sent = doing.does === "advertise"
  const inbound: InboundMessage = {
    ...plainMessage,
    connectionId,
    externalId: newId("demo"),
    direction: sent ? "out" : "in",
    person: { identity: await identity(stage, connectionId, scene, customer, doing.at), name: customer.name },
    group: scene.group
      ? { identity: identityOf(scene.group, { kind: "group", scope: connectionId })!, name: scene.group }
      : null,
    address: scene.group ?? customer.phone,
    text: doing.text,
    sentAt: doing.does === "late" ? doing.wroteAt : doing.at,
    campaignShipmentId: sent ? shop.shipments[doing.shipment]! : null,
    bot: sent,
  }
  const by = sent ? system : { kind: "contact", id: null }
  const { ticket, message } = await receiveMessage({ ...kit, now: () => doing.at }, by, inbound)
  if (ticket) stage.made.tickets.add((playing.ticketId = ticket.id))
  if (message) stage.made.messages.add((playing.lastHeard = message.id))
  if (ticket?.contact && scene.connection === "chat")
    await nameContact(kit.db.kysely, ticket.contact.id, { name: customer.name, now: doing.at })
}

/** In the chat a customer is a visitor, admitted like any other; elsewhere they are their number. */
async function identity(
  stage: SceneContext,
  connectionId: string,
  scene: Scene,
  { phone }: Customer,
  now: Date,
): Promise<Identity> {
  if (scene.connection !== "chat") return identityOf(phone, { scope: connectionId })!
  const known = stage.visitors.get(phone)
  if (known) return known
  const { visitorId } = await inTransaction(stage.kit.db, { actor: system, now }, (act) =>
    admitVisitor(act, connectionId),
  )
  const made = identityOf(visitorId, { kind: "visitor", scope: connectionId })!
  stage.visitors.set(phone, made)
  return made
}
