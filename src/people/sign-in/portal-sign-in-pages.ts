// The addresses of the customers' side. A browser that is not signed in gets a page whose form works as soon as its HTML is there,
// with or without scripts; it was built from web/customer-portal/sign-in, once per language.
import type { FastifyReply, FastifyRequest } from "fastify"
import { z } from "zod"
import { Refusal } from "#kernel/errors.ts"
import { parseHtmlForms } from "#kernel/http/parse-html-forms.ts"
import type { Server } from "#kernel/http/server.ts"
import { sendChangedPage, sendPage } from "#kernel/http/static-files.ts"
import { acceptedLanguage, type Language, languages } from "#texts/languages-and-text-ids.ts"
import type { PeopleKit } from "../transact-and-drop-principal-cache.ts"
import { linkBody } from "../api-contract.ts"
import type { AttemptLimits } from "./attempt-limits.ts"
import { requestLink } from "./mailed-link-routes.ts"

const config = { access: "public" } as const
const querystring = z.object({ lang: z.enum(languages).optional().catch(undefined) })
const schema = { hide: true, querystring }
type PageRequest = FastifyRequest<{ Querystring: z.output<typeof querystring> }>

export function customerPages(app: Server, kit: PeopleKit, tries: AttemptLimits) {
  const show = (request: PageRequest, reply: FastifyReply) => {
    reply.header("vary", "accept-language, cookie")
    if (request.actor.kind !== "stranger") return sendPage(reply, "index.html")
    return sendPage(reply, `sign-in.${languageOf(request)}.html`)
  }
  app.get("/my", { config, schema }, show)
  app.get("/my/*", { config, schema }, show)
  // A mailed link leads here, whatever account is signed in at this browser.
  app.get("/my/enter", { config, schema }, (request: PageRequest, reply) =>
    sendPage(reply.header("vary", "accept-language"), `enter.${languageOf(request)}.html`),
  )
  app.register(async (forms) => formRoute(forms as unknown as Server, kit, tries))
}

/** The form as browsers send it by themselves, answered with the page that says what came of it. */
function formRoute(app: Server, kit: PeopleKit, tries: AttemptLimits) {
  parseHtmlForms(app)
  app.post("/my", { config, schema }, async (request, reply) => {
    const state = await outcomeOf(kit, tries, request)
    return sendChangedPage(reply, `sign-in.${languageOf(request)}.html`, (html) => html.replace('data-is="ask"', state))
  })
}

async function outcomeOf(kit: PeopleKit, tries: AttemptLimits, request: FastifyRequest): Promise<string> {
  const body = linkBody.safeParse(request.body)
  if (!body.success) return 'data-is="ask" data-problem="invalid"'
  try {
    await requestLink(kit, tries, request, body.data.email)
    return 'data-is="sent"'
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return `data-is="ask" data-problem="${error.kind === "too_many" ? "too_many" : "other"}"`
  }
}

/** What the address asks for, else what the browser does. */
const languageOf = ({ query, headers }: PageRequest): Language =>
  query.lang ?? acceptedLanguage(headers["accept-language"])
