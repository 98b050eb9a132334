// The form of a number: what is sent of it, and how a random word for Meta is made.
import { randomKey } from "../../../lib/random-key.ts"
import type { Connection, ConnectionChange } from "../../../settings/connections/connection-queries.ts"

export const secretNames = ["accessToken", "appSecret", "verifyToken"] as const
export type SecretName = (typeof secretNames)[number]

export type NumberForm = Record<"name" | "phoneNumberId" | "wabaId" | "language" | SecretName, string>

const text = (value: unknown) => (typeof value === "string" ? value : "")

export function numberFormOf(connection: Connection | undefined, language: string): NumberForm {
  const { settings = {}, name = "" } = connection ?? {}
  return {
    name,
    phoneNumberId: text(settings["phoneNumberId"]),
    wabaId: text(settings["wabaId"]),
    language: text(settings["language"]) || language,
    accessToken: "",
    appSecret: "",
    verifyToken: connection ? "" : randomKey(),
  }
}

/** A secret left empty stays what it is. */
export function connectionChangeOf(form: NumberForm): ConnectionChange {
  const { name, phoneNumberId, wabaId, language } = form
  const given = secretNames.map((secret) => [secret, form[secret].trim()] as const).filter(([, value]) => value !== "")
  const waba = wabaId.trim() ? { wabaId: wabaId.trim() } : {}
  return {
    name: name.trim(),
    settings: { phoneNumberId: phoneNumberId.trim(), language, ...waba, ...Object.fromEntries(given) },
  }
}
