import type { Kit } from "#kernel/kit.ts"
import type { Server } from "#kernel/http/server.ts"
import { linkAnswer, trackBody, type TrackedTicket, trackedTicket } from "./api-contract.ts"
import type { Story } from "./story-of-ticket.ts"
import { linkMinutes } from "./link-store.ts"
import { linkedTicketPages } from "./pages-opened-by-mailed-link.ts"
import type { TicketSurvey } from "./session-of-link.ts"
import { createTracking } from "./throttled-find-and-mail-link.ts"
import { trackPages } from "./track-pages.ts"

const tags = ["Tracking"]
const config = { access: "public" } as const

/** `survey`: the question about a ticket, which another module asks. */
export function trackingRoutes(app: Server, kit: Kit & { publicUrl: string }, survey: TicketSurvey) {
  const tracking = createTracking(kit)
  const track = {
    tags,
    summary: "How a ticket stands, by its number and an e-mail that stands with it",
    body: trackBody,
  }
  app.post("/api/v1/track", { config, schema: { ...track, response: { 200: trackedTicket } } }, async (request) =>
    toAnswer(await tracking.find(request.ip, request.body)),
  )
  const link = {
    tags,
    summary: "Have a link mailed that opens the ticket; the answer is always the same",
    body: trackBody,
  }
  app.post(
    "/api/v1/track/link",
    { config, schema: { ...link, response: { 202: linkAnswer } } },
    async (request, reply) => {
      await tracking.mailLink(request.ip, request.body)
      return reply.code(202).send({ validMinutes: linkMinutes })
    },
  )
  trackPages(app, kit, tracking)
  linkedTicketPages(app, { ...kit, survey }, tracking)
}

const toAnswer = ({ number, subject, status, timeline, resolutionNotes }: Story): TrackedTicket => ({
  number,
  subject,
  status,
  timeline,
  resolutionNotes,
})
