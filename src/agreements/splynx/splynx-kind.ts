import { isIP } from "node:net"
import { z } from "zod"
import { isPublicAddress } from "#kernel/outbound/public-address.ts"
import { timezone } from "#kernel/http/input-fields.ts"
import type { SettingFault, SystemKind, WholeSettings } from "../systems/system-kind.ts"
import { noticeSettings } from "../systems/notice-settings.ts"
import { secretSetting } from "../systems/secret-setting.ts"
import { ticketsAtOnce } from "./list-splynx-tickets.ts"
import { splynxHook } from "./splynx-hook.ts"
import { connectToSplynx, testSplynx } from "./splynx-tickets.ts"

/** What each way to sign in needs. */
const needs = {
  basic: ["key", "secret"],
  api_key: ["key", "secret"],
  admin: ["login", "password"],
} as const
type Way = keyof typeof needs

export const splynx: SystemKind = {
  label: "Splynx",
  settings: z.strictObject({
    baseUrl: z
      .url({ protocol: /^https?$/, error: "must be an http(s) address" })
      .max(500)
      .refine((url) => !/[?#]/.test(url), "must have no ? and no #")
      .transform((url) => url.replace(/\/+$/, "")),
    auth: z.enum(Object.keys(needs) as [Way, ...Way[]], "must be basic, api_key or admin"),
    login: z.string().min(1).max(100).optional(),
    /** Where its clock stands: the times that it gives say no zone. */
    timezone: timezone.optional(),
    requestsPerSecond: z.int("must be a whole number").min(1).max(1_000).optional(),
    ...noticeSettings,
  }),
  secrets: z.strictObject({
    key: secretSetting.optional(),
    secret: secretSetting.optional(),
    password: secretSetting.optional(),
    hookSecret: secretSetting.optional(),
  }),
  findFault,
  test: testSplynx,
  hooks: [splynxHook],
  work: { statusesAtOnce: ticketsAtOnce, connect: connectToSplynx },
}

function findFault({ settings, secrets }: WholeSettings): SettingFault | null {
  const { baseUrl, auth } = settings as { baseUrl: string; auth: Way }
  const given = { ...settings, ...secrets }
  const missing = needs[auth].find((name) => given[name] === undefined)
  if (missing !== undefined) return { setting: missing, message: `is needed for ${auth}` }
  const { protocol, hostname, username, password } = new URL(baseUrl)
  if (username || password) return { setting: "baseUrl", message: "must have no credentials in it" }
  // A secret that goes to the internet in the clear is everybody's.
  if (protocol === "http:" && !isLocal(hostname.replace(/^\[|\]$/g, "")))
    return { setting: "baseUrl", message: "must be https, save to an address of your own network" }
  return null
}

const isLocal = (host: string) =>
  isIP(host) > 0 ? !isPublicAddress(host) : /^[^.:]+$|\.(local|lan|internal|localhost|home\.arpa)$/i.test(host)
