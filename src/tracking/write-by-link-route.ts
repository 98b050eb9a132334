// What somebody writes who came by a mailed link: an answer with files, that they open the ticket again, a score.
import multipart from "@fastify/multipart"
import type { FastifyRequest } from "fastify"
import { Refusal, statusOf } from "#kernel/errors.ts"
import { parseHtmlForms } from "#kernel/http/parse-html-forms.ts"
import type { Server } from "#kernel/http/server.ts"
import { createUploadQuota, formLimits, maxFormBytes, receiveFormWithFiles } from "#files/index.ts"
import { refuseForeignPage } from "#people/index.ts"
import type { TextId } from "#texts/languages-and-text-ids.ts"
import { drawLinkedTicket } from "./draw-linked-ticket.ts"
import { sendLinkOver, sendTrackPage, speechOf } from "./send-page.ts"
import { linkOver, type LinkKit, sessionOfRequest, uploaderOf, writeByLink } from "./session-of-link.ts"
import type { Tracking } from "./throttled-find-and-mail-link.ts"

/** For a scope of its own: it reads nothing but forms. */
export async function writeByLinkRoute(app: Server, kit: LinkKit, { limits }: Tracking) {
  parseHtmlForms(app)
  await app.register(multipart, { limits: formLimits })
  const withinQuota = createUploadQuota(kit)
  const config = { access: "public" } as const
  app.post("/track/ticket", { config, schema: { hide: true } }, async (request, reply) => {
    refuseForeignPage(request.headers, kit.publicUrl)
    const speech = speechOf(request)
    // A slow form loses nothing to the clock. An address that is taken away meanwhile does.
    const begunAt = kit.now()
    const session = await sessionOfRequest(kit, request, begunAt)
    if (!session) return sendLinkOver(reply, speech)
    const fields = { ...(request.body as Record<string, string> | undefined) }
    const by = uploaderOf(session)
    const send = async (fileIds: string[]) => {
      const current = await sessionOfRequest(kit, request, begunAt)
      if (!current) throw linkOver()
      return writeByLink(kit, current, fields, fileIds)
    }
    try {
      await limits.spendForm(session.viewer.identityId)
      const receive = () => receiveFormWithFiles(kit, request, { by, fields, send })
      const other = request.isMultipart() ? await withinQuota(by, bytesOf(request), receive) : await send([])
      return await reply.redirect(
        `/track/ticket?lang=${speech.language}${other === null ? "" : `&wentTo=${other}`}`,
        303,
      )
    } catch (error) {
      const problem = problemOf(error, fields)
      if (problem === null && !isLinkOver(error)) throw error
      const current = problem && (await sessionOfRequest(kit, request))
      if (!problem || !current) return sendLinkOver(reply, speech)
      const { text = "", comment = "" } = fields
      const what = fields["what"] === "survey" ? "survey" : "reply"
      const drawn = await drawLinkedTicket(kit, current, speech, { problem, what, text, comment })
      return sendTrackPage(reply, speech, drawn, statusOf[(error as Refusal).kind])
    }
  })
}

const isLinkOver = (error: unknown) => error instanceof Refusal && error.code === "link_over"

// Without a length it counts as the longest there may be.
const bytesOf = ({ headers }: FastifyRequest) =>
  Math.min(Number(headers["content-length"] ?? maxFormBytes), maxFormBytes)

/** What the page says of it, where the writer can mend it; null of anything else. */
function problemOf(error: unknown, fields: Record<string, string>): TextId | null {
  if (!(error instanceof Refusal)) return null
  if (error.kind === "too_large") return "trackPage.fileTooLarge"
  if (error.kind === "too_many") return "refusal.too_many"
  const [wrong] = error.extra.errors ?? []
  if (wrong?.path === "file") return "trackPage.fileRefused"
  if (wrong?.path === "score" && !fields["score"]) return "surveyPage.missing"
  return wrong?.path === "text" ? "trackPage.nothing" : null
}
