// The address that Meta calls. It knows who calls by the signature alone, stores what came, and answers.
import { z } from "zod"
import type { Kit } from "#kernel/http/request-transaction.ts"
import { notFound, Refusal } from "#kernel/errors.ts"
import type { Server } from "#kernel/http/server.ts"
import { answerHandshake, isSignatureValid } from "#channels/index.ts"
import { recordHandshake, type WhatsAppAccount, whatsappAccount } from "#connections/index.ts"
import { createDeliveryStore } from "./receive-delivery.ts"

const path = "/webhooks/whatsapp/:id"
const schema = { params: z.object({ id: z.string().max(100) }), hide: true }
// Meta sends up to 3 MB at once.
const longest = 3 * 1024 * 1024
const config = { access: "public" } as const

export function whatsappRoutes(app: Server, kit: Kit) {
  const accounts = cachedAccounts(kit)
  const store = createDeliveryStore(kit.db)
  app.register(async (scope) => {
    // The signature is over the bytes as they came, so nobody parses them here.
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) => done(null, body))
    scope.get(path, { config, schema }, async (request, reply) => {
      const { id } = request.params as { id: string }
      const account = await accounts.fresh(id)
      const answer = answerHandshake(request.query as Record<string, unknown>, account?.verifyToken)
      if (answer.status === 200) await recordHandshake(kit, id)
      reply.code(answer.status).type("text/plain; charset=utf-8")
      return "challenge" in answer ? answer.challenge : ""
    })
    scope.post(path, { config, bodyLimit: longest, schema }, async (request, reply) => {
      const { id } = request.params as { id: string }
      const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
      const header = request.headers["x-hub-signature-256"]
      const account = await accounts.of(id)
      if (!account) throw notFound("connection")
      if (
        !isSignatureValid(body, header, account.appSecret) &&
        !isSignatureValid(body, header, (await accounts.fresh(id))?.appSecret)
      )
        throw new Refusal("unauthenticated", "unauthenticated", "The signature does not belong to this body")
      await store({ connectionId: id, body, now: kit.now() })
      return reply.send("")
    })
  })
}

const rememberedForMs = 10_000
const freshForMs = 1_000

/** A stranger's noise must not cost a query each, and a changed secret must count at once: so a failure looks again. */
function cachedAccounts(kit: Kit) {
  const known = new Map<string, { account: Promise<WhatsAppAccount | null>; at: number }>()
  const within = (ms: number) => (id: string) => {
    const seen = known.get(id)
    if (seen && Math.abs(kit.now().getTime() - seen.at) < ms) return seen.account
    // Ids come from strangers: what is remembered of them must not grow.
    if (known.size > 1_000) known.clear()
    const account = whatsappAccount(kit, id)
    known.set(id, { account, at: kit.now().getTime() })
    account.catch(() => known.delete(id))
    return account
  }
  return { of: within(rememberedForMs), fresh: within(freshForMs) }
}
