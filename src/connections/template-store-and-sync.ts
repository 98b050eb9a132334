import { type Act, type Actor, inTransaction } from "#kernel/act.ts"
import type { Kit } from "#kernel/kit.ts"
import { invalidField, Refusal } from "#kernel/errors.ts"
import type { Kysely } from "kysely"
import type { DB } from "#db/types.ts"
import { record } from "#event-log/index.ts"
import { channels, type FetchedTemplate, type OpenTemplate, type TemplateChange } from "#channels/index.ts"
import type { Template } from "./api-contract.ts"
import { decryptAccount } from "./decrypt-channel-account.ts"
import { existingConnection, lockConnection } from "./connection-store.ts"

// Only a channel that has templates brings any, so each row has one.
export const openTemplate = (kind: string, components: unknown): OpenTemplate =>
  channels[kind]!.templates!.open(components as unknown[])

export async function listTemplates(from: Kysely<DB>, connectionId: string): Promise<Template[]> {
  const rows = await templatesOf(from, connectionId).orderBy("t.name").orderBy("t.language").execute()
  return rows.map(({ name, language, category, status, syncedAt, components, kind }) => {
    const { placeholders, headerMedia, unfillablePart, text } = openTemplate(kind, components)
    return {
      name,
      language,
      category,
      status,
      syncedAt,
      components: components as unknown[],
      placeholders,
      headerMedia,
      text: text([]),
      canSend: status === "APPROVED" && unfillablePart === null,
      unfillablePart,
    }
  })
}

export const templatesOf = (from: Kysely<DB>, connectionId: string) =>
  from
    .selectFrom("templates as t")
    .innerJoin("connections as n", "n.id", "t.connectionId")
    .selectAll("t")
    .select("n.kind")
    .where("t.connectionId", "=", connectionId)

/** Fetches the account's templates and makes our list the same. What the channel no longer names is gone here too. */
export async function syncTemplates(kit: Kit, by: Actor, connectionId: string): Promise<Template[]> {
  const connection = await existingConnection(kit.db.kysely, connectionId)
  const { name, templates } = channels[connection.kind]!
  if (!templates) throw invalidField("kind", "has no templates")
  if (typeof connection.settings[templates.setting] !== "string")
    throw invalidField(`settings.${templates.setting}`, "must be set to fetch templates")
  const fetched = await templates.fetch(decryptAccount(kit, connection))
  if (fetched.state === "failed")
    throw new Refusal("unavailable", "channel_failed", `${name} did not give its templates: ${fetched.why}`)
  await inTransaction(kit.db, { actor: by, now: kit.now() }, async (act) => {
    await lockConnection(act, connectionId)
    await replaceTemplates(act, connectionId, fetched.all)
    const data = { change: "templates_synced", count: fetched.all.length }
    await record(act, "connection.changed", { subjectId: connectionId, data })
  })
  return listTemplates(kit.db.kysely, connectionId)
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
 * Follows what the channel says of a template on these connections. One that was never fetched is left to the daily fetch:
 * only that brings what stands in it.
 */
export async function changeTemplate(act: Act, connectionIds: string[], change: TemplateChange): Promise<boolean> {
  if (connectionIds.length === 0) return false
  const { name, language, ...set } = change
  const changed = await act.tx
    .updateTable("templates")
    .set(set)
    .where("name", "=", name)
    .where("language", "=", language)
    .where("connectionId", "in", connectionIds)
    .returning("connectionId")
    .execute()
  for (const { connectionId } of changed)
    await record(act, "connection.changed", { subjectId: connectionId, data: { change: "template_changed", ...set } })
  return changed.length > 0
}
