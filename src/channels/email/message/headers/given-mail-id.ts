// The Message-ID that a server says it has given a mail instead of ours, in its answer to the whole of it. Pure.

// Amazon SES names its id alone ("250 Ok 0102018c…-000000"); as Message-ID it bears a domain by region.
const sesHost = /^email-smtp\.([a-z0-9-]{1,30})\.amazonaws\.com$/i
const sesId = /^250 ok ([0-9a-f]{16}-[0-9a-f-]{10,60})\b/i
const bracketed = /<([^<>\s@]{1,200}@[^<>\s@]{1,200})>/

/** Without brackets; null where the answer names none. Numbers under which servers queue mails are no Message-IDs. */
export function givenMailId(response: string, host: string): string | null {
  const answer = response.slice(0, 1_000)
  const region = sesHost.exec(host)?.[1]?.toLowerCase()
  const id = sesId.exec(answer)?.[1]
  if (region === undefined || id === undefined) return bracketed.exec(answer)?.[1] ?? null
  return `${id}@${region === "us-east-1" ? "email" : region}.amazonses.com`
}
