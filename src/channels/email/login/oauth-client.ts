// How the desk's own app is known at the provider of a mailbox. Pure.
// Endpoints, scopes and parameters as developers.google.com/identity/protocols/oauth2/web-server, developers.google.com/gmail/imap/xoauth2-protocol
// and learn.microsoft.com/exchange/client-developer/legacy-protocols/how-to-authenticate-an-imap-pop-smtp-application-by-using-oauth gave them
// on 2026-11-30.
import type { OAuthClient } from "../../channel.ts"
import { mailboxOf, type MailboxSettings } from "../settings.ts"

type App = NonNullable<MailboxSettings["oauth"]>
type Place = Pick<OAuthClient, "server" | "scope" | "parameters">

/** Null of a mailbox with a password, and of one whose app has no secret yet. */
export function oauthClientOf(settings: Record<string, unknown>, secrets: Record<string, string>): OAuthClient | null {
  const { auth, oauth: app, address } = mailboxOf({ settings })
  const { clientSecret } = secrets
  if (auth !== "oauth" || app === undefined || clientSecret === undefined) return null
  const { parameters, ...place } = placeOf(app)
  return { ...place, clientId: app.clientId, clientSecret, parameters: { login_hint: address, ...parameters } }
}

function placeOf(app: App): Place {
  switch (app.provider) {
    case "google":
      return google
    case "microsoft":
      return microsoft(app.tenant ?? "common")
    case "other":
      return { server: { issuer: app.issuer! }, scope: app.scope!, parameters: {} }
  }
}

const google: Place = {
  server: {
    issuer: "https://accounts.google.com",
    authorizationEndpoint: "https://accounts.google.com/o/oauth2/v2/auth",
    tokenEndpoint: "https://oauth2.googleapis.com/token",
  },
  scope: "https://mail.google.com/",
  // Without both there is no refresh token where somebody has consented before.
  parameters: { access_type: "offline", prompt: "consent" },
}

/** `common` is any organization's and Microsoft's own; an app of one organization names its tenant. */
const microsoft = (tenant: string): Place => ({
  server: {
    issuer: `https://login.microsoftonline.com/${tenant}/v2.0`,
    authorizationEndpoint: `https://login.microsoftonline.com/${tenant}/oauth2/v2.0/authorize`,
    tokenEndpoint: `https://login.microsoftonline.com/${tenant}/oauth2/v2.0/token`,
  },
  scope: "offline_access https://outlook.office.com/IMAP.AccessAsUser.All https://outlook.office.com/SMTP.Send",
  // The account that is signed in there just now is not always that of the mailbox.
  parameters: { prompt: "select_account" },
})
