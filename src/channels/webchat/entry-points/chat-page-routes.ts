// The chat page, the widget's script and the logo: made to stand on the pages of sites that the chat allows.
import { z } from "zod"
import { notFound } from "#kernel/errors.ts"
import { compressList } from "#kernel/http/compress-list.ts"
import type { Server } from "#kernel/http/server.ts"
import { sendPage } from "#kernel/http/static-files.ts"
import type { Kit } from "#kernel/kit.ts"
import { connectionById, type ConnectionRow } from "#connections/index.ts"
import { frameAncestors } from "../allowed-sites.ts"
import { pngOf } from "../png-picture.ts"
import { settingsOf, sitesOf, widgetLookOf } from "../settings.ts"
import { widgetScript } from "./widget-script.ts"

const config = { access: "public" } as const
const schema = { params: z.object({ id: z.string().max(200) }), hide: true }
const anywhere = { "x-content-type-options": "nosniff", "cross-origin-resource-policy": "cross-origin" }

export function chatPages(app: Server, kit: Kit) {
  // The page is the same for every chat: whether this one exists is for the conversation to say.
  app.get("/chat/:id", { config, schema }, async (request, reply) => {
    const connection = await chatById(kit, request.params.id)
    return sendPage(reply, "chat/index.html", frameAncestors(connection ? sitesOf(connection) : []))
  })
  app.get("/chat/:id/widget.js", { config, schema, onSend: compressList }, async (request, reply) => {
    const connection = (await chatById(kit, request.params.id)) ?? { settings: {} }
    const { script, etag } = widgetScript(JSON.stringify(widgetLookOf(connection)))
    reply.headers({ ...anywhere, "cache-control": "public, max-age=600", etag })
    if (request.headers["if-none-match"]?.includes(etag)) return reply.code(304).send()
    return reply.type("text/javascript; charset=utf-8").send(script)
  })
  // Its address changes with the picture, so that browsers keep it.
  app.get("/chat/:id/logo", { config, schema }, async (request, reply) => {
    const connection = await chatById(kit, request.params.id)
    const logo = connection && pngOf(settingsOf(connection).logo ?? "")
    if (!logo) throw notFound("logo")
    return reply
      .headers({ ...anywhere, "cache-control": "public, max-age=31536000, immutable" })
      .headers({ "content-security-policy": "default-src 'none'; sandbox" })
      .type("image/png")
      .send(logo)
  })
}

async function chatById(kit: Kit, id: string): Promise<ConnectionRow | undefined> {
  const connection = await connectionById(kit.db.kysely, id)
  return connection?.kind === "webchat" && !connection.deletedAt ? connection : undefined
}
