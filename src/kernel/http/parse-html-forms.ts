import type { Server } from "./server.ts"

/**
 * Makes the routes of this scope read nothing but forms as browsers send them by themselves. These write a line end as two
 * characters, scripts as one; the limits count one.
 */
export function parseHtmlForms(app: Server): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser("application/x-www-form-urlencoded", { parseAs: "string" }, (_request, body, done) =>
    done(null, Object.fromEntries(new URLSearchParams(String(body).replaceAll(/%0d%0a/gi, "%0a")))),
  )
}
