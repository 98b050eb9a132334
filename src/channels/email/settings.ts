// What one says of a mailbox when it is connected.
import { isIP } from "node:net"
import { z } from "zod"
import { mailableAddress, plainText } from "#kernel/http/input-fields.ts"
import { isPublicAddress } from "#kernel/outbound/public-address.ts"
import { languages } from "#texts/languages-and-text-ids.ts"
import type { ChannelAccount } from "../channel.ts"
import type { MailAddress } from "../received-messages-and-reports.ts"

const address = mailableAddress("soporte@example.com")

const host = z
  .string()
  .max(253, "must be at most 253 characters")
  .regex(/^[A-Za-z0-9.:_-]+$/, "must be the name of a server, such as imap.example.com")

/** `tls` from the first byte, `starttls` before anything secret is said. */
const server = z
  .strictObject({
    host,
    port: z.int("must be a port").min(1, "must be a port").max(65_535, "must be a port"),
    security: z.enum(["tls", "starttls", "none"]),
    user: plainText(254, 1),
  })
  .refine(({ host: name, security }) => security !== "none" || !isIP(name) || !isPublicAddress(name), {
    path: ["security"],
    message: "none is for servers in the own network only",
  })
export type MailServer = z.output<typeof server>

const start = z
  .strictObject({ from: z.enum(["now", "days"]), days: z.int("must be whole days").min(1).max(365).optional() })
  .refine(({ from, days }) => (from === "days") === (days !== undefined), {
    path: ["days"],
    message: "goes with `from: days`",
  })

/** An issuer is asked without encryption in the own network only. */
const issuer = z
  .url({ protocol: /^https?$/, error: "must be an http(s) address" })
  .max(500, "must be at most 500 characters")
  .refine((url) => !URL.parse(url)?.username && !URL.parse(url)?.search, "must be an address alone")
  .refine((url) => url.startsWith("https:") || isInOwnNetwork(new URL(url).hostname), "must be an https address")

function isInOwnNetwork(host: string): boolean {
  const name = host.replace(/^\[|\]$/g, "")
  return name === "localhost" || (isIP(name) !== 0 && !isPublicAddress(name))
}

const providers = ["google", "microsoft", "other"] as const

/** The desk's own app at the provider of the mailbox. `tenant`: of Microsoft. `issuer`, `scope`: of any other provider. */
const oauth = z
  .strictObject({
    provider: z.enum(providers),
    clientId: plainText(300, 1),
    tenant: z
      .string()
      .regex(/^[A-Za-z0-9.-]{1,100}$/, "must be the id or the domain of a tenant")
      .optional(),
    issuer: issuer.optional(),
    scope: plainText(500, 1).optional(),
  })
  .refine(({ provider, tenant }) => provider === "microsoft" || tenant === undefined, {
    path: ["tenant"],
    message: "is of Microsoft alone",
  })
  .refine((it) => (it.provider === "other") === (it.issuer !== undefined), {
    path: ["issuer"],
    message: "goes with `provider: other`",
  })
  .refine((it) => (it.provider === "other") === (it.scope !== undefined), {
    path: ["scope"],
    message: "goes with `provider: other`",
  })

const mailboxFields = z.strictObject({
  address,
  /** As senders are shown, before the address. */
  name: plainText(100).optional(),
  /** Other addresses whose mail arrives here. */
  aliases: z.array(address).max(20, "must be at most 20 addresses").optional(),
  imap: server,
  smtp: server,
  auth: z.enum(["password", "oauth"]),
  oauth: oauth.optional(),
  folder: plainText(200, 1).optional(),
  /** From when on mails are received. */
  start: start.optional(),
  signature: plainText(2_000).optional(),
  /** Whether what leaves is put into the folder of sent mails; unset: unless the provider does so by itself. */
  copyToSent: z.boolean().optional(),
  /** Of the words that stand where a mail is too large to be fetched. */
  language: z.enum(languages).optional(),
})
export const mailboxSettings = mailboxFields.refine((it) => it.auth === "password" || it.oauth !== undefined, {
  path: ["oauth"],
  message: "goes with `auth: oauth`",
})
export type MailboxSettings = z.output<typeof mailboxSettings>

const password = z.string().min(1, "must not be empty").max(1_000, "must be at most 1000 characters")

/** `smtpPassword`: where it is another one than for reading. `clientSecret`: of the desk's app at the provider. */
export const mailboxSecrets = z.strictObject({ password, smtpPassword: password, clientSecret: password }).partial()

/** The settings of a connection; they were checked when they were stored. */
export const mailboxOf = ({ settings }: Pick<ChannelAccount, "settings">) => settings as unknown as MailboxSettings

export const folderOf = ({ folder = "INBOX" }: MailboxSettings) => folder

/** Every address whose mail is meant for this mailbox. */
export const ownAddresses = ({ address: main, aliases = [] }: MailboxSettings): string[] => [main, ...aliases]

/** An alias only once the verification has shown that mails leave by it as they are written. */
export function senderAddresses({ settings, learnt }: Pick<ChannelAccount, "settings" | "learnt">): MailAddress[] {
  const { address: main, aliases = [], name = "" } = mailboxOf({ settings })
  const { aliases: proved } = learnt
  const verified = aliases.filter((alias) => Array.isArray(proved) && proved.includes(alias))
  return [main, ...verified].map((address) => ({ name, address }))
}
