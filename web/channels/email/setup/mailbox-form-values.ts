// The form of a mailbox: what it holds at first, how its fields lead to each other, and what is sent of it. Pure.
import type { Connection, ConnectionChange } from "../../../settings/connections/connection-queries.ts"
import { oauthChangeOf, type OAuthForm, oauthFormOf, usesSignIn } from "./oauth-form-values.ts"
import { type Provider, providerOf, type Security, serversOf } from "./provider-presets.ts"

const inbox = "INBOX"

export type MailboxForm = OAuthForm & {
  provider: Provider
  name: string
  address: string
  senderName: string
  password: string
  /** Empty: the address. */
  user: string
  hasSmtpLogin: boolean
  /** Empty: as for receiving. */
  smtpUser: string
  smtpPassword: string
  imapHost: string
  imapPort: string
  imapSecurity: string
  smtpHost: string
  smtpPort: string
  smtpSecurity: string
  folder: string
  startFrom: string
  startDays: string
}

type StoredServer = { host: string; port: number; security: Security; user: string }

const text = (value: unknown) => (typeof value === "string" ? value : "")

export function mailboxFormOf(connection: Connection | undefined): MailboxForm {
  const { settings = {}, name = "", secretsSet = [] } = connection ?? {}
  const address = text(settings["address"])
  const empty: MailboxForm = {
    provider: "gmail",
    ...oauthFormOf(connection),
    name,
    address,
    senderName: text(settings["name"]),
    password: "",
    user: "",
    hasSmtpLogin: false,
    smtpUser: "",
    smtpPassword: "",
    folder: text(settings["folder"]) || inbox,
    startFrom: "now",
    startDays: "30",
    ...serverFields("gmail", address),
  }
  const imap = settings["imap"] as StoredServer | undefined
  const smtp = settings["smtp"] as StoredServer | undefined
  if (!imap || !smtp) return empty
  return {
    ...empty,
    provider: providerOf(imap.host, address),
    user: imap.user === address ? "" : imap.user,
    hasSmtpLogin: smtp.user !== imap.user || secretsSet.includes("smtpPassword"),
    smtpUser: smtp.user === imap.user ? "" : smtp.user,
    ...fieldsOf({ imap, smtp }),
  }
}

/** Its servers in place of those of the provider before. */
export const withProvider = (form: MailboxForm, provider: Provider): MailboxForm => ({
  ...form,
  provider,
  ...serverFields(provider, form.address),
})

/** Servers that are named after the domain follow it, as long as nobody has written others. */
export function withAddress(form: MailboxForm, address: string): MailboxForm {
  const before = serversOf(form.provider, form.address)
  const after = serversOf(form.provider, address)
  return {
    ...form,
    address,
    imapHost: form.imapHost === before.imap.host ? after.imap.host : form.imapHost,
    smtpHost: form.smtpHost === before.smtp.host ? after.smtp.host : form.smtpHost,
  }
}

const serverFields = (provider: Provider, address: string) => fieldsOf(serversOf(provider, address))

const fieldsOf = ({ imap, smtp }: ReturnType<typeof serversOf>) => ({
  imapHost: imap.host,
  imapPort: String(imap.port),
  imapSecurity: imap.security as string,
  smtpHost: smtp.host,
  smtpPort: String(smtp.port),
  smtpSecurity: smtp.security as string,
})

function serversIn(form: MailboxForm): { imap: StoredServer; smtp: StoredServer } {
  const user = form.user.trim() || form.address.trim().toLowerCase()
  const smtpUser = (form.hasSmtpLogin && form.smtpUser.trim()) || user
  const [imapSecurity, smtpSecurity] = [form.imapSecurity as Security, form.smtpSecurity as Security]
  return {
    imap: { host: form.imapHost.trim(), port: Number(form.imapPort), security: imapSecurity, user },
    smtp: { host: form.smtpHost.trim(), port: Number(form.smtpPort), security: smtpSecurity, user: smtpUser },
  }
}

const ways = { password: ["imap", "smtp"], smtpPassword: ["smtp"] } as const

/** It would go to another server, or as another user's, than it was given for: what is kept of it is not for that. */
export function isMoved(form: MailboxForm, connection: Connection | undefined, secret: keyof typeof ways): boolean {
  const servers = serversIn(form)
  return connection !== undefined && ways[secret].some((way) => !isSame(connection.settings[way], servers[way]))
}

const isSame = (stored: unknown, { host, port, security, user }: StoredServer) => {
  const before = (stored ?? {}) as Partial<StoredServer>
  return before.host === host && before.port === port && before.security === security && before.user === user
}

/** Whether it was read once: from then on where to begin is past. */
export const wasOn = (connection: Connection | undefined): boolean =>
  connection !== undefined && (connection.enabled || connection.health.verification?.failure === null)

/** A password left empty stays what it is. */
export function mailboxChangeOf(
  form: MailboxForm,
  connection: Connection | undefined,
  language: string,
): ConnectionChange {
  const address = form.address.trim().toLowerCase()
  const isSmtpPasswordSet = connection?.secretsSet.includes("smtpPassword") ?? false
  const start = form.startFrom === "days" ? { from: "days", days: Number(form.startDays) } : { from: "now" }
  return {
    name: form.name.trim() || address,
    settings: {
      address,
      name: form.senderName.trim(),
      ...serversIn(form),
      ...oauthChangeOf(form, connection),
      ...(!connection && { language }),
      folder: form.folder.trim() || inbox,
      ...(!wasOn(connection) && { start }),
      ...(form.password !== "" && !usesSignIn(form, connection) && { password: form.password }),
      ...(form.hasSmtpLogin && form.smtpPassword !== "" && { smtpPassword: form.smtpPassword }),
      ...(!form.hasSmtpLogin && isSmtpPasswordSet && { smtpPassword: null }),
    },
  }
}
