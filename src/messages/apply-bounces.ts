// A mail of ours came back from some of its recipients. Each says so for itself: the message has failed once none is left that has it.
import { sql } from "kysely"
import type { Act } from "#kernel/act.ts"
import { record } from "#event-log/index.ts"
import type { Report } from "./apply-delivery-report.ts"
import type { DeliveryState } from "./api-contract.ts"
import { saveSentMail } from "./message-mails.ts"
import { setDelivery } from "./message-store.ts"

/** Keeps what one mail says of a message of ours. False where that changes nothing: it was said before, or of nobody whom we wrote to. */
export async function applyBounces(act: Act, bounces: readonly Report[]): Promise<boolean> {
  let isAnyNew = false
  for (const bounce of bounces) isAnyNew = (await applyBounce(act, bounce)) || isAnyNew
  return isAnyNew
}

type Recipient = { address: string; failure?: string }
type BouncedMail = { id: string; ticketId: string; state: DeliveryState; recipients: Recipient[] }

async function applyBounce(act: Act, bounce: Report): Promise<boolean> {
  const mail = await bouncedMail(act, bounce)
  const address = mail && bouncedAddress(mail.recipients, bounce.participant)
  if (!mail || address === undefined) return false
  if (!(await isNewReport(act, mail.id, { ...bounce, participant: address }))) return false
  const why = bounce.reason ?? "refused"
  await saveSentMail(act, mail.id, { refused: [{ address, why }], mailId: null })
  const hasFailed = mail.recipients.every((one) => one.address === address || one.failure !== undefined)
  if (hasFailed) await setDelivery(act, mail.id, "failed", why, { code: bounce.code, class: bounce.failureClass })
  else await setPartlySent(act, mail)
  return true
}

async function bouncedMail(act: Act, { connectionId, messageId }: Report): Promise<BouncedMail | undefined> {
  const { rows } = await sql<BouncedMail>`select m.id, m.ticket_id, m.delivery_state as state, w.recipients
    from messages m join message_mails w on w.message_id = m.id
    where m.id = ${messageId} and m.connection_id = ${connectionId} and m.direction = 'out' for update`.execute(act.tx)
  return rows[0]
}

/**
 * Every recipient of a mail can make a report that names it, and one of their own. Of a mail to one alone whatever comes back is theirs,
 * though it may name where their server led it.
 */
function bouncedAddress(recipients: Recipient[], named: string): string | undefined {
  const [only, ...others] = recipients
  if (only && others.length === 0) return only.address
  return recipients.find(({ address }) => address === named)?.address
}

/** The same mail may be read again; one of a later try comes later. */
async function isNewReport(act: Act, messageId: string, bounce: Report): Promise<boolean> {
  const { connectionId, externalId, status, participant, at, code, reason } = bounce
  const kept = await act.tx
    .insertInto("deliveryReports")
    .values({ connectionId, externalId, status, participant, at, code, reason, messageId })
    .onConflict((c) =>
      c
        .columns(["connectionId", "externalId", "status", "participant"])
        .doUpdateSet({ at, code, reason })
        .where("deliveryReports.at", "<", at),
    )
    .returning("status")
    .execute()
  return kept.length > 0
}

/** Others have it: their servers have said nothing else. One that is about to leave again says so when it has left. */
async function setPartlySent(act: Act, { id, ticketId, state }: BouncedMail): Promise<void> {
  if (state === "unknown") await setDelivery(act, id, "sent", "some_recipients")
  if (state !== "sent") return
  await act.tx.updateTable("messages").set({ deliveryReason: "some_recipients" }).where("id", "=", id).execute()
  await record(act, "message.delivery_changed", { ticketId, subjectId: id, data: { from: state, to: state } })
}
