import { recordAdminAct } from "#event-log/index.ts"
import type { Act } from "#kernel/act.ts"
import { type FieldError, Refusal } from "#kernel/errors.ts"
import { readSetting } from "./read-setting.ts"
import { type SettingName, settings, type SettingValue } from "./setting-definitions.ts"
import { saveSetting, storedSettings } from "./settings-store.ts"

/** Refuses what the setting may not be, naming the place in `value`. */
export async function changeSetting<N extends SettingName>(
  act: Act,
  name: N,
  value: unknown,
): Promise<SettingValue<N>> {
  const read = settings[name].type.safeParse(value)
  if (!read.success) {
    const errors = read.error.issues.map(({ path, message }): FieldError => ({
      path: ["value", ...path].join("."),
      message,
    }))
    throw new Refusal(
      "invalid",
      "invalid",
      errors
        .map((e) => `${e.path}: ${e.message}`)
        .join("; ")
        .slice(0, 1_000),
      { errors },
    )
  }
  const before = { value: await readSetting(act, name) }
  await saveSetting(act, name, read.data)
  const change = { before, after: { value: read.data }, fields: ["value"] as const, data: { name } }
  await recordAdminAct(act, "setting.changed", { subjectId: name, name, ...change })
  return read.data as SettingValue<N>
}

/** Sets what nobody has set yet. */
export async function initializeSetting(act: Act, name: SettingName, value: unknown): Promise<void> {
  if (!(await storedSettings(act.tx)).has(name)) await changeSetting(act, name, value)
}
