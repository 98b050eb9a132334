// The built web app: hashed assets are kept by the browser for ever, pages are asked for each time.
import { existsSync } from "node:fs"
import { readFile } from "node:fs/promises"
import { join } from "node:path"
import files from "@fastify/static"
import type { FastifyReply } from "fastify"
import { Refusal } from "../errors.ts"
import type { Server } from "./server.ts"

export const webFolder = join(import.meta.dirname, "../../../dist/web")

const common = {
  "x-content-type-options": "nosniff",
  "referrer-policy": "same-origin",
  "cross-origin-opener-policy": "same-origin",
}
const policy = (ancestors: string) =>
  [
    "default-src 'self'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "media-src 'self' blob:",
    "connect-src 'self' ws: wss:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    `frame-ancestors ${ancestors}`,
  ].join("; ")

export async function staticFiles(app: Server) {
  await app.register(files, {
    root: webFolder,
    serve: false,
    preCompressed: true,
    wildcard: false,
    cacheControl: false,
  })
  const config = { access: "public" } as const
  const schema = { hide: true }
  app.get("/assets/*", { config, schema }, (request, reply) => {
    const name = (request.params as { "*": string })["*"]
    return reply
      .headers({ ...common, "cache-control": "public, max-age=31536000, immutable" })
      .sendFile(`assets/${name}`)
  })
  // Every other address that is not ours below /api is a screen of the app, which reads the address itself.
  app.get("/*", { config, schema }, (request, reply) => {
    const path = request.url.split("?")[0]!
    if (/^\/(api|chat|webhooks|socket|s)\//.test(path) || /\.\w{2,5}$/.test(path))
      throw new Refusal("not_found", "not_found")
    return sendPage(reply, "index.html")
  })
}

/** Sends one of the built pages. `ancestors`: the sites that may show it inside theirs, as CSP's `frame-ancestors` takes them. */
export function sendPage(reply: FastifyReply, name: string, ancestors = "'none'") {
  if (!existsSync(join(webFolder, name))) return sendUnbuilt(reply)
  return reply.headers(pageHeaders(ancestors)).sendFile(name)
}

/** Sends a built page of ours with what `change` makes of its HTML; `more` are headers that go before a page's own. */
export async function sendChangedPage(
  reply: FastifyReply,
  name: string,
  change: (html: string) => string,
  more: Record<string, string> = {},
) {
  const file = join(webFolder, name)
  if (!existsSync(file)) return sendUnbuilt(reply)
  const html = await readFile(file, "utf8")
  return reply
    .headers({ ...pageHeaders("'none'"), ...more })
    .type("text/html; charset=utf-8")
    .send(change(html))
}

const pageHeaders = (ancestors: string) => ({
  ...common,
  "content-security-policy": policy(ancestors),
  "cache-control": "no-cache",
})

const sendUnbuilt = (reply: FastifyReply) =>
  reply
    .code(503)
    .type("text/plain; charset=utf-8")
    .send("The web app is not built yet: run npm ci, or npm start once.\n")
