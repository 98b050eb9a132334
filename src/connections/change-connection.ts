import { isDeepStrictEqual } from "node:util"
import type { z } from "zod"
import type { Act } from "#kernel/act.ts"
import { invalidField, Refusal } from "#kernel/errors.ts"
import { openSettings, splitSettings } from "#kernel/sealed-settings.ts"
import type { Secrets } from "#kernel/secrets.ts"
import { refuseUnknownCalendar } from "#calendars/index.ts"
import { recordAdminAct } from "#event-log/index.ts"
import { closeCircuitBreaker } from "./circuit-breaker.ts"
import type { changeBody } from "./api-contract.ts"
import { channelOf, connectionFields, refuseUnknownTeams, settingsIn } from "./create-connection.ts"
import { deleteGrant } from "./oauth/grant-store.ts"
import { type ConnectionRow, lockConnection, saveConnection } from "./connection-store.ts"

/** Changes what is given and leaves the rest. Settings are merged; a secret set to null is deleted. */
export async function changeConnection(
  act: Act,
  secrets: Secrets,
  id: string,
  body: z.output<typeof changeBody>,
): Promise<void> {
  const row = await lockConnection(act, id)
  const { settings: given, ...fields } = body
  if (fields.enabled) refuseUnverified(row)
  await refuseUnknownTeams(act, fields.teamIds ?? [])
  await refuseUnknownCalendar(act, fields.calendarId)
  const set = Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as Partial<ConnectionRow>
  if (given) {
    const { settings, sealed } = splitSettings(channelOf(row.kind), secrets, { ...row.settings, ...given }, row.secrets)
    refuseSecretForOthers({ row, kept: openSettings(secrets, row.secrets), after: settings, given })
    Object.assign(set, { settings, secrets: sealed })
  }
  await saveConnection(act, row, set)
  if (set.settings && isGrantMoved(row, set.settings)) await deleteGrant(act, id)
  // New credentials deserve a try; if they are no better, the first message says so again.
  if (given) await closeCircuitBreaker(act, id)
  const data = { change: "changed", fields: Object.keys(body) }
  const change = { before: row, after: { ...row, ...set }, fields: connectionFields, touched: settingsIn(body), data }
  await recordAdminAct(act, "connection.changed", { subjectId: id, name: set.name ?? row.name, ...change })
}

function refuseUnverified({ kind, health }: ConnectionRow) {
  if (channelOf(kind).verify && health.verification?.failure !== null) throw new Refusal("conflict", "not_verified")
}

type SettingsChange = {
  row: ConnectionRow
  kept: object
  after: Record<string, unknown>
  given: Record<string, unknown>
}

/** A secret is for the server that it was given for: an admin could have it sent to another one. */
function refuseSecretForOthers({ row, kept, after, given }: SettingsChange) {
  for (const [secret, settings] of Object.entries(channelOf(row.kind).secretsGoTo ?? {})) {
    const isMoved = settings.some((name) => !isDeepStrictEqual(row.settings[name], after[name]))
    if (isMoved && Object.hasOwn(kept, secret) && given[secret] === undefined)
      throw invalidField(`settings.${secret}`, "must be given again for another server")
  }
}

/** What a provider has granted is for these servers: an admin could have it shown to another one. */
const isGrantMoved = ({ kind, settings }: ConnectionRow, after: Record<string, unknown>) =>
  (channelOf(kind).oauth?.boundTo ?? []).some((name) => !isDeepStrictEqual(settings[name], after[name]))

/** Takes a connection out of use. Its tickets keep it and their story; its calendar is free. */
export async function deleteConnection(act: Act, id: string): Promise<void> {
  const before = await lockConnection(act, id)
  await saveConnection(act, before, { deletedAt: act.now, enabled: false, calendarId: null })
  await deleteGrant(act, id)
  await recordAdminAct(act, "connection.changed", {
    subjectId: id,
    name: before.name,
    before,
    fields: connectionFields,
  })
}
