import assert from "node:assert/strict"
import { test } from "node:test"
import { oauthClientOf } from "./oauth-client.ts"

test("Google and Microsoft are asked for what gives a mailbox for good", () => {
  const place = (oauth: object) => {
    const settings = { auth: "oauth", address: "soporte@example.com", oauth: { clientId: "c", ...oauth } }
    const { server, scope, parameters } = oauthClientOf(settings, { clientSecret: "s" })!
    return [server.tokenEndpoint, scope, parameters]
  }
  const login_hint = "soporte@example.com"
  assert.deepEqual(place({ provider: "google" }), [
    "https://oauth2.googleapis.com/token",
    "https://mail.google.com/",
    { login_hint, access_type: "offline", prompt: "consent" },
  ])
  assert.deepEqual(place({ provider: "microsoft", tenant: "example.com" }), [
    "https://login.microsoftonline.com/example.com/oauth2/v2.0/token",
    "offline_access https://outlook.office.com/IMAP.AccessAsUser.All https://outlook.office.com/SMTP.Send",
    { login_hint, prompt: "select_account" },
  ])
})
