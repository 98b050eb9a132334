// The addresses that linked systems call. What comes is stored and answered; nothing of it has happened yet.
import type { Kit } from "#kernel/kit.ts"
import type { Server } from "#kernel/http/server.ts"
import type { Log } from "#kernel/log.ts"
import type { LinkedSystemKind } from "../api-contract.ts"
import { accountsOfKind } from "../systems/open-account.ts"
import { recordPost } from "../systems/record-system-answer.ts"
import type { HookAnswer, HookRequest, SystemHook } from "../systems/system-hook.ts"
import { registeredHooks } from "./registered-hooks.ts"
import { storeHook } from "./system-hook-store.ts"

type Options = { allowUnauthenticated: boolean }

export function systemHookRoutes(app: Server, kit: Kit, { allowUnauthenticated }: Options) {
  app.register(async (scope) => {
    // Signatures are over the bytes as they came, so nobody parses them here.
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) => done(null, body))
    for (const [kind, hook] of registeredHooks()) {
      const options = { config: { access: "public" }, bodyLimit: hook.maxBytes, schema: { hide: true } } as const
      scope.post(`/api/hooks/${hook.path}`, options, async ({ body: raw, headers, ip, log }, reply) => {
        const body = Buffer.isBuffer(raw) ? raw : Buffer.alloc(0)
        const request = { body, headers, ip, allowUnauthenticated, now: kit.now() }
        const answer = await receive(kit, log, kind, hook, request)
        return reply.code(answer.status).send(answer.body)
      })
    }
  })
}

async function receive(
  kit: Kit,
  log: Pick<Log, "warn">,
  kind: LinkedSystemKind,
  hook: SystemHook,
  request: HookRequest,
): Promise<HookAnswer> {
  const admitted = hook.admit(request, await accountsOfKind(kit, kind))
  if ("status" in admitted) return admitted
  const { path, isHint } = hook
  const received = { ...admitted, path, isHint, body: request.body, receivedAt: request.now }
  const stored = await storeHook(kit.db, received)
  // It is stored whatever becomes of this.
  await recordPost(kit.db, admitted.systemId, request.now).catch((error: unknown) =>
    log.warn({ err: error }, "that a linked system posted could not be recorded"),
  )
  return hook.answer(stored)
}
