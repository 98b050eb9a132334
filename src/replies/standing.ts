// Whether and how an address can be written to now, for the guard and for the composer.
import type { Act } from "#kernel/act.ts"
import type { Database } from "#kernel/db.ts"
import { invalidField, Refusal } from "#kernel/errors.ts"
import { type ConnectionRow, type Filled, replyWindow } from "#connections/index.ts"
import type { Run } from "#kernel/pipeline.ts"
import { whatsappTextOf } from "#markdown/index.ts"
import { correspondenceOf, lastFailuresStatement, type Line } from "#messages/index.ts"
import { guard, longestCaption, longestText, type Standing, type Verdict } from "./guard.ts"

type From = Database["kysely"]

export async function standingOf(from: From, line: Line, now: Date): Promise<Standing> {
  const { lastInboundAt, lastFailureCode } = await correspondenceOf(from, line)
  return { window: replyWindow(lastInboundAt, now), lastFailureCode }
}

export type ReplyMode = {
  mode: "text" | "template" | "none"
  closesAt: Date | null
  reason: string | null
  longestText: number | null
  longestCaption: number | null
  filesPerMessage: number | null
}

/** What the composer offers. Channels without a window take text at any time. */
export async function replyMode(
  from: From,
  line: Line,
  connection: ConnectionRow | undefined,
  now: Date,
): Promise<ReplyMode> {
  const free = { closesAt: null, reason: null, longestText: null, longestCaption: null, filesPerMessage: null }
  if (connection?.kind !== "whatsapp") return { mode: "text", ...free }
  const { window, lastFailureCode } = await standingOf(from, line, now)
  const sending = { length: 1, files: 0, template: null, headerMedia: false }
  const verdict = guard(sending, { window, lastFailureCode })
  const limits = { closesAt: window.closesAt, longestText, longestCaption, filesPerMessage: 1 }
  if (verdict === "undeliverable") return { mode: "none", reason: verdict, ...limits }
  if (connection.health.breaker) return { mode: window.open ? "text" : "template", reason: "breaker", ...limits }
  return { mode: verdict === null ? "text" : "template", reason: verdict, ...limits }
}

/** Of these addresses, those that would refuse the template. */
export async function barredAddresses(run: Run, connectionId: string, identityIds: string[], template: Filled) {
  if (identityIds.length === 0) return new Set<string>()
  const rows = await run<{ identityId: string; code: number }>(lastFailuresStatement(connectionId, identityIds))
  const headerMedia = template.headerMedia !== null
  const sending = { length: 0, files: headerMedia ? 1 : 0, template: template.category, headerMedia }
  const window = { open: false, closesAt: null }
  const barred = rows.filter(({ code }) => guard(sending, { window, lastFailureCode: code }) !== null)
  return new Set(barred.map(({ identityId }) => identityId))
}

type Asked = { content: string; files: number; template: Filled | null }

/** Refuses what WhatsApp would not deliver. Other channels take everything. */
export async function refuseUndeliverable(act: Act, line: Line, connection: ConnectionRow | undefined, asked: Asked) {
  if (connection?.kind !== "whatsapp") return
  const standing = await standingOf(act.tx, line, act.now)
  const verdict = guard(
    {
      length: whatsappTextOf(asked.content).length,
      files: asked.files,
      template: asked.template?.category ?? null,
      headerMedia: Boolean(asked.template?.headerMedia),
    },
    standing,
  )
  if (verdict !== null) throw refusalOf(verdict, standing)
}

function refusalOf(verdict: NonNullable<Verdict>, { window }: Standing): Refusal {
  switch (verdict) {
    case "too_long":
      return new Refusal(
        "invalid",
        "content_too_long",
        `content: must have at most ${longestText} characters (${longestCaption} with a file)`,
        {
          errors: [
            { path: "content", message: `must have at most ${longestText} characters, ${longestCaption} with a file` },
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
