// A person of staff in a real window, signed in.
import assert from "node:assert/strict"
import type { BrowserContext, Page } from "playwright-core"
import type { Kit } from "#kernel/kit.ts"
import { createUser, type Role } from "#people/index.ts"
import type { Language } from "#texts/languages-and-text-ids.ts"
import { browser } from "./chromium-and-axe.ts"
import { cheapPasswordHash } from "../cheap-password-hash.ts"
import { acting } from "../desks/test-desk.ts"

export const password = "correct horse battery staple"
let hired = 0

/** `isPhone`: it is touched, and has no mouse. */
type Wishes = { name?: string; role?: Role; language?: Language; width?: number; height?: number; isPhone?: boolean }

export async function inviteAndSignIn(hilo: Kit & { url: string }, wishes: Wishes = {}) {
  const { name = "Ana", role = "admin", language = "en", isPhone = false } = wishes
  const { width = isPhone ? 390 : 1440, height = isPhone ? 844 : 900 } = wishes
  const email = `${name.toLowerCase()}${++hired}@example.com`
  const passwordHash = cheapPasswordHash(password)
  await acting(hilo, (act) => createUser(act, { email, name, role, language, passwordHash }))
  const locale = language === "en" ? "en-US" : "es-419"
  const context = await (
    await browser()
  ).newContext({
    locale,
    viewport: { width, height },
    // What moves takes the processor from the tests beside it; nothing of it is waited for.
    reducedMotion: "reduce",
    bypassCSP: true,
    hasTouch: isPhone,
    isMobile: isPhone,
  })
  await signIn(hilo, context, email)
  return { context, email, open: (path: string) => openAt(context, hilo.url + path) }
}

export async function signIn(hilo: { url: string }, context: BrowserContext, email: string) {
  const answer = await context.request.post(`${hilo.url}/api/v1/session`, { data: { email, password } })
  assert.equal(answer.ok(), true)
}

async function openAt(context: BrowserContext, url: string): Promise<Page> {
  const page = await context.newPage()
  await page.goto(url)
  return page
}
