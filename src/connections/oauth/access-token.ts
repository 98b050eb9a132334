// The access token of a connection, fresh when it must be. The provider is asked by one server at a time: by a claim, for no transaction is
// open while somebody else's server is asked.
import { setTimeout as delay } from "node:timers/promises"
import { inTransaction, system } from "#kernel/act.ts"
import type { Kit } from "#kernel/kit.ts"
import { record } from "#event-log/index.ts"
import { type AccessToken, channels, type OAuthClient } from "#channels/index.ts"
import { tokensForRefresh } from "./authorization-server.ts"
import {
  type Claim,
  claimRefresh,
  type Grant,
  grantOf,
  openTokens,
  saveFailedRefresh,
  saveRefreshed,
} from "./grant-store.ts"
import { afterFailedRefresh, isToBeRefreshed } from "./refresh-plan.ts"

type Keys = Pick<Kit, "db" | "secrets" | "outbound" | "now">
type Account = { id: string; kind: string; settings: Record<string, unknown>; secrets: Record<string, string> }

/** Between two looks whether the other server has its answer, and how many. */
const pollMs = 200
const mostPolls = 150

/** The function by which a channel gets it. `refused`: the one that its server did not take, although its time is not over. */
export const accessTokenOf =
  (keys: Keys, account: Account) =>
  async (refused?: string): Promise<AccessToken> => {
    const client = channels[account.kind]?.oauth?.clientOf(account.settings, account.secrets)
    if (!client) return { state: "ended" }
    for (let polls = 0; polls < mostPolls; polls++) {
      const grant = await grantOf(keys.db.kysely, account.id)
      if (!grant || grant.endedAt !== null) return { state: "ended" }
      const held = tokenAtHand(keys, grant, refused)
      if (held !== null && !isDueNow(grant, keys.now())) return { state: "ok", token: held }
      const claim = await claimRefresh(keys.db.kysely, account.id, grant, keys.now())
      if (claim) return refresh(keys, { client, claim, held })
      if (held !== null) return { state: "ok", token: held }
      const waitMs = grant.retryAt.getTime() - keys.now().getTime()
      if (waitMs > 0) return { state: "later", because: grant.failure === "app" ? "app" : "server", afterMs: waitMs }
      await delay(pollMs)
    }
    return { state: "later", because: "server", afterMs: pollMs * mostPolls }
  }

function tokenAtHand({ secrets, now }: Keys, { tokens, accessEndsAt }: Grant, refused: string | undefined) {
  const { accessToken } = openTokens(secrets, tokens)
  return accessToken !== refused && accessEndsAt > now() ? accessToken : null
}

const isDueNow = ({ accessEndsAt, claimedUntil, retryAt }: Grant, now: Date) =>
  isToBeRefreshed(accessEndsAt, now) && claimedUntil <= now && retryAt <= now

type Refresh = { client: OAuthClient; claim: Claim; held: string | null }

/** `held`: the token that is still good, where none comes. */
async function refresh(keys: Keys, { client, claim, held }: Refresh): Promise<AccessToken> {
  const { db, secrets, outbound, now } = keys
  const { refreshToken } = openTokens(secrets, claim.tokens)
  const answer = await tokensForRefresh({ outbound, client }, refreshToken)
  if (answer.state === "ok") {
    const { accessToken, endsInMs } = answer.tokens
    const tokens = { accessToken, refreshToken: answer.tokens.refreshToken ?? refreshToken }
    const accessEndsAt = new Date(now().getTime() + endsInMs)
    await saveRefreshed(db.kysely, secrets, claim, { tokens, accessEndsAt }, now())
    return { state: "ok", token: accessToken }
  }
  const failure = answer.state === "denied" ? "refused" : answer.state
  const { endsNow, waitMs } = afterFailedRefresh(failure, claim, Math.random())
  await saveFailure(keys, claim, { failure, waitMs, endsNow })
  if (endsNow) return { state: "ended" }
  if (held !== null) return { state: "ok", token: held }
  return { state: "later", because: failure === "app" ? "app" : "server", afterMs: waitMs }
}

type Failure = { failure: "refused" | "app" | "server"; waitMs: number; endsNow: boolean }

async function saveFailure({ db, now }: Keys, claim: Claim, { failure, waitMs, endsNow }: Failure): Promise<void> {
  const at = now()
  const failed = { failure, retryAt: new Date(at.getTime() + waitMs), endedAt: endsNow ? at : null }
  await inTransaction(db, { actor: system, now: at }, async (act) => {
    const isMine = await saveFailedRefresh(act.tx, claim, failed)
    if (isMine && endsNow)
      await record(act, "connection.changed", { subjectId: claim.connectionId, data: { change: "sign_in_ended" } })
  })
}
