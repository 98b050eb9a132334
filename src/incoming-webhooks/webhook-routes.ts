// The addresses that providers call. A webhook knows who calls by the signature alone, stores what came, and answers.
import type { IncomingHttpHeaders } from "node:http"
import { z } from "zod"
import type { Kit } from "#kernel/kit.ts"
import { notFound, Refusal } from "#kernel/errors.ts"
import type { Server } from "#kernel/http/server.ts"
import { type ChannelAccount, channels, type Webhook } from "#channels/index.ts"
import { receivingAccount, recordHandshake } from "#connections/index.ts"
import { createDeliveryStore } from "./store-incoming-delivery.ts"

const schema = { params: z.object({ id: z.string().max(100) }), hide: true }
const config = { access: "public" } as const

export function webhookRoutes(app: Server, kit: Kit) {
  const store = createDeliveryStore(kit.db)
  app.register(async (scope) => {
    // The signature is over the bytes as they came, so nobody parses them here.
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) => done(null, body))
    for (const [kind, { webhook }] of Object.entries(channels)) {
      if (!webhook) continue
      const accounts = cachedAccounts(kit, kind)
      const path = `/webhooks/${kind}/:id`
      scope.get(path, { config, schema }, async (request, reply) => {
        const { id } = request.params as { id: string }
        const answer = webhook.handshake(request.query as Record<string, unknown>, await accounts.fresh(id))
        if (answer.status === 200) await recordHandshake(kit, id)
        reply.code(answer.status).type("text/plain; charset=utf-8")
        return "body" in answer ? answer.body : ""
      })
      scope.post(path, { config, bodyLimit: webhook.maxBytes, schema }, async (request, reply) => {
        const { id } = request.params as { id: string }
        const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
        await refuseForgery(webhook, { body, headers: request.headers }, accounts, id)
        await store({ connectionId: id, body, now: kit.now() })
        return reply.send("")
      })
    }
  })
}

type SignedRequest = { body: Buffer; headers: IncomingHttpHeaders }

/** Refuses 404 an unknown connection, 401 what nobody signed who has its secret. */
async function refuseForgery(webhook: Webhook, { body, headers }: SignedRequest, accounts: CachedAccounts, id: string) {
  const isSigned = (account: ChannelAccount | null) => account !== null && webhook.isAuthentic(body, headers, account)
  const account = await accounts.of(id)
  if (!account) throw notFound("connection")
  if (!isSigned(account) && !isSigned(await accounts.fresh(id)))
    throw new Refusal("unauthenticated", "unauthenticated", "The signature does not belong to this body")
}

const rememberedForMs = 10_000
const freshForMs = 1_000

type CachedAccounts = ReturnType<typeof cachedAccounts>

/** A stranger's noise must not cost a query each, and a changed secret must count at once: so a failure looks again. */
function cachedAccounts(kit: Kit, kind: string) {
  const known = new Map<string, { account: Promise<ChannelAccount | null>; at: number }>()
  const within = (ms: number) => (id: string) => {
    const seen = known.get(id)
    if (seen && Math.abs(kit.now().getTime() - seen.at) < ms) return seen.account
    // Ids come from strangers: what is remembered of them must not grow.
    if (known.size > 1_000) known.clear()
    const account = receivingAccount(kit, kind, id)
    known.set(id, { account, at: kit.now().getTime() })
    account.catch(() => known.delete(id))
    return account
  }
  return { of: within(rememberedForMs), fresh: within(freshForMs) }
}
