// Whether and how an address can be written to now, for the guard and for the composer.
import { sql } from "kysely"
import type { Database } from "#kernel/db.ts"
import { Refusal } from "#kernel/errors.ts"
import { anyIsBlocked } from "#contacts/index.ts"
import type { ConnectionRow } from "#connections/index.ts"
import { channels } from "#channels/index.ts"
import { readableIdentitiesJoin } from "#people/index.ts"
import { isMailedSql, typedEmailSql } from "#tickets/index.ts"
import { type Counterpart, replyRecipient, type ReplyLine } from "#messages/index.ts"
import { replyConditions } from "./read-reply-conditions.ts"
import { checkReply } from "./check-reply-restrictions.ts"

type From = Database["kysely"]

type Reachability = "yes" | "by a new address" | "no"

/**
 * Does anybody get a reply on this ticket: by its channel, or by mail, asked with the words that choose who is mailed; or
 * would they, if an e-mail that is known of the contact became the ticket's?
 */
export async function canReach(
  from: From,
  { id, connectionId }: { id: string; connectionId: string | null },
  { contactId, identityId }: Counterpart,
): Promise<Reachability> {
  if (connectionId !== null && identityId !== null) return "yes"
  const { rows } = await sql<{ isRead: boolean; hasEmail: boolean }>`
    select exists (select from tickets t join contact_identities e on e.contact_id = t.contact_id
          ${sql.raw(readableIdentitiesJoin("e.value"))}
        where t.id = ${id} and ${sql.raw(isMailedSql("t"))})
      or exists (select from tickets t join users u on u.id = t.created_by_id and u.role = 'user' and u.disabled_at is null
        where t.id = ${id}) as is_read,
      ${connectionId === null}
        and exists (select from contact_identities e where e.contact_id = ${contactId} and ${sql.raw(typedEmailSql("e"))}) as has_email`.execute(
    from,
  )
  const { isRead, hasEmail } = rows[0]!
  return isRead ? "yes" : hasEmail ? "by a new address" : "no"
}

/** What a connection that is off or gone would keep for ever is not written. */
export function refuseClosedConnection(connection: ConnectionRow | undefined) {
  if (connection && (!connection.enabled || connection.deletedAt)) throw new Refusal("conflict", "connection_disabled")
}

/** Refuses (409 `contact_blocked`) to write to somebody who is blocked. */
export async function refuseBlocked(from: From, contactId: string | null): Promise<void> {
  if (await anyIsBlocked(from, [contactId])) throw new Refusal("conflict", "contact_blocked")
}

export type ReplyMode = {
  mode: "text" | "template" | "none"
  closesAt: Date | null
  reason: string | null
  longestText: number | null
  longestCaption: number | null
  filesPerMessage: number | null
  /** No template of that kind goes there. */
  refusesMarketing: boolean
}

/** What the composer offers. Channels without limits take text at any time. */
export async function replyMode(
  from: From,
  line: ReplyLine,
  connection: ConnectionRow | undefined,
  now: Date,
): Promise<ReplyMode> {
  const free = { closesAt: null, reason: null, longestText: null, longestCaption: null, filesPerMessage: null }
  const bounds = connection && channels[connection.kind]?.replyLimits
  if (!bounds) return { mode: "text", ...free, refusesMarketing: false }
  const options = await replyConditions(from, line, bounds, now)
  const { window } = options
  const sending = { length: 1, files: 0, template: null, headerMedia: false }
  const verdict = checkReply(sending, options)
  const { refusesMarketing: isRefused } = options
  const limits = {
    closesAt: window.closesAt,
    longestText: bounds.longestText,
    longestCaption: bounds.longestCaption,
    filesPerMessage: bounds.filesPerMessage,
    refusesMarketing: isRefused,
  }
  if (verdict === "undeliverable") return { mode: "none", reason: verdict, ...limits }
  if (connection.health.breaker) return { mode: window.open ? "text" : "template", reason: "breaker", ...limits }
  return { mode: verdict === null ? "text" : "template", reason: verdict, ...limits }
}

export type ReplyOptions = ReplyMode & {
  to: { contactId: string; identityId: string | null; address: string | null } | null
  templateConnections: TemplateConnection[]
}

/** `reason`: why no template goes there (`canSend` is false), or why it waits (`breaker`). */
type TemplateConnection = {
  id: string
  name: string
  canSend: boolean
  reason: "undeliverable" | "breaker" | null
  refusesMarketing: boolean
}

/** All that the composer asks: how, to whom, and what else there is when nobody would get it. */
export async function replyOptions(
  from: From,
  ticket: { id: string; connectionId: string | null; contactId: string | null },
  connection: ConnectionRow | undefined,
  now: Date,
): Promise<ReplyOptions> {
  const to = await replyRecipient(from, ticket)
  const mode = await replyMode(from, { ...ticket, identityId: to.identityId }, connection, now)
  const nothing = { to: null, templateConnections: [] }
  if (await anyIsBlocked(from, [to.contactId])) return { ...mode, ...nothing, mode: "none", reason: "contact_blocked" }
  if ((await canReach(from, ticket, to)) !== "no")
    return { ...mode, to: to.contactId === null ? null : { ...to, contactId: to.contactId }, templateConnections: [] }
  return {
    ...mode,
    ...nothing,
    reason: "unreachable",
    templateConnections: await templateConnections(from, { ...ticket, contactId: to.contactId }, now),
  }
}

// "kind kindOfAddress" of each channel that may be begun with by a template.
const templateWays = Object.entries(channels).flatMap(([kind, { templates, replyLimits }]) =>
  templates && replyLimits ? [`${kind} ${templates.firstTo}`] : [],
)

async function templateConnections(from: From, thread: { id: string; contactId: string | null }, now: Date) {
  const { rows } = await sql<{ id: string; kind: string; name: string; isStopped: boolean }>`
    select n.id, n.kind, n.name, coalesce(n.health -> 'breaker', 'null') <> 'null' as is_stopped
    from connections n where n.enabled and n.deleted_at is null and exists (select from contact_identities i
      where i.contact_id = ${thread.contactId} and n.kind || ' ' || i.kind = any(${templateWays})) order by n.name, n.id`.execute(
    from,
  )
  const offered: TemplateConnection[] = []
  for (const { isStopped, kind, ...one } of rows) {
    const { identityId } = await replyRecipient(from, { ...thread, connectionId: one.id })
    const line = { connectionId: one.id, identityId }
    const conditions = await replyConditions(from, line, channels[kind]!.replyLimits!, now)
    const sending = { length: 0, files: 0, template: "UTILITY", headerMedia: false }
    const canSend = checkReply(sending, conditions) === null
    const reason = canSend ? (isStopped ? "breaker" : null) : "undeliverable"
    offered.push({ ...one, canSend, reason, refusesMarketing: conditions.refusesMarketing })
  }
  return offered
}
