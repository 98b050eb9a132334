// Whether and how an address can be written to now, for the guard and for the composer.
import { sql } from "kysely"
import type { Act } from "#kernel/act.ts"
import type { Database } from "#kernel/db.ts"
import { invalidField, Refusal } from "#kernel/errors.ts"
import { marketingRefusersStatement, refusesMarketing, anyIsBlocked } from "#contacts/index.ts"
import { type ConnectionRow, type FilledTemplateParts } from "#connections/index.ts"
import { replyWindow } from "#channels/index.ts"
import type { RunStatement } from "#kernel/database/pipeline.ts"
import { whatsappTextOf } from "#markdown/index.ts"
import { readableIdentitiesJoin } from "#people/index.ts"
import { exchangedSql, typedEmailSql } from "#tickets/index.ts"
import {
  contactHistory,
  type Counterpart,
  replyRecipient,
  lastFailuresStatement,
  type ReplyLine,
} from "#messages/index.ts"
import {
  checkReply,
  maxCaptionLength,
  maxTextLength,
  type ReplyConditions,
  type GuardResult,
} from "./reply-restrictions.ts"

type From = Database["kysely"]

export async function replyConditions(from: From, line: ReplyLine, now: Date): Promise<ReplyConditions> {
  const [{ lastInboundAt, lastFailureCode }, isRefused] = await Promise.all([
    contactHistory(from, line),
    refusesMarketing(from, line.identityId),
  ])
  return { window: replyWindow(lastInboundAt, now), lastFailureCode, refusesMarketing: isRefused }
}

type Reachability = "yes" | "by a new address" | "no"

const theirs = { contacts: "s.contact_ids", identities: "s.identity_ids" }

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
    select exists (select from tickets t join contact_identities e on e.contact_id = t.contact_id and e.kind = 'email' and e.scope = ''
          ${sql.raw(readableIdentitiesJoin("e.value"))}
        where t.id = ${id} and ${sql.raw(exchangedSql(theirs))})
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

/** What the composer offers. Channels without a window take text at any time. */
export async function replyMode(
  from: From,
  line: ReplyLine,
  connection: ConnectionRow | undefined,
  now: Date,
): Promise<ReplyMode> {
  const free = { closesAt: null, reason: null, longestText: null, longestCaption: null, filesPerMessage: null }
  if (connection?.kind !== "whatsapp") return { mode: "text", ...free, refusesMarketing: false }
  const options = await replyConditions(from, line, now)
  const { window } = options
  const sending = { length: 1, files: 0, template: null, headerMedia: false }
  const verdict = checkReply(sending, options)
  const { refusesMarketing: isRefused } = options
  const limits = {
    closesAt: window.closesAt,
    longestText: maxTextLength,
    longestCaption: maxCaptionLength,
    filesPerMessage: 1,
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

async function templateConnections(from: From, thread: { id: string; contactId: string | null }, now: Date) {
  const { rows } = await sql<{ id: string; name: string; isStopped: boolean }>`
    select n.id, n.name, coalesce(n.health -> 'breaker', 'null') <> 'null' as is_stopped
    from connections n where n.kind = 'whatsapp' and n.enabled and n.deleted_at is null
      and exists (select from contact_identities where contact_id = ${thread.contactId} and kind = 'phone') order by n.name, n.id`.execute(
    from,
  )
  const offered: TemplateConnection[] = []
  for (const { isStopped, ...one } of rows) {
    const { identityId } = await replyRecipient(from, { ...thread, connectionId: one.id })
    const standing = await replyConditions(from, { connectionId: one.id, identityId }, now)
    const sending = { length: 0, files: 0, template: "UTILITY", headerMedia: false }
    const canSend = checkReply(sending, standing) === null
    const reason = canSend ? (isStopped ? "breaker" : null) : "undeliverable"
    offered.push({ ...one, canSend, reason, refusesMarketing: standing.refusesMarketing })
  }
  return offered
}

/** Of these addresses, those that would refuse the template. */
export async function blockedAddresses(
  run: RunStatement,
  connectionId: string,
  identityIds: string[],
  template: FilledTemplateParts,
) {
  if (identityIds.length === 0) return new Set<string>()
  const [rows, refusers] = await Promise.all([
    run<{ identityId: string; code: number }>(lastFailuresStatement(connectionId, identityIds)),
    template.category === "MARKETING" ? run<{ id: string }>(marketingRefusersStatement(identityIds)) : [],
  ])
  const headerMedia = template.headerMedia !== null
  const sending = { length: 0, files: headerMedia ? 1 : 0, template: template.category, headerMedia }
  const options = { window: { open: false, closesAt: null }, refusesMarketing: false }
  const barred = rows.filter(({ code }) => checkReply(sending, { ...options, lastFailureCode: code }) !== null)
  return new Set([...barred.map(({ identityId }) => identityId), ...refusers.map(({ id }) => id)])
}

type ReplyAttempt = { content: string; files: number; template: FilledTemplateParts | null }

/** Refuses what WhatsApp would not deliver. Other channels take everything. */
export async function refuseUndeliverable(
  act: Act,
  line: ReplyLine,
  connection: ConnectionRow | undefined,
  asked: ReplyAttempt,
) {
  if (connection?.kind !== "whatsapp") return
  const options = await replyConditions(act.tx, line, act.now)
  const verdict = checkReply(
    {
      length: whatsappTextOf(asked.content).length,
      files: asked.files,
      template: asked.template?.category ?? null,
      headerMedia: Boolean(asked.template?.headerMedia),
    },
    options,
  )
  if (verdict !== null) throw refusalOf(verdict, options)
}

function refusalOf(verdict: NonNullable<GuardResult>, { window }: ReplyConditions): Refusal {
  switch (verdict) {
    case "too_long":
      return new Refusal(
        "invalid",
        "content_too_long",
        `content: must have at most ${maxTextLength} characters (${maxCaptionLength} with a file)`,
        {
          errors: [
            {
              path: "content",
              message: `must have at most ${maxTextLength} characters, ${maxCaptionLength} with a file`,
            },
          ],
        },
      )
    case "too_many_files":
      return invalidField("attachmentIds", "must be one file: WhatsApp takes one with each message")
    case "header_file":
      return invalidField("attachmentIds", "must be one file if the template's header shows one, and none otherwise")
    case "window_closed":
      return new Refusal("conflict", "window_closed", undefined, {
        more: { templateNeeded: true, closedAt: window.closesAt?.toISOString() ?? null },
      })
    case "undeliverable":
    case "opted_out":
      return new Refusal("conflict", "undeliverable", undefined, { more: { reason: verdict } })
  }
}
