import { type Act, type Actor, inTransaction } from "#kernel/act.ts"
import type { Kit } from "#kernel/http/request-transaction.ts"
import { invalidField, Refusal } from "#kernel/errors.ts"
import { type Kysely, sql } from "kysely"
import type { DB } from "#db/types.ts"
import { record } from "#event-log/index.ts"
import {
  type FilledTemplate,
  classifySendFailure,
  callGraph,
  type TemplateChange,
  accountOf,
  type Component,
  filledComponents,
  headerMedia,
  placeholdersOf,
  previewOf,
  unfillablePart,
} from "#channels/index.ts"
import type { Template, TemplateUse } from "./contract.ts"
import { openAccount } from "./open-account.ts"
import { existingConnection, lockConnection } from "./connection-store.ts"

const pageSize = 100
const mostPages = 60

export async function listTemplates(from: Kysely<DB>, connectionId: string): Promise<Template[]> {
  const rows = await from
    .selectFrom("templates")
    .selectAll()
    .where("connectionId", "=", connectionId)
    .orderBy("name")
    .orderBy("language")
    .execute()
  return rows.map(({ name, language, category, status, syncedAt, components: kept }) => {
    const components = kept as unknown as Component[]
    return {
      name,
      language,
      category,
      status,
      syncedAt,
      components,
      placeholders: placeholdersOf(components),
      headerMedia: headerMedia(components),
      text: previewOf(components, []),
      canSend: status === "APPROVED" && unfillablePart(components) === null,
      unfillablePart: unfillablePart(components),
    }
  })
}

/** Fetches the account's templates and makes our list the same. What Meta no longer names is gone here too. */
export async function syncTemplates(kit: Kit, by: Actor, connectionId: string): Promise<Template[]> {
  const connection = await existingConnection(kit.db.kysely, connectionId)
  const wabaId = connection.settings["wabaId"]
  if (typeof wabaId !== "string") throw invalidField("settings.wabaId", "must be set to fetch templates")
  const fetched = await fetchAll(accountOf(openAccount(kit, connection)), wabaId)
  await inTransaction(kit.db, { actor: by, now: kit.now() }, async (act) => {
    await lockConnection(act, connectionId)
    await replaceTemplates(act, connectionId, fetched)
    const data = { change: "templates_synced", count: fetched.length }
    await record(act, "connection.changed", { subjectId: connectionId, data })
  })
  return listTemplates(kit.db.kysely, connectionId)
}

type FetchedTemplate = { name: string; language: string; category: string; status: string; components: unknown[] }

async function fetchAll(account: ReturnType<typeof accountOf>, wabaId: string): Promise<FetchedTemplate[]> {
  const all = new Map<string, FetchedTemplate>()
  let after: string | null = ""
  for (let page = 0; after !== null && page < mostPages; page++) {
    // The cursor is followed, never the address that comes with it: the token goes to the configured host only.
    const cursor: string = after === "" ? "" : `&after=${encodeURIComponent(after)}`
    const fields = "name,language,category,status,components"
    const answer = await callGraph(
      account,
      "GET",
      `${wabaId}/message_templates?fields=${fields}&limit=${pageSize}${cursor}`,
    )
    if (answer.state !== "ok") {
      const why = answer.state === "refused" ? classifySendFailure(answer).reasonCode : answer.state
      throw new Refusal("unavailable", "channel_failed", `WhatsApp did not give its templates: ${why}`)
    }
    for (const one of rowsOf(answer.body)) all.set(`${one.name}\n${one.language}`, one)
    after = nextCursor(answer.body)
  }
  return [...all.values()]
}

function rowsOf(body: Record<string, unknown>): FetchedTemplate[] {
  const rows = Array.isArray(body["data"]) ? (body["data"] as Partial<FetchedTemplate>[]) : []
  return rows.flatMap(({ name, language, category, status, components }) =>
    name && language && status
      ? [{ name, language, category: category ?? "", status, components: Array.isArray(components) ? components : [] }]
      : [],
  )
}

function nextCursor(body: Record<string, unknown>): string | null {
  const paging = body["paging"] as { next?: unknown; cursors?: { after?: unknown } } | undefined
  return paging?.next && typeof paging.cursors?.after === "string" ? paging.cursors.after : null
}

/** Makes the list of a connection's templates this one. */
export async function replaceTemplates(act: Act, connectionId: string, fetched: FetchedTemplate[]) {
  await act.tx.deleteFrom("templates").where("connectionId", "=", connectionId).execute()
  for (const { components, ...row } of fetched) {
    await act.tx
      .insertInto("templates")
      .values({ ...row, connectionId, components: JSON.stringify(components), syncedAt: act.now })
      .execute()
  }
}

/**
 * Follows what Meta says of a template of this account, on these connections. One that was never fetched is left to the
 * daily fetch: only that brings what stands in it.
 */
export async function changeTemplate(
  act: Act,
  { connectionIds, wabaId, change }: { connectionIds: string[]; wabaId: string; change: TemplateChange },
): Promise<boolean> {
  const { name, language, ...set } = change
  const changed = await act.tx
    .updateTable("templates")
    .set(set)
    .where("name", "=", name)
    .where("language", "=", language)
    .where("connectionId", "in", (from) =>
      from
        .selectFrom("connections")
        .select("id")
        .where("id", "in", connectionIds)
        .where(sql`settings ->> 'wabaId'`, "=", wabaId),
    )
    .returning("connectionId")
    .execute()
  for (const { connectionId } of changed)
    await record(act, "connection.changed", { subjectId: connectionId, data: { change: "template_changed", ...set } })
  return changed.length > 0
}

export type FilledTemplateParts = FilledTemplate & {
  text: string
  category: string
  headerMedia: ReturnType<typeof headerMedia>
}

/** The template with its values in place. Refuses by name, under `path`, what the channel would refuse later. */
export async function fillTemplate(
  from: Kysely<DB>,
  connectionId: string,
  use: TemplateUse,
  path = "template.",
): Promise<FilledTemplateParts> {
  return fillTemplateParts(await templateToSend(from, connectionId, use, path), use.parameters ?? [], path)
}

type TemplateRow = { name: string; language: string; category: string; components: Component[] }

/** The template, if it may be sent now. */
export async function templateToSend(
  from: Kysely<DB>,
  connectionId: string,
  use: Pick<TemplateUse, "name" | "language">,
  path = "template.",
): Promise<TemplateRow> {
  const row = await from
    .selectFrom("templates")
    .selectAll()
    .where("connectionId", "=", connectionId)
    .where("name", "=", use.name)
    .where("language", "=", use.language)
    .executeTakeFirst()
  if (!row) throw invalidField(`${path}name`, "is not a template of this connection in this language")
  if (row.status !== "APPROVED") throw invalidField(`${path}name`, `cannot be sent: it is ${row.status.toLowerCase()}`)
  const { name, language, category } = row
  const components = row.components as unknown as Component[]
  const part = unfillablePart(components)
  if (part !== null) throw invalidField(`${path}name`, `cannot be sent from here: nothing fills its ${part}`)
  return { name, language, category, components }
}

/** Pure: the same template may be filled for many. */
export function fillTemplateParts(
  { components, ...named }: TemplateRow,
  values: string[],
  path = "template.",
): FilledTemplateParts {
  const wanted = placeholdersOf(components).length
  if (values.length !== wanted)
    throw invalidField(`${path}parameters`, `must be ${wanted} values, not ${values.length}`)
  const broken = values.findIndex((value) => /[\n\t]| {5}/.test(value))
  if (broken >= 0) throw invalidField(`${path}parameters.${broken}`, "must be one line without tabs or many spaces")
  return {
    ...named,
    components: filledComponents(components, values),
    text: previewOf(components, values),
    headerMedia: headerMedia(components),
  }
}
