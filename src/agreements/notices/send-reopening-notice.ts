// The operator whose ticket was reopened is notified by a channel: as text where they wrote lately, else by the template that the work
// system's settings name. It stands on the mirrored ticket, and is sent, tried again and reported like every other message.
import { type Act, inTransaction, system } from "#kernel/act.ts"
import { Refusal } from "#kernel/errors.ts"
import type { Kit } from "#kernel/kit.ts"
import type { Job } from "#kernel/jobs/job-queue.ts"
import { connectionById, type ConnectionRow, fillTemplateParts, templateToSend } from "#connections/index.ts"
import { anyIsBlocked, ensureContact, identityOf, storedIdentityIds } from "#contacts/index.ts"
import type { ReactionPayload } from "#event-log/index.ts"
import { type StaffByExternalId, staffByExternalId } from "#people/index.ts"
import { postAutomaticText, replyMode } from "#replies/index.ts"
import { formatText } from "#texts/format-text.ts"
import { agreementOfTicket, lockAgreement, type LockedAgreement } from "../agreement-store.ts"
import { insertEvidence, isSaidOfEvent } from "../evidence-store.ts"
import { systemById } from "../systems/linked-system-store.ts"

export function reopeningNoticeJob(kit: Kit): Job {
  return {
    name: "send-reopening-notice",
    run: (payload) => sendNotice(kit, payload as ReactionPayload),
  }
}

/** Once per event: under the lock the second to do the job sees what the first has said. */
async function sendNotice(kit: Kit, { eventId, depth, ticketId }: ReactionPayload): Promise<void> {
  await inTransaction(kit.db, { actor: system, now: kit.now(), cause: { eventId, depth } }, async (act) => {
    const found = ticketId === null ? undefined : await agreementOfTicket(act.tx, ticketId)
    if (!found) return
    const locked = await lockAgreement(act, found.id)
    if (await isSaidOfEvent(act, found.id, eventId)) return
    const skipped = await notify(act, locked)
    const { row } = locked
    const said = skipped === null ? "notice_queued" : "notice_skipped"
    const data = { eventId, ...(skipped !== null && { because: skipped }) }
    await insertEvidence(act, { agreement: row, said, source: "rule", at: act.now, cycle: row.cycle, data })
  })
}

type WhyNot =
  | "no_operator"
  | "unknown_operator"
  | "no_phone"
  | "no_connection"
  | "blocked"
  | "undeliverable"
  | "no_template"
  | "template_unfit"

type NoticeSettings = { noticeConnectionId?: string; noticeTemplate?: string | { name: string; language: string } }

/** Queues it; else why it is not sent. */
async function notify(act: Act, locked: LockedAgreement): Promise<WhyNot | null> {
  const { row, ticket } = locked
  if (row.operatorNumber === null) return "no_operator"
  const workSystem = (await systemById(act.tx, row.workSystemId))!
  const operator = await staffByExternalId(act.tx, workSystem.kind, row.operatorNumber)
  if (!operator) return "unknown_operator"
  const identity = operator.phone === null ? null : identityOf(operator.phone, { kind: "phone", scope: "" })
  if (!identity) return "no_phone"
  const { noticeConnectionId, noticeTemplate } = workSystem.settings as NoticeSettings
  const connection = noticeConnectionId && (await connectionById(act.tx, noticeConnectionId))
  if (!connection || !connection.enabled || connection.deletedAt) return "no_connection"
  const contactId = await ensureContact(act, { identity, name: operator.name, proof: "import" }, false)
  if (await anyIsBlocked(act.tx, [contactId])) return "blocked"
  const [identityId = null] = await storedIdentityIds(act, [identity])
  const { mode } = await replyMode(act.tx, { connectionId: connection.id, identityId }, connection, act.now)
  if (mode === "none") return "undeliverable"
  const facts = noticeFacts(operator, locked)
  const to = { contactId, identityId, address: identity.value }
  const text = formatText(operator.language, "notice.reopened", { ...facts })
  if (mode === "text") {
    await postAutomaticText(act, ticket.id, { connection, to, text, which: "reopening" })
    return null
  }
  if (!noticeTemplate) return "no_template"
  const template = await filledTemplate(act, connection, noticeTemplate, operator.language, Object.values(facts))
  if (!template) return "template_unfit"
  await postAutomaticText(act, ticket.id, { connection, to, text: template.text, which: "reopening", template })
  return null
}

/** In the order of a template's gaps; those that it does not have are left out. */
const noticeFacts = ({ name }: StaffByExternalId, { row, ticket }: LockedAgreement) => ({
  operator: name,
  number: row.workNumber ?? "",
  subject: ticket.subject,
  customer: row.customerNumber || "–",
})

/** Null when it may not be sent, or wants what a notice does not say. */
async function filledTemplate(
  act: Act,
  connection: ConnectionRow,
  use: string | { name: string; language: string },
  language: string,
  values: string[],
) {
  try {
    const named = typeof use === "string" ? { name: use, language } : use
    const template = await templateToSend(act.tx, connection.id, named)
    const oneLine = values.map((value) => value.replaceAll(/\s+/g, " "))
    return fillTemplateParts(template, oneLine.slice(0, template.opened.placeholders.length))
  } catch (error) {
    if (error instanceof Refusal) return null
    throw error
  }
}
