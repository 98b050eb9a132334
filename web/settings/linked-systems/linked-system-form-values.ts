// What the form of a linked system holds, as texts, and what of it is sent. Pure.
import type { LinkedSystem } from "./linked-system-queries.ts"

export interface FormValues {
  name: string
  settings: Record<string, string>
  /** "" leaves what is kept as it is, null takes it away. */
  secrets: Record<string, string | null>
}

/** How a setting stands in its field. An empty field is a setting that is not set. */
export interface SettingFormat {
  toText: (value: unknown) => string
  toSetting: (text: string) => unknown
}

export interface SettingFormats {
  settings: Record<string, SettingFormat>
  secrets: readonly string[]
  /** Settings and secrets that the chosen way to authenticate does without. */
  unused?: (settings: Record<string, string>) => readonly string[]
}

/** `unset`: what its field shows then. */
export const textSetting = (unset = ""): SettingFormat => ({
  toText: (value) => (typeof value === "string" ? value : unset),
  toSetting: (text) => text,
})

export const numberSetting = (unset: number): SettingFormat => ({
  toText: (value) => String(typeof value === "number" ? value : unset),
  toSetting: Number,
})

/** One in each line. */
export const linesSetting: SettingFormat = {
  toText: (value) => (Array.isArray(value) ? value.join("\n") : ""),
  toSetting: (text) => text.split(/[\s,;]+/).filter(Boolean),
}

type StoredSystem = Pick<LinkedSystem, "name" | "settings" | "secretsSet">

export function formValuesOf(formats: SettingFormats, system: StoredSystem | undefined): FormValues {
  const texts = Object.entries(formats.settings).map(([name, { toText }]) => [name, toText(system?.settings[name])])
  return {
    name: system?.name ?? "",
    settings: Object.fromEntries(texts) as Record<string, string>,
    secrets: Object.fromEntries(formats.secrets.map((name) => [name, ""])),
  }
}

/** A secret that was not touched is not sent, and stays. Null takes away what is stored. */
export function settingsToSend(
  { settings: formats, secrets, unused = () => [] }: SettingFormats,
  values: FormValues,
  stored: StoredSystem | undefined,
): Record<string, unknown> {
  const isUnused = (name: string) => unused(values.settings).includes(name)
  const sent: Record<string, unknown> = {}
  for (const [name, { toSetting }] of Object.entries(formats)) {
    const text = isUnused(name) ? "" : (values.settings[name] ?? "").trim()
    if (text !== "") sent[name] = toSetting(text)
    else if (stored && name in stored.settings) sent[name] = null
  }
  for (const name of secrets) {
    const secret = isUnused(name) ? null : values.secrets[name]
    if (secret?.trim()) sent[name] = secret.trim()
    else if (secret === null && stored?.secretsSet.includes(name)) sent[name] = null
  }
  return sent
}
