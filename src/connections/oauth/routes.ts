import { z } from "zod"
import { Refusal } from "#kernel/errors.ts"
import { noContent, noFields } from "#kernel/http/input-fields.ts"
import { runRequestWithoutTransaction } from "#kernel/http/idempotent-request.ts"
import type { Server } from "#kernel/http/server.ts"
import { can, sessionHashOf } from "#people/index.ts"
import { existingConnection } from "../connection-store.ts"
import { begunSignIn, returnedQuery, type SignInState, signInState } from "./api-contract.ts"
import { grantOf } from "./grant-store.ts"
import { beginSignIn, finishSignIn, redirectUriOf, type SignInKit } from "./sign-in.ts"

const tags = ["Connections"]
const params = z.object({ id: z.string().max(100) })
const path = "/api/v1/connections/:id/oauth"

/** An account is signed in at its provider. */
export function signInRoutes(app: Server, kit: SignInKit) {
  app.get(
    path,
    {
      config: { access: can.manageConnections },
      schema: {
        tags,
        summary: "Whether its account is signed in at its provider",
        params,
        response: { 200: signInState },
      },
    },
    async (request): Promise<SignInState> => {
      const { id } = await existingConnection(kit.db.kysely, request.params.id)
      const grant = await grantOf(kit.db.kysely, id)
      const redirectUri = redirectUriOf(kit.publicUrl)
      if (!grant) return { redirectUri, state: "none", signedInAt: null, endedAt: null, failure: null }
      const { grantedAt: signedInAt, endedAt, failure } = grant
      return { redirectUri, state: endedAt === null ? "signed_in" : "ended", signedInAt, endedAt, failure }
    },
  )
  app.post(
    path,
    {
      config: { access: can.signInConnections, secretAnswer: true },
      schema: {
        tags,
        summary: "Begin to sign its account in at its provider",
        params,
        body: noFields,
        response: { 201: begunSignIn },
      },
    },
    (request, reply) =>
      runRequestWithoutTransaction(kit, request, reply, 201, () =>
        beginSignIn(kit, { actor: request.actor, sessionHash: sessionOf(request) }, request.params.id),
      ),
  )
  returnRoute(app, kit)
}

function returnRoute(app: Server, kit: SignInKit) {
  app.get(
    "/api/v1/oauth/callback",
    {
      config: { access: can.signInConnections },
      schema: {
        tags,
        summary:
          "Where the provider sends the browser back to; on to the connection's page, which says what came of it",
        querystring: returnedQuery,
        response: { 303: noContent },
      },
    },
    async (request, reply) => {
      const { state } = request.query
      const query = new URLSearchParams(
        Object.entries(request.query).flatMap(([name, value]) => (typeof value === "string" ? [[name, value]] : [])),
      )
      const returned = { state, query, actor: request.actor, sessionHash: sessionOf(request) }
      const { connectionId, outcome } = await finishSignIn(kit, returned)
      const page = connectionId === null ? "/settings/connections" : `/settings/connections/${connectionId}`
      // The address with the code must not stand in what the next page names as its origin.
      void reply.header("referrer-policy", "no-referrer").header("cache-control", "no-store")
      return reply.redirect(`${page}?signIn=${outcome}`, 303)
    },
  )
}

function sessionOf(request: Parameters<typeof sessionHashOf>[0]): string {
  const hash = sessionHashOf(request)
  if (hash === null) throw new Refusal("unauthenticated", "unauthenticated")
  return hash
}
