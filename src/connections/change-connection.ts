import { sql } from "kysely"
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
import { settingsDiffer } from "./settings-differ.ts"

/**
 * Changes what is given and leaves the rest. Settings are merged; a secret set to null is deleted. An account that has become another one
 * is off until that one is verified.
 */
export async function changeConnection(
  act: Act,
  secrets: Secrets,
  id: string,
  body: z.output<typeof changeBody>,
): Promise<void> {
  const row = await lockConnection(act, id)
  const { settings: given, ...fields } = body
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
  const { oauth, provedSettings = [] } = channelOf(row.kind)
  const isChanged = (names: readonly string[]) => settingsDiffer(names, row.settings, set.settings ?? row.settings)
  const isUnproved = isChanged(provedSettings)
  if (fields.enabled) refuseUnverified(row, isUnproved)
  if (isUnproved) set.enabled = false
  await saveConnection(act, row, set)
  if (isUnproved) await forgetVerification(act, id)
  // What a provider has granted is for these servers: an admin could have it shown to another one.
  if (isChanged(oauth?.boundTo ?? [])) await deleteGrant(act, id)
  // New credentials deserve a try; if they are no better, the first message says so again.
  if (given) await closeCircuitBreaker(act, id)
  const data = { change: "changed", fields: Object.keys(body) }
  const change = { before: row, after: { ...row, ...set }, fields: connectionFields, touched: settingsIn(body), data }
  await recordAdminAct(act, "connection.changed", { subjectId: id, name: set.name ?? row.name, ...change })
}

function refuseUnverified({ kind, health }: ConnectionRow, isUnproved: boolean) {
  const isVerified = health.verification?.failure === null && !isUnproved
  if (channelOf(kind).verify && !isVerified) throw new Refusal("conflict", "not_verified")
}

/** What was found out was of another account. */
const forgetVerification = (act: Act, id: string) =>
  sql`update connections set health = health - 'verification' where id = ${id}`.execute(act.tx)

type SettingsChange = {
  row: ConnectionRow
  kept: object
  after: Record<string, unknown>
  given: Record<string, unknown>
}

/** A secret is for the server that it was given for: an admin could have it sent to another one. */
function refuseSecretForOthers({ row, kept, after, given }: SettingsChange) {
  for (const [secret, settings] of Object.entries(channelOf(row.kind).secretsGoTo ?? {})) {
    const isMoved = settingsDiffer(settings, row.settings, after)
    if (isMoved && Object.hasOwn(kept, secret) && given[secret] === undefined)
      throw invalidField(`settings.${secret}`, "must be given again for another server")
  }
}

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
