import { z } from "zod"
import type { Kit } from "#kernel/kit.ts"
import type { Server } from "#kernel/http/server.ts"
import { can, principalOf } from "#people/index.ts"
import { viewOne } from "#tickets/index.ts"
import { answerBody, storedAnswer, surveysAnswer } from "./api-contract.ts"
import { createAnswering } from "./throttle-answers.ts"
import { surveyPage } from "./survey-page.ts"
import { surveysOf } from "./survey-store.ts"

const tags = ["Surveys"]

export function surveyRoutes(app: Server, kit: Kit) {
  const answer = createAnswering(kit)
  app.post(
    "/api/v1/surveys/:token",
    {
      config: { access: "public" },
      schema: {
        tags,
        summary: "Answer a survey by its link; the first answer stands",
        params: z.object({ token: z.string().max(200) }),
        body: answerBody,
        response: { 200: storedAnswer },
      },
    },
    (request) => answer(request.ip, request.params.token, request.body),
  )
  app.get(
    "/api/v1/tickets/:ref/surveys",
    {
      config: { access: can.beStaff },
      schema: {
        tags,
        summary: "What the customer of a ticket was asked and answered, oldest first",
        params: z.object({ ref: z.string().max(100) }),
        response: { 200: surveysAnswer },
      },
    },
    async (request) => {
      const { id } = await viewOne(kit.db, principalOf(request), request.params.ref)
      return { items: await surveysOf(kit.db.kysely, id) }
    },
  )
  surveyPage(app, kit, answer)
}
