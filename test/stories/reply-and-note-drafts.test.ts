// What is written as a note stays a note: the reply and the note of a ticket are two drafts.
import assert from "node:assert/strict"
import { test } from "node:test"
import { startApp } from "../start-app.ts"
import { inviteAndSignIn } from "../browsers/sign-in-as-staff.ts"
import { member } from "../desks/test-desk.ts"
import { composerOf, createSupportTicket } from "../browsers/ticket-screen.ts"
import { en } from "#texts/en.ts"

const hilo = await startApp()
const key = await member(hilo, { email: "key@example.com", name: "Key", role: "admin" })

test("a note begun and left at once for the reply is kept as the note, and the reply stays empty", async () => {
  const { context, open } = await inviteAndSignIn(hilo)
  const number = await createSupportTicket(key, "Switched at once")
  const page = await open(`/tickets/${number}?view=all`)
  const mode = (name: "composer.note" | "composer.reply") => page.getByRole("tab", { name: en[name] })
  await mode("composer.note").click()
  const stored = page.waitForResponse((answer) => answer.request().method() === "PUT" && /drafts/.test(answer.url()))
  await composerOf(page).fill("only for the team")
  await mode("composer.reply").click()
  await stored
  const drafts = await page.request.get(`${hilo.url}/api/v1/tickets/${number}/drafts`)
  assert.deepEqual(await drafts.json(), { reply: "", note: "only for the team" })
  await page.reload()
  await composerOf(page).waitFor()
  assert.equal(await composerOf(page).inputValue(), "")
  await mode("composer.note").click()
  assert.equal(await composerOf(page).inputValue(), "only for the team")
  await context.close()
})

test("a draft that was being saved when its reply was sent does not come back as a draft", async () => {
  const { context, open } = await inviteAndSignIn(hilo)
  const number = await createSupportTicket(key, "Sent while it was saved")
  const page = await open(`/tickets/${number}?view=all`)
  const sent = Promise.withResolvers<void>()
  await page.route("**/drafts/reply", (route) => sent.promise.then(() => route.continue()), { times: 1 })
  const saving = page.waitForRequest(/\/drafts\/reply$/)
  await composerOf(page).fill("It is on its way")
  await saving
  const posted = page.waitForResponse((answer) => answer.url().endsWith("/messages") && answer.status() === 201)
  let saved = 0
  const bothSaved = page.waitForResponse((answer) => answer.url().endsWith("/drafts/reply") && ++saved === 2)
  await composerOf(page).press("Control+Enter")
  await posted
  sent.resolve()
  await bothSaved
  const drafts = await page.request.get(`${hilo.url}/api/v1/tickets/${number}/drafts`)
  assert.deepEqual(await drafts.json(), { reply: "", note: "" })
  await context.close()
})
