// The server where accounts are signed in (OAuth 2.0 with PKCE, OpenID Connect Discovery): it behaves as the test says.
import { createHash, randomBytes } from "node:crypto"
import { createServer, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import { text } from "node:stream/consumers"
import { after } from "node:test"

export const oauthApp = { clientId: "hilo-at-example", clientSecret: "the secret of the app", scope: "mail" }

/** What it answers instead, once: an error of OAuth, another status, or nothing before `release`. */
type Misbehaviour = { status: number; error?: string } | { held: Promise<void> }

type OAuthServer = Awaited<ReturnType<typeof startOAuthServer>>
type Codes = Map<string, { challenge: string; redirectUri: string }>

export async function startOAuthServer() {
  const codes: Codes = new Map()
  const server = {
    issuer: "",
    /** Of refreshes: Microsoft gives another refresh token each time, Google none. */
    rotates: true,
    givesRefreshToken: true,
    expiresIn: 3_600,
    next: [] as Misbehaviour[],
    /** The bodies of all requests for tokens. */
    asked: [] as URLSearchParams[],
    /** The access token that is good now. */
    accessToken: "",
    refreshToken: "",
    /** The person says yes: where the browser comes back to. */
    consent: (authorizationUrl: string) => {
      const { searchParams: asked } = new URL(authorizationUrl)
      const code = secret()
      codes.set(code, { challenge: asked.get("code_challenge")!, redirectUri: asked.get("redirect_uri")! })
      return returnTo(asked, { code, session_state: "s" })
    },
    /** The person says no. */
    deny: (authorizationUrl: string) => returnTo(new URL(authorizationUrl).searchParams, { error: "access_denied" }),
  }
  const http = createServer(async (request, response) => {
    if (request.url === "/.well-known/openid-configuration") return send(response, 200, metadataOf(server.issuer))
    const body = new URLSearchParams(await text(request))
    server.asked.push(body)
    const instead = server.next.shift()
    if (instead && "status" in instead) return send(response, instead.status, { error: instead.error })
    await instead?.held
    giveTokens(server, codes, body, response)
  })
  await new Promise<void>((ready) => http.listen(0, "127.0.0.1", ready))
  after(() => {
    http.close()
    http.closeAllConnections()
  })
  server.issuer = `http://127.0.0.1:${(http.address() as AddressInfo).port}`
  return server
}

function giveTokens(server: OAuthServer, codes: Codes, body: URLSearchParams, response: ServerResponse) {
  if (body.get("client_id") !== oauthApp.clientId || body.get("client_secret") !== oauthApp.clientSecret)
    return send(response, 401, { error: "invalid_client" })
  const isRefresh = body.get("grant_type") === "refresh_token"
  const isGood = isRefresh ? body.get("refresh_token") === server.refreshToken : isGoodCode(codes, body)
  if (!isGood) return send(response, 400, { error: "invalid_grant" })
  server.accessToken = secret()
  const hasOther = isRefresh ? server.rotates : server.givesRefreshToken
  if (hasOther) server.refreshToken = secret()
  const granted = { access_token: server.accessToken, token_type: "Bearer", expires_in: server.expiresIn }
  send(response, 200, { ...granted, ...(hasOther && { refresh_token: server.refreshToken }) })
}

/** Each is good once, for who began (RFC 7636). */
function isGoodCode(codes: Codes, body: URLSearchParams): boolean {
  const code = codes.get(body.get("code") ?? "")
  codes.delete(body.get("code") ?? "")
  const challenge = createHash("sha256")
    .update(body.get("code_verifier") ?? "")
    .digest("base64url")
  return code?.challenge === challenge && code.redirectUri === body.get("redirect_uri")
}

const secret = () => randomBytes(24).toString("base64url")

const metadataOf = (issuer: string) => ({
  issuer,
  authorization_endpoint: `${issuer}/authorize`,
  token_endpoint: `${issuer}/token`,
})

function send(response: ServerResponse, status: number, body: object) {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body))
}

function returnTo(asked: URLSearchParams, answer: Record<string, string>): string {
  const { pathname } = new URL(asked.get("redirect_uri")!)
  return `${pathname}?${new URLSearchParams({ ...answer, state: asked.get("state")! })}`
}
