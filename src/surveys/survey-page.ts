// The page behind a survey's link, built from web/surveys/page once per language. Looking at it changes nothing; its form works
// with and without scripts.
import type { FastifyReply, FastifyRequest } from "fastify"
import { z } from "zod"
import { Refusal } from "#kernel/errors.ts"
import type { Kit } from "#kernel/kit.ts"
import { parseHtmlForms } from "#kernel/http/parse-html-forms.ts"
import type { Server } from "#kernel/http/server.ts"
import { escapeHtml } from "#kernel/http/html-template.ts"
import { sendChangedPage } from "#kernel/http/static-files.ts"
import { tokenHash } from "#kernel/secrets.ts"
import { readSetting } from "#settings/index.ts"
import { acceptedLanguage, languages } from "#texts/languages-and-text-ids.ts"
import { answerBody } from "./api-contract.ts"
import { surveyQuestion } from "./survey-question.ts"
import { surveyOfLink } from "./survey-store.ts"
import type { Answering } from "./throttle-answers.ts"

const config = { access: "public" } as const
const params = z.object({ token: z.string().max(200) })
const schema = { hide: true, params }
type PageRequest = FastifyRequest<{ Params: z.output<typeof params>; Querystring: Record<string, unknown> }>

// The address is the credential: it goes to no other site, no search engine and no shared cache.
const headers = { "referrer-policy": "no-referrer", "cache-control": "no-store", "x-robots-tag": "noindex" }

export function surveyPage(app: Server, kit: Kit, answer: Answering) {
  app.get("/s/:token", { config, schema }, (request: PageRequest, reply) => show(kit, request, reply))
  app.register(async (forms) => formRoute(forms as unknown as Server, kit, answer))
}

/** The form as browsers send it by themselves: led back to the page, which says that the answer stands. */
function formRoute(app: Server, kit: Kit, answer: Answering) {
  parseHtmlForms(app)
  app.post("/s/:token", { config, schema }, async (request: PageRequest, reply) => {
    const problem = await outcomeOf(answer, request)
    if (problem !== null) return show(kit, request, reply, problem)
    const lang = languageIn(request)
    return reply.headers(headers).redirect(`/s/${request.params.token}${lang ? `?lang=${lang}` : ""}`, 303)
  })
}

async function outcomeOf(answer: Answering, { ip, params: { token }, body }: PageRequest): Promise<string | null> {
  const { score, ...more } = (body ?? {}) as Record<string, string>
  const given = answerBody.safeParse({ score: Number(score), ...more })
  if (!given.success) return "missing"
  try {
    await answer(ip, token, given.data)
    return null
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return error.kind === "too_many" ? "too_many" : null
  }
}

async function show(
  kit: Kit,
  { params: { token }, query, headers: asked }: PageRequest,
  reply: FastifyReply,
  problem = "",
) {
  const survey = await surveyOfLink(kit.db.kysely, tokenHash(token))
  const isOpen = survey !== undefined && (survey.score !== null || survey.endsAt > kit.now())
  const language = languageIn({ query }) ?? survey?.language ?? acceptedLanguage(asked["accept-language"])
  const values: Record<string, string> = {
    state: isOpen ? (survey.score === null ? "ask" : "done") : "over",
    problem,
    token: isOpen ? token : "",
    about: [await readSetting(kit.db, "desk.name"), isOpen ? survey.number : ""].filter(Boolean).join(" · "),
    style: await readSetting(kit.db, "survey.style"),
    question: await surveyQuestion(kit.db, language),
  }
  if (!isOpen) reply.code(404)
  const fill = (html: string) => html.replaceAll(/\[\[(\w+)\]\]/g, (_, name: string) => escapeHtml(values[name] ?? ""))
  return sendChangedPage(reply, `survey.${language}.html`, fill, headers)
}

const languageIn = ({ query }: Pick<PageRequest, "query">) => languages.find((one) => one === query["lang"])
