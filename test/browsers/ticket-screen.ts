// What stories need of a ticket's screen.
import type { Page } from "playwright-core"
import type { Client } from "../desks/test-desk.ts"

/** Where staff write. */
export const composerOf = (page: Page) => page.locator("#composer")

/** A support ticket of Carla's, made through the API. Gives its number. */
export async function createSupportTicket(key: Client, subject: string): Promise<string> {
  const { body } = await key.call("POST", "/tickets", { subject, contact: { name: "Carla", email: "c@example.com" } })
  return String(body["number"])
}
