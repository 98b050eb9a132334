import type { z } from "zod"
import type { Act } from "#kernel/act.ts"
import { invalidField, Refusal } from "#kernel/errors.ts"
import { newId } from "#kernel/ids.ts"
import { splitSettings } from "#kernel/sealed-settings.ts"
import type { Secrets } from "#kernel/secrets.ts"
import { recordAdminAct } from "#event-log/index.ts"
import { refuseUnknownCalendar } from "#calendars/index.ts"
import { lockTeamsForShare } from "#people/index.ts"
import { channels, type Channel } from "#channels/index.ts"
import type { ConnectionKind, createBody } from "./api-contract.ts"
import { insertConnection } from "./connection-store.ts"

/** What the audit log holds of a connection. Of its settings only the names: an address may carry a token. */
export const connectionFields = [
  "kind",
  "name",
  "enabled",
  "reopenWindowMinutes",
  "reopenFrom",
  "teamIds",
  "calendarId",
  "greeting",
  "outOfHoursText",
  "farewellText",
  "acknowledgements",
  "survey",
  "surveyTemplate",
] as const
export const settingsIn = (body: { settings?: Record<string, unknown> | undefined }) =>
  Object.keys(body.settings ?? {}).map((key) => `settings.${key}`)

/** Makes a connection. Its kind's settings are checked by name; the secret ones are sealed at once. Returns its id. */
export async function createConnection(act: Act, secrets: Secrets, body: z.output<typeof createBody>): Promise<string> {
  const channel = channelOf(body.kind)
  const { settings, sealed } = splitSettings(channel, secrets, body.settings ?? {})
  await refuseUnknownTeams(act, body.teamIds ?? [])
  await refuseUnknownCalendar(act, body.calendarId)
  const id = newId("con")
  await insertConnection(act, {
    id,
    kind: body.kind,
    name: body.name,
    enabled: !channel.verify && (body.enabled ?? true),
    reopenWindowMinutes: body.reopenWindowMinutes ?? channel.reopenWindow?.minutes ?? 120,
    reopenFrom: body.reopenFrom ?? channel.reopenWindow?.from ?? "activity",
    teamIds: body.teamIds ?? [],
    calendarId: body.calendarId ?? null,
    greeting: body.greeting ?? null,
    outOfHoursText: body.outOfHoursText ?? null,
    farewellText: body.farewellText ?? null,
    acknowledgements: body.acknowledgements ?? null,
    survey: body.survey ?? false,
    surveyTemplate: body.surveyTemplate ?? null,
    settings,
    secrets: sealed,
  })
  const data = { change: "created", kind: body.kind }
  const change = { name: body.name, after: body, fields: connectionFields, touched: settingsIn(body), data }
  await recordAdminAct(act, "connection.changed", { subjectId: id, ...change })
  return id
}

/** The teams stay until the transaction ends; then the database keeps them while the connection names them. */
export async function refuseUnknownTeams(act: Act, ids: string[]) {
  const known = await lockTeamsForShare(act, ids)
  const unknown = ids.find((id) => !known.includes(id))
  if (unknown !== undefined) throw invalidField("teamIds", `${unknown} is not a team`)
}

export function channelOf(kind: ConnectionKind): Channel {
  const channel = channels[kind]
  if (!channel)
    throw new Refusal("invalid", "not_available", `kind: ${kind} connections are not built yet`, {
      errors: [{ path: "kind", message: "is not built yet" }],
    })
  return channel
}
