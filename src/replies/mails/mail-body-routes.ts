// The HTML of a mail as a page for a sandboxed frame, and the mail as it came.
import { z } from "zod"
import { mailFrame } from "#channels/index.ts"
import { notFound } from "#kernel/errors.ts"
import type { Kit } from "#kernel/kit.ts"
import type { Server } from "#kernel/http/server.ts"
import { mailBodyOf } from "#messages/index.ts"
import { can, type Principal, principalOf } from "#people/index.ts"
import { messageScope } from "#tickets/index.ts"

const tags = ["Messages"]
const params = z.object({ ref: z.string().max(100), id: z.string().max(100) })
const querystring = z.strictObject({ images: z.enum(["remote"]).optional() })

export function mailBodyRoutes(app: Server, kit: Kit) {
  const config = { access: can.beStaff }
  const path = "/api/v1/tickets/:ref/messages/:id"
  app.get(
    `${path}/html`,
    {
      config,
      schema: {
        tags,
        summary: "The HTML of a mail, for a sandboxed frame; images of other servers on request",
        params,
        querystring,
      },
    },
    async (request, reply) => {
      const { html, text, files } = await readBody(kit, principalOf(request), request.params)
      if (html === null) throw notFound("html")
      const fileUrl = (key: string) => (Object.hasOwn(files, key) ? `/api/v1/attachments/${files[key]}` : null)
      const showRemoteImages = request.query.images === "remote"
      const frame = await mailFrame({ html, text, fileUrl, showRemoteImages })
      return reply
        .type("text/html; charset=utf-8")
        .header("content-security-policy", frame.policy)
        .header("referrer-policy", "no-referrer")
        .send(frame.document)
    },
  )
  app.get(`${path}/raw`, { config, schema: { tags, summary: "A mail as it came", params } }, async (request, reply) => {
    const { rawSha256 } = await readBody(kit, principalOf(request), request.params)
    if (rawSha256 === null) throw notFound("raw mail")
    return reply
      .type("application/octet-stream")
      .header("content-disposition", `attachment; filename="${encodeURIComponent(request.params.id)}.eml"`)
      .header("content-security-policy", "sandbox; default-src 'none'")
      .send(kit.storage.read(rawSha256))
  })
}

async function readBody(kit: Kit, who: Principal, { ref, id }: z.output<typeof params>) {
  const body = await mailBodyOf(kit.db, await messageScope(kit.db, who, ref), id)
  if (!body) throw notFound("message")
  return body
}
