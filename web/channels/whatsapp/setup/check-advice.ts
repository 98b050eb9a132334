// Which words belong to a failed check. Pure: the server's finding in, ids of texts out.
export interface Check {
  name: "token" | "number" | "webhook" | "templates"
  ok: boolean
  /** Failed: a code of ours and, after a space, the number that Meta gave. Well: what was found, if there is something to show. */
  detail: string
}

export type AdviceCode = "network" | "token" | "number" | "webhook" | "appSecret" | "verifyToken" | "waba" | "templates"

export interface Advice {
  /** The id of what happened, for `failure.<reason>`; null when the advice says it all. */
  reason: string | null
  code: string | null
  fix: AdviceCode
}

const known: Record<string, AdviceCode> = {
  nothing_arrived: "webhook",
  no_app_secret: "appSecret",
  no_verify_token: "verifyToken",
  no_waba_id: "waba",
}

export function adviceFor({ name, detail }: Check): Advice {
  const [said = "", code = null] = detail.split(" ")
  const fix = known[said]
  if (fix) return { reason: null, code: null, fix }
  if (said === "unanswered" || said === "unreachable")
    return { reason: said === "unanswered" ? "timeout" : said, code: null, fix: "network" }
  return { reason: said || null, code, fix: said === "token" ? "token" : name }
}
