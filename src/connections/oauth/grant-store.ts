// What the providers of connections have granted, and which server asks them for other tokens.
import { sql, type Kysely } from "kysely"
import type { DB } from "#db/types.ts"
import type { Act } from "#kernel/act.ts"
import type { Secrets } from "#kernel/secrets.ts"

export type GrantFailure = "refused" | "app" | "server"

export type Grant = {
  claim: number
  tokens: string
  accessEndsAt: Date
  grantedAt: Date
  claimedUntil: Date
  failures: number
  refusals: number
  failure: GrantFailure | null
  retryAt: Date
  endedAt: Date | null
}

/** Not to be kept, shown or logged. */
export type HeldTokens = { accessToken: string; refreshToken: string }

export const openTokens = (secrets: Secrets, tokens: string) => JSON.parse(secrets.open(tokens)) as HeldTokens
const seal = (secrets: Secrets, tokens: HeldTokens) => secrets.seal(JSON.stringify(tokens))

/** How long a server may be asked for other tokens until another server asks in its place (milliseconds). */
export const claimMs = 60_000

// By chance and not by counting: a claim of a grant that was removed never counts for the one that is made anew.
const newClaim = sql`floor(random() * 9007199254740991)::bigint`

const never = sql<Date>`'-infinity'`

export async function grantOf(from: Kysely<DB>, connectionId: string): Promise<Grant | undefined> {
  // An instant before all others is no Date.
  const { rows } =
    await sql<Grant>`select claim, tokens, access_ends_at, granted_at, failures, refusals, failure, ended_at,
      greatest(claimed_until, 'epoch') as claimed_until, greatest(retry_at, 'epoch') as retry_at
    from oauth_grants where connection_id = ${connectionId}`.execute(from)
  return rows[0]
}

type Fresh = { tokens: HeldTokens; accessEndsAt: Date }

/** In place of what was granted before. */
export async function insertGrant(act: Act, secrets: Secrets, connectionId: string, { tokens, accessEndsAt }: Fresh) {
  const sealed = seal(secrets, tokens)
  await sql`insert into oauth_grants (connection_id, claim, tokens, access_ends_at, granted_at)
    values (${connectionId}, ${newClaim}, ${sealed}, ${accessEndsAt}, ${act.now})
    on conflict (connection_id) do update set tokens = excluded.tokens, access_ends_at = excluded.access_ends_at,
      granted_at = excluded.granted_at, refreshed_at = null, claim = excluded.claim, claimed_until = '-infinity', failures = 0,
      refusals = 0, failure = null, retry_at = '-infinity', ended_at = null`.execute(act.tx)
}

export async function deleteGrant(act: Act, connectionId: string): Promise<void> {
  await act.tx.deleteFrom("oauthGrants").where("connectionId", "=", connectionId).execute()
  await act.tx.deleteFrom("oauthSignIns").where("connectionId", "=", connectionId).execute()
}

/** One server's right to ask for other tokens, with what it shows for them. */
export type Claim = { connectionId: string; number: number; tokens: string; failures: number; refusals: number }

/** Null when somebody else asks or has asked since `seen` was read, or when it is not yet time to ask again. */
export async function claimRefresh(
  from: Kysely<DB>,
  connectionId: string,
  seen: Grant,
  now: Date,
): Promise<Claim | null> {
  const until = new Date(now.getTime() + claimMs)
  const { rows } = await sql<Omit<Claim, "connectionId">>`
    update oauth_grants set claim = ${newClaim}, claimed_until = ${until}
    where connection_id = ${connectionId} and claim = ${seen.claim} and ended_at is null and claimed_until <= ${now} and retry_at <= ${now}
    returning claim as number, tokens, failures, refusals`.execute(from)
  return rows[0] ? { connectionId, ...rows[0] } : null
}

const own = (from: Kysely<DB>, { connectionId, number }: Claim) =>
  from.updateTable("oauthGrants").where("connectionId", "=", connectionId).where("claim", "=", number)

/** The refresh token that comes with them is in the place of the old one from this moment on. */
export async function saveRefreshed(
  from: Kysely<DB>,
  secrets: Secrets,
  claim: Claim,
  { tokens, accessEndsAt }: Fresh,
  now: Date,
) {
  const good = { failures: 0, refusals: 0, failure: null, retryAt: never, claimedUntil: never }
  await own(from, claim)
    .set({ tokens: seal(secrets, tokens), accessEndsAt, refreshedAt: now, ...good })
    .execute()
}

type Failed = { failure: GrantFailure; retryAt: Date; endedAt: Date | null }

/** False when somebody has signed in meanwhile, or another server asks by now. */
export async function saveFailedRefresh(from: Kysely<DB>, claim: Claim, failed: Failed): Promise<boolean> {
  const failures = failed.failure === "refused" ? 0 : claim.failures + 1
  // A grant that was refused once is not good again because its server could not be asked.
  const refusals = failed.failure === "refused" ? claim.refusals + 1 : claim.refusals
  const { numUpdatedRows } = await own(from, claim)
    .set({ ...failed, failures, refusals, claimedUntil: never })
    .executeTakeFirst()
  return numUpdatedRows > 0n
}
