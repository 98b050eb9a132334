// A Splynx as it is called: what was set for it, and what paces and numbers its requests on all servers.
import { setTimeout as pause } from "node:timers/promises"
import { sql } from "kysely"
import type { Kit } from "#kernel/kit.ts"
import { consumeRateLimit } from "#kernel/rate-limits.ts"
import type { SystemAccount } from "../systems/system-kind.ts"

/** Its secrets are open: not to be kept, shown or logged. */
export type SplynxAccount = {
  /** Of the linked system. */
  id: string
  baseUrl: string
  credentials: SplynxCredentials
  /** From all servers together. */
  requestsPerSecond: number
  /** Where its clock stands. */
  timezone: string
}

/** `basic` works for keys with "unsecure access" only; `admin` is an administrator's name and password. */
export type SplynxCredentials =
  | { auth: "basic" | "api_key"; key: string; secret: string }
  | { auth: "admin"; login: string; password: string }

export function splynxAccountOf({ id, settings, secrets }: SystemAccount): SplynxAccount {
  const { baseUrl, auth, login, requestsPerSecond, timezone } = settings as SplynxSettings
  const { key = "", secret = "", password = "" } = secrets
  const credentials = auth === "admin" ? { auth, login: login ?? "", password } : { auth, key, secret }
  return { id, baseUrl, credentials, requestsPerSecond: requestsPerSecond ?? 5, timezone: timezone ?? home }
}

type SplynxSettings = {
  baseUrl: string
  auth: SplynxCredentials["auth"]
  login?: string
  requestsPerSecond?: number | null
  timezone?: string | null
}

const home = "America/Argentina/Buenos_Aires"

/** The address of something in its API, of version 2.0; people often paste the beginning of the API itself. */
export const urlOf = ({ baseUrl }: SplynxAccount, path: string) =>
  `${baseUrl.replace(/\/+$/, "").replace(/\/api\/2\.0(\/admin)?$/, "")}/api/2.0/admin/${path}`

/** Resolves when it may be asked once more. It says nothing of how much it bears: what is set is kept by all servers together. */
export async function waitForTurn(kit: Kit, { id, requestsPerSecond }: SplynxAccount): Promise<void> {
  for (;;) {
    const { spent, msLeft } = await consumeRateLimit(kit.db, `splynx:${id}`, 1)
    if (spent <= requestsPerSecond) return
    await pause(msLeft)
  }
}

/** Rises from one request to the next, on all servers, after a restart, and when a clock or a backup goes back. */
export async function nextNonce(kit: Kit, { id }: SplynxAccount): Promise<string> {
  const hundredthsOfMs = sql`floor(extract(epoch from clock_timestamp()) * 100000)::bigint`
  const { rows } = await sql<{ nonce: string }>`
    insert into splynx_nonces as n (system_id, nonce) values (${id}, ${hundredthsOfMs})
    on conflict (system_id) do update set nonce = greatest(n.nonce + 1, excluded.nonce)
    returning nonce::text as nonce`.execute(kit.db.kysely)
  return rows[0]!.nonce
}
