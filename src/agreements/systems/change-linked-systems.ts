import type { z } from "zod"
import type { Act } from "#kernel/act.ts"
import { invalidField, Refusal } from "#kernel/errors.ts"
import { newId } from "#kernel/ids.ts"
import type { Kit } from "#kernel/kit.ts"
import { splitSettings } from "#kernel/sealed-settings.ts"
import { connectionById } from "#connections/index.ts"
import { recordAdminAct } from "#event-log/index.ts"
import type { changeLinkedSystemBody, newLinkedSystemBody } from "../api-contract.ts"
import { countOpenOfSystem } from "../agreement-store.ts"
import {
  insertSystem,
  type LinkedSystemRow,
  lockSystem,
  saveSystem,
  shareLockSystem,
  systemsInUse,
} from "./linked-system-store.ts"
import { systemRegistry } from "./system-registry.ts"

type Keys = Pick<Kit, "secrets">
type Settings = Record<string, unknown>

/** What the audit log holds: of settings only the names, an address may carry a token. */
const audited = ["kind", "name"] as const
const settingNames = (settings: Settings = {}) => Object.keys(settings).map((name) => `settings.${name}`)

/** Links a system; its settings are checked by name and the secret ones sealed at once. Returns its id. */
export async function linkSystem(act: Act, keys: Keys, body: z.output<typeof newLinkedSystemBody>): Promise<string> {
  const row = { id: newId("sys"), ...body, ...(await checkedSettings(act, keys, body.kind, body.settings)) }
  await insertSystem(act, row)
  const touched = settingNames(body.settings)
  const about = { subjectId: row.id, name: row.name, after: row, fields: audited, touched }
  await recordAdminAct(act, "linked_system.changed", { ...about, data: { change: "created", kind: row.kind } })
  return row.id
}

/** Changes what is given and leaves the rest. Settings are merged; one that is null is taken away. */
export async function changeSystem(
  act: Act,
  keys: Keys,
  id: string,
  { name, settings }: z.output<typeof changeLinkedSystemBody>,
): Promise<void> {
  const before = await lockSystem(act, id)
  const merged =
    settings && (await checkedSettings(act, keys, before.kind, { ...before.settings, ...settings }, before))
  const after = { ...before, ...(name !== undefined && { name }), ...merged }
  await saveSystem(act, id, { name: after.name, settings: after.settings, secrets: after.secrets })
  const about = { subjectId: id, name: after.name, before, after, fields: audited, touched: settingNames(settings) }
  await recordAdminAct(act, "linked_system.changed", about)
}

/**
 * Takes a system out of use: it is asked no more, and its hooks find nobody. Refuses (409 `in_use`) one that another one names, and one
 * with agreements that are not closed: nothing would ever close them.
 */
export async function unlinkSystem(act: Act, id: string): Promise<void> {
  const before = await lockSystem(act, id)
  const partner = (await systemsInUse(act.tx)).find(({ kind, settings }) => {
    const { pairedBy } = systemRegistry[kind]
    return pairedBy !== undefined && settings[pairedBy.setting] === id
  })
  if (partner) {
    const usedBy = [{ name: partner.name }]
    throw new Refusal("conflict", "in_use", `${partner.name} forms pairs with it`, { more: { usedBy } })
  }
  const open = await countOpenOfSystem(act.tx, id)
  if (open > 0) {
    const wayOut = "close them by hand, or wait until both systems have closed them"
    throw new Refusal("conflict", "in_use", `Agreements that are not closed: ${open}; ${wayOut}`, {
      more: { openAgreements: open },
    })
  }
  await saveSystem(act, id, { deletedAt: act.now })
  await recordAdminAct(act, "linked_system.changed", { subjectId: id, name: before.name, before, fields: audited })
}

async function checkedSettings(
  act: Act,
  { secrets }: Keys,
  kind: LinkedSystemRow["kind"],
  given: Settings,
  kept?: LinkedSystemRow,
): Promise<Pick<LinkedSystemRow, "settings" | "secrets">> {
  const registered = systemRegistry[kind]
  const isSecret = (name: string) => Object.hasOwn(registered.secrets.shape, name)
  const present = Object.fromEntries(Object.entries(given).filter(([name, value]) => value !== null || isSecret(name)))
  const { settings, opened, sealed } = splitSettings(registered, secrets, present, kept?.secrets ?? null)
  const fault =
    registered.findFault?.({ settings, secrets: opened }) ??
    (await unknownNoticeConnection(act, settings)) ??
    (await unknownPartner(act, kind, settings))
  if (fault) throw invalidField(`settings.${fault.setting}`, fault.message)
  return { settings, secrets: sealed }
}

async function unknownNoticeConnection(act: Act, { noticeConnectionId }: Settings) {
  if (typeof noticeConnectionId !== "string") return null
  const connection = await connectionById(act.tx, noticeConnectionId)
  if (connection && !connection.deletedAt) return null
  return { setting: "noticeConnectionId", message: "is not a connection" }
}

async function unknownPartner(act: Act, kind: LinkedSystemRow["kind"], settings: Settings) {
  const { pairedBy } = systemRegistry[kind]
  const id = pairedBy && (settings[pairedBy.setting] as string | undefined)
  if (id === undefined) return null
  // Nobody removes it meanwhile.
  const partner = await shareLockSystem(act, id)
  return partner?.kind === pairedBy!.kind
    ? null
    : { setting: pairedBy!.setting, message: `is not a ${pairedBy!.kind} system` }
}
