// What is asked of the server where an account is signed in (OAuth 2.0, RFC 6749 with PKCE), through the one HTTP client.
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  AuthorizationResponseError,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  ClientSecretPost,
  Configuration,
  customFetch,
  type CustomFetch,
  discovery,
  refreshTokenGrant,
  ResponseBodyError,
  type TokenEndpointResponse,
} from "openid-client"
import type { Outbound } from "#kernel/outbound/http-client.ts"
import type { OAuthClient } from "#channels/index.ts"

const limits = { idleMs: 10_000, withinMs: 15_000 }
const longestAnswer = 256 * 1024

/** `refreshToken`: null when the one before stays good. `endsInMs`: of the access token. */
export type Tokens = { accessToken: string; refreshToken: string | null; endsInMs: number }

/**
 * `refused`: what was shown to it is not good, or not any more. `denied`: the person said no. `app`: it does not know our client, or not by
 * this secret. `server`: no answer, or none of use, which says nothing of the grant.
 */
export type TokenAnswer = { state: "ok"; tokens: Tokens } | { state: "refused" | "denied" | "app" | "server" }

type Asking = { outbound: Outbound; client: OAuthClient }

/** Where the person is sent. Throws when the server does not tell where that is. */
export async function authorizationUrl(
  asking: Asking,
  { redirectUri, state, codeVerifier }: { redirectUri: string; state: string; codeVerifier: string },
): Promise<string> {
  const { scope, parameters } = asking.client
  const url = buildAuthorizationUrl(await configurationOf(asking), {
    ...parameters,
    scope,
    redirect_uri: redirectUri,
    state,
    code_challenge: await calculatePKCECodeChallenge(codeVerifier),
    code_challenge_method: "S256",
  })
  return url.href
}

/** `returned`: the address by which the person came back, with the code in it. */
export const tokensForCode = (asking: Asking, returned: URL, checks: { state: string; codeVerifier: string }) =>
  answered(async () => {
    const expected = { expectedState: checks.state, pkceCodeVerifier: checks.codeVerifier }
    return authorizationCodeGrant(await configurationOf(asking), returned, expected)
  })

export const tokensForRefresh = (asking: Asking, refreshToken: string) =>
  answered(async () => refreshTokenGrant(await configurationOf(asking), refreshToken))

async function configurationOf({ outbound, client }: Asking): Promise<Configuration> {
  const { issuer, authorizationEndpoint, tokenEndpoint } = client.server
  const { clientId, clientSecret } = client
  const ask = fetchThrough(outbound)
  // The settings allow it for servers in the own network alone.
  const plain = issuer.startsWith("http:") ? [allowInsecureRequests] : []
  const way = ClientSecretPost(clientSecret)
  if (authorizationEndpoint === undefined)
    return discovery(new URL(issuer), clientId, undefined, way, { [customFetch]: ask, execute: plain })
  const endpoints = { authorization_endpoint: authorizationEndpoint, token_endpoint: tokenEndpoint! }
  const configuration = new Configuration({ issuer, ...endpoints }, clientId, undefined, way)
  configuration[customFetch] = ask
  return configuration
}

const fetchThrough =
  (outbound: Outbound): CustomFetch =>
  async (url, { method, headers, body, signal }) => {
    const asked = {
      method: method as "GET" | "POST",
      url,
      headers: Object.fromEntries(new Headers(headers)),
      body: body instanceof URLSearchParams ? body.toString() : undefined,
      signal: signal ?? undefined,
    }
    const answer = await outbound.ask({ ...asked, ...limits, chosenBy: "operator" })
    const text = await answer.text(longestAnswer)
    return new Response(text, {
      status: answer.status,
      headers: { "content-type": answer.header("content-type") ?? "" },
    })
  }

async function answered(ask: () => Promise<TokenEndpointResponse>): Promise<TokenAnswer> {
  try {
    const { access_token: accessToken, refresh_token: refreshToken = null, expires_in: seconds } = await ask()
    return { state: "ok", tokens: { accessToken, refreshToken, endsInMs: lifetimeMs(seconds) } }
  } catch (error) {
    return { state: meaningOf(error) }
  }
}

/** RFC 6749, 5.1: a server may leave it out. */
const lifetimeMs = (seconds = 3_600) => Math.min(Math.max(seconds, 60), 30 * 86_400) * 1_000

// RFC 6749, 5.2; the last three are OpenID Connect's and Microsoft's words for a person who has to come again.
const ofGrant = ["invalid_grant", "interaction_required", "login_required", "consent_required"]
const ofApp = ["invalid_client", "unauthorized_client", "invalid_request", "invalid_scope", "unsupported_grant_type"]

function meaningOf(error: unknown): Exclude<TokenAnswer["state"], "ok"> {
  if (error instanceof AuthorizationResponseError) return error.error === "access_denied" ? "denied" : "refused"
  if (!(error instanceof ResponseBodyError)) return "server"
  if (ofGrant.includes(error.error)) return "refused"
  return ofApp.includes(error.error) ? "app" : "server"
}
