// The shop's number: conversations with their ticks, and a notice to many of which some fail. Nothing leaves: what became
// of each message is settled here, as delivery reports would settle it.
import { system, inTransaction } from "#kernel/act.ts"
import { createLog } from "#kernel/log.ts"
import { createCampaign } from "#campaigns/change-campaigns.ts"
import { setStatus } from "#campaigns/change-campaign-status.ts"
import { addRecipients } from "#campaigns/add-recipient-list.ts"
import { runCampaigns } from "#campaigns/campaign-runner.ts"
import type { SendOutcome } from "#channels/index.ts"
import { newId } from "#kernel/ids.ts"
import { setDelivery } from "#messages/index.ts"
import { claimSends } from "#outbox/send-store.ts"
import { settleOutcome } from "#outbox/settle-send.ts"
import { answer, close, day, type SceneBuilder, person, say } from "./scene-builder.ts"
import type { SceneContext } from "../scene-context.ts"
import type { Scene } from "./scene.ts"

/** Numbers that Meta never gave to anybody. */
export const whatsappNumber = { phoneNumberId: "100000000000001", wabaId: "100000000000002" }

export const noticeTemplate = {
  name: "pedido_listo",
  language: "es",
  category: "UTILITY",
  status: "APPROVED",
  components: [{ type: "BODY", text: "Hola {{1}}, su pedido {{2}} está listo para recoger en Laureles. 📦" }],
}

const noticed = 8
const recipients = Array.from({ length: noticed }, (_, n) => person(40 + n, `Cliente ${n + 1}`))

export function whatsappScenes(scene: SceneBuilder): Scene[] {
  const paola = person(30, "Paola Quintero")
  return [
    scene("whatsapp", paola, "ana", [
      [150, say("Buenas 👋 ¿ya salió mi pedido #47120?")],
      [141, { does: "take", category: "shipping" }],
      [140, answer("¡Hola, Paola! Salió *esta mañana*, guía GU-5518842.")],
      [133, say("Súper, ¿hasta qué hora reparten?")],
      [9, answer("Hasta las 6. Si no está, lo dejan en portería.")],
    ]),
    scene("whatsapp", person(31, "Rubén (número apagado)"), "bruno", [
      [day + 90, say("Avísenme apenas llegue la talla 42")],
      [day + 60, { does: "answer", text: "¡Llegó! ¿Se la apartamos?", fails: true }],
    ]),
    // Nobody answered within a day: only a template can be sent now.
    scene("whatsapp", person(32, "Yesenia Cano"), "sol", [[day + 400, say("¿Hacen envíos a San Andrés?")]]),
    scene("whatsapp", recipients[0]!, "ana", [[3 * day + 100, { does: "notify" }]]),
    scene("whatsapp", recipients[3]!, "ana", [
      [3 * day + 60, say("Gracias, paso mañana. ¿Puede ir mi hermano?")],
      [3 * day + 40, answer("Claro, con el número del pedido y su cédula.")],
      [2 * day, close],
    ]),
  ]
}

/** The notice, at its hour: shipped by the campaign's own runner, and settled as Meta would report it. */
export async function sendNotice({ kit, shop, made }: SceneContext, at: Date): Promise<void> {
  const connectionId = shop.connections.whatsapp
  const who = { actor: system, now: at }
  await inTransaction(kit.db, who, async (act) => {
    const template = {
      name: noticeTemplate.name,
      language: noticeTemplate.language,
      parameters: ["{name}", "{pedido}"],
    }
    const { id } = await createCampaign(act, { name: "Pedidos listos", kind: "messaging", connectionId, template })
    const list = recipients.map(({ phone, name }, n) => ({ phone, name, fields: { pedido: `#${47_300 + n}` } }))
    await addRecipients(act, id, { recipients: list })
    await setStatus(act, id, { status: "running" })
  })
  const silent = createLog("silent")
  while (await runCampaigns({ ...kit, now: () => at }, silent));
  await inTransaction(kit.db, { actor: system, now: new Date(at.getTime() + 2_000) }, async (act) => {
    for (const [n, claim] of (await claimSends(act, connectionId, undefined, noticed)).entries()) {
      const isLost = n % 6 === 5
      await settleOutcome(act, claim, isLost ? lost : { state: "sent", externalId: newId("wamid") })
      if (!isLost) await setDelivery(act, claim.messageId, n % 3 === 2 ? "delivered" : "read")
    }
  })
  const rows = await kit.db.kysely
    .selectFrom("messages")
    .select(["id", "ticketId"])
    .where("connectionId", "=", connectionId)
    .where("direction", "=", "out")
    .execute()
  for (const { id, ticketId } of rows) {
    made.messages.add(id)
    made.tickets.add(ticketId)
  }
}

/** Meta was not to be reached for half an hour: an agent may send it again. */
export const gaveUpOutcome: SendOutcome = {
  state: "rejected",
  why: "gave_up",
  class: "transient",
  code: 131000,
  httpStatus: 500,
}

const lost: SendOutcome = {
  state: "rejected",
  why: "undeliverable",
  class: "recipient",
  code: 131026,
  httpStatus: 400,
}
