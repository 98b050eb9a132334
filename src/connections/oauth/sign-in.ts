// Somebody signs an account in at its provider: sent there with a state and a PKCE challenge, and back with a code for tokens.
import { randomPKCECodeVerifier, randomState } from "openid-client"
import { type Actor, inTransaction } from "#kernel/act.ts"
import { invalidField, Refusal } from "#kernel/errors.ts"
import type { Kit } from "#kernel/kit.ts"
import { openSettings } from "#kernel/sealed-settings.ts"
import { recordAdminAct } from "#event-log/index.ts"
import { channels, type OAuthClient } from "#channels/index.ts"
import { closeCircuitBreaker } from "../circuit-breaker.ts"
import { connectionFields } from "../create-connection.ts"
import {
  connectionById,
  type ConnectionRow,
  existingConnection,
  lockedConnection,
  saveConnection,
} from "../connection-store.ts"
import { authorizationUrl, tokensForCode } from "./authorization-server.ts"
import { settingsDiffer } from "../settings-differ.ts"
import { insertGrant } from "./grant-store.ts"
import { insertSignIn, takeSignIn } from "./sign-in-store.ts"

export type SignInKit = Kit & { publicUrl: string }

/** Where providers send people back to; each knows it beforehand. */
export const redirectUriOf = (publicUrl: string) => new URL("/api/v1/oauth/callback", publicUrl).href

const clientOf = ({ secrets }: Kit, { kind, settings, secrets: sealed }: ConnectionRow): OAuthClient | null =>
  channels[kind]?.oauth?.clientOf(settings, openSettings(secrets, sealed)) ?? null

/** Gives where to send the person. The state is good once, for 15 minutes, and in this session alone. */
export async function beginSignIn(
  kit: SignInKit,
  by: { actor: Actor; sessionHash: string },
  id: string,
): Promise<{ authorizationUrl: string; endsAt: Date }> {
  const connection = await existingConnection(kit.db.kysely, id)
  const client = clientOf(kit, connection)
  if (!client) throw invalidField("settings.oauth", "is not set: provider, clientId and clientSecret come first")
  const sent = { state: randomState(), codeVerifier: randomPKCECodeVerifier() }
  const asking = { outbound: kit.outbound, client }
  const redirectUri = redirectUriOf(kit.publicUrl)
  const url = await authorizationUrl(asking, { ...sent, redirectUri }).catch(() => {
    throw new Refusal("unavailable", "channel_failed", "the issuer does not say where people sign in")
  })
  const endsAt = await inTransaction(kit.db, { actor: by.actor, now: kit.now() }, (act) =>
    insertSignIn(act, kit.secrets, id, { ...sent, sessionHash: by.sessionHash }),
  )
  return { authorizationUrl: url, endsAt }
}

/**
 * `signed_in`, or why not: `state` (used, over, of another session, or of servers that are others by now), `denied` (the person said no), `refused` (the provider did not take
 * the code), `app` (it does not know our client), `server` (it does not answer well), `no_refresh_token` (the access would end in an hour).
 */
export type SignInOutcome = "signed_in" | "state" | "denied" | "refused" | "app" | "server" | "no_refresh_token"

type Returned = { state: string; query: URLSearchParams; actor: Actor; sessionHash: string }

/** What the provider has sent the person back with. `connectionId`: null when the state is nobody's. */
export async function finishSignIn(
  kit: SignInKit,
  returned: Returned,
): Promise<{ connectionId: string | null; outcome: SignInOutcome }> {
  const { state, actor } = returned
  const taken = await inTransaction(kit.db, { actor, now: kit.now() }, (act) => takeSignIn(act, kit.secrets, returned))
  const connection = taken && (await connectionById(kit.db.kysely, taken.connectionId))
  const client = connection && connection.deletedAt === null ? clientOf(kit, connection) : null
  if (!taken || !connection || !client) return { connectionId: null, outcome: "state" }
  const { connectionId, codeVerifier } = taken
  const url = new URL(redirectUriOf(kit.publicUrl))
  url.search = returned.query.toString()
  const answer = await tokensForCode({ outbound: kit.outbound, client }, url, { state, codeVerifier })
  if (answer.state !== "ok") return { connectionId, outcome: answer.state }
  const { accessToken, refreshToken, endsInMs } = answer.tokens
  if (refreshToken === null) return { connectionId, outcome: "no_refresh_token" }
  const outcome = await inTransaction(kit.db, { actor, now: kit.now() }, async (act): Promise<SignInOutcome> => {
    const before = await lockedConnection(act, connectionId)
    // What was granted is for the servers that the person has signed in for.
    if (!before || isMoved(connection, before)) return "state"
    const accessEndsAt = new Date(act.now.getTime() + endsInMs)
    await insertGrant(act, kit.secrets, connectionId, { tokens: { accessToken, refreshToken }, accessEndsAt })
    // What waited for it is tried at once.
    await saveConnection(act, before, {})
    await closeCircuitBreaker(act, connectionId)
    const data = { change: "signed_in" }
    const change = { name: before.name, before, after: before, fields: connectionFields, data }
    await recordAdminAct(act, "connection.changed", { subjectId: connectionId, ...change })
    return "signed_in"
  })
  return { connectionId, outcome }
}

const isMoved = ({ kind, settings }: ConnectionRow, now: ConnectionRow) =>
  settingsDiffer(channels[kind]?.oauth?.boundTo ?? [], settings, now.settings)
