// A desk whose mailboxes are signed in at a provider of their own.
import assert from "node:assert/strict"
import { decryptAccount, existingConnection } from "#connections/index.ts"
import { oauthApp, startOAuthServer } from "../fakes/oauth-server.ts"
import { openMailDesk } from "./mail-desk.ts"
import { atScreen } from "./test-desk.ts"

export async function openSignInDesk() {
  const mailDesk = await openMailDesk()
  const bruno = await atScreen(mailDesk.desk, { name: "Bruno", email: "bruno@example.com", role: "admin" })
  return { ...mailDesk, bruno, newMailbox: mailboxMaker(mailDesk, bruno) }
}

type MailDesk = Awaited<ReturnType<typeof openMailDesk>>

/** Makes mailboxes whose app is known to a server of its own, and that nobody has signed in. `bruno` signs them in. */
function mailboxMaker({ desk, ana, rows, openMailbox }: MailDesk, bruno: Awaited<ReturnType<typeof atScreen>>) {
  let made = 0
  return async () => {
    const provider = await startOAuthServer()
    const { clientId, clientSecret, scope } = oauthApp
    const oauth = { provider: "other", issuer: provider.issuer, clientId, scope }
    const mailbox = await openMailbox(`m${++made}@example.com`, {
      auth: "oauth",
      oauth,
      clientSecret,
      password: undefined,
    })
    const path = `/connections/${mailbox.id}`
    const begin = async () => {
      const { status, body } = await bruno.call("POST", `${path}/oauth`, {})
      assert.equal(status, 201, JSON.stringify(body))
      return String(body["authorizationUrl"])
    }
    const comeBack = async (address: string, who = bruno) => {
      const { status, headers } = await who.call("GET", address.replace("/api/v1", ""))
      assert.equal(status, 303)
      return String(headers["location"])
    }
    const here = `/settings/connections/${mailbox.id}?signIn=`
    return {
      ...mailbox,
      provider,
      address: `m${made}@example.com`,
      path,
      begin,
      comeBack,
      outcome: async (address: string) => (await comeBack(address)).replace(here, ""),
      signIn: async () => assert.equal(await comeBack(provider.consent(await begin())), `${here}signed_in`),
      /** Its servers take the token that is good now. */
      takeToken: () => {
        mailbox.takeToken(provider.accessToken)
        mailbox.smtp.accessToken = provider.accessToken
      },
      state: async () => (await ana.call("GET", `${path}/oauth`)).body["state"],
      /** As any server of the desk asks for it. */
      token: async (refused?: string) =>
        decryptAccount(desk, await existingConnection(desk.db.kysely, mailbox.id)).accessToken(refused),
      refreshes: () => provider.asked.filter((body) => body.get("grant_type") === "refresh_token").length,
      /** Until shortly before the access token ends. */
      passLife: async () => {
        const [row] = await rows("select access_ends_at as at from oauth_grants where connection_id = $1", mailbox.id)
        desk.clock.pass((row!["at"] as Date).getTime() - desk.now().getTime() - 200_000)
      },
    }
  }
}
