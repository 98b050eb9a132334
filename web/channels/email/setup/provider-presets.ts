// The servers of well-known providers, so that nobody must look them up. Pure.
// Hosts and ports as support.google.com/mail/answer/7126229, learn.microsoft.com/exchange (POP and IMAP), zoho.com/mail/help/imap-access
// and docs.cpanel.net (Email Accounts) gave them on 2026-11-30.

export const securities = ["tls", "starttls", "none"] as const
export type Security = (typeof securities)[number]
type ServerAddress = { host: string; port: number; security: Security }
type Servers = { imap: ServerAddress; smtp: ServerAddress }

export const providers = ["gmail", "microsoft", "zoho", "cpanel", "other"] as const
export type Provider = (typeof providers)[number]

const overTls = (host: string, port: number): ServerAddress => ({ host, port, security: "tls" })

/** The servers of a mailbox there; a host that nobody can know is empty. */
export function serversOf(provider: Provider, address: string): Servers {
  const domain = address.split("@")[1]?.trim().toLowerCase() ?? ""
  const ofDomain = domain === "" ? "" : `mail.${domain}`
  const known: Record<Provider, Servers> = {
    gmail: { imap: overTls("imap.gmail.com", 993), smtp: overTls("smtp.gmail.com", 465) },
    microsoft: {
      imap: overTls("outlook.office365.com", 993),
      smtp: { host: "smtp.office365.com", port: 587, security: "starttls" },
    },
    zoho: { imap: overTls("imap.zoho.com", 993), smtp: overTls("smtp.zoho.com", 465) },
    cpanel: { imap: overTls(ofDomain, 993), smtp: overTls(ofDomain, 465) },
    other: { imap: overTls("", 993), smtp: overTls("", 465) },
  }
  return known[provider]
}

/** The provider whose servers a stored mailbox has. */
export function providerOf(imapHost: string, address: string): Provider {
  const byHost = providers.find((provider) => {
    const { host } = serversOf(provider, address).imap
    return host !== "" && host === imapHost.toLowerCase()
  })
  return byHost ?? "other"
}
