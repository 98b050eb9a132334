// The chat page and the widget's script, as they were built from web/: made to stand on strangers' pages.
import { z } from "zod"
import type { Server } from "#kernel/http/server.ts"
import { sendPage } from "#kernel/http/static-files.ts"

const config = { access: "public" } as const
const schema = { params: z.object({ id: z.string().max(200) }), hide: true }

export function chatPages(app: Server) {
  // The page is the same for every chat: whether this one exists is for the conversation to say.
  app.get("/chat/:id", { config, schema }, (_request, reply) => sendPage(reply, "chat/index.html", { framed: true }))
  app.get("/chat/:id/widget.js", { config, schema }, (_request, reply) =>
    reply
      .headers({ "x-content-type-options": "nosniff", "cross-origin-resource-policy": "cross-origin" })
      .header("cache-control", "public, max-age=600")
      .sendFile("widget.js"),
  )
}
