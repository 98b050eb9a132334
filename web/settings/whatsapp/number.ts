// The form of a number: what is sent of it, and how a random word for Meta is made.
import { uniqueKey } from "../../lib/unique.ts"
import type { Connection, ConnectionChange } from "../connections.ts"

export const secrets = ["accessToken", "appSecret", "verifyToken"] as const
export type Secret = (typeof secrets)[number]

export type NumberForm = Record<"name" | "phoneNumberId" | "wabaId" | "language" | Secret, string>

const text = (value: unknown) => (typeof value === "string" ? value : "")

export function formOf(connection: Connection | undefined, language: string): NumberForm {
  const { settings = {}, name = "" } = connection ?? {}
  return {
    name,
    phoneNumberId: text(settings["phoneNumberId"]),
    wabaId: text(settings["wabaId"]),
    language: text(settings["language"]) || language,
    accessToken: "",
    appSecret: "",
    verifyToken: connection ? "" : uniqueKey(),
  }
}

/** A secret left empty stays what it is. */
export function changeOf(form: NumberForm): ConnectionChange {
  const { name, phoneNumberId, wabaId, language } = form
  const given = secrets.map((secret) => [secret, form[secret].trim()] as const).filter(([, value]) => value !== "")
  const waba = wabaId.trim() ? { wabaId: wabaId.trim() } : {}
  return {
    name: name.trim(),
    settings: { phoneNumberId: phoneNumberId.trim(), language, ...waba, ...Object.fromEntries(given) },
  }
}
