// What the mailbox's own server says about a mail's sender (RFC 8601). Anybody can write such a header: only the topmost that bears
// the server's own name counts, and only for what is shown.
import type { AuthenticationResult, MailAuthentication } from "../read-mail.ts"

const results = ["pass", "fail", "softfail", "neutral", "none", "temperror", "permerror"] as const

/** The name that signs a field, in lower case; empty of a server that gives none (Microsoft 365). */
export function authservIdOf(value: string): string {
  const first = (withoutComments(value).split(";", 1)[0] ?? "").trim().split(/\s/, 1)[0]!
  return first.includes("=") ? "" : first.toLowerCase()
}

/** `fields`: the values of Authentication-Results, topmost first. Null when none is the server's own. */
export function readAuthentication(fields: readonly string[], authservId: string | null): MailAuthentication | null {
  const own = authservId === null ? undefined : fields.find((field) => authservIdOf(field) === authservId.toLowerCase())
  if (own === undefined) return null
  const found = withoutComments(own)
    .split(";", 100)
    .map((part) => /^\s*(spf|dkim|dmarc)\s*=\s*(\w+)/i.exec(part))
    .flatMap((match) => (match ? [{ method: match[1]!.toLowerCase(), result: resultOf(match[2]!) }] : []))
  // A mail may bear several signatures; one that holds is enough.
  const of = (method: string) => {
    const all = found.filter((one) => one.method === method).map(({ result }) => result)
    return all.includes("pass") ? "pass" : (all[0] ?? "none")
  }
  return { spf: of("spf"), dkim: of("dkim"), dmarc: of("dmarc") }
}

function resultOf(word: string): AuthenticationResult {
  const result = word.toLowerCase()
  return results.find((known) => known === result) ?? (result === "hardfail" ? "fail" : "neutral")
}

/** Comments may stand anywhere, in each other, and hold what looks like a result. */
function withoutComments(value: string): string {
  const kept: string[] = []
  let depth = 0
  let from = 0
  for (let at = 0; at < value.length; at++) {
    const sign = value[at]
    if (sign === "(") {
      if (depth === 0) kept.push(value.slice(from, at))
      depth++
    } else if (sign === ")" && depth > 0) {
      depth--
      from = at + 1
    }
  }
  return depth > 0 ? kept.join(" ") : [...kept, value.slice(from)].join(" ")
}
