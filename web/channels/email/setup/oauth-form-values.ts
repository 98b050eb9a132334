// The part of a mailbox's form that says whether it has a password or is signed in at its provider, and by which app. Pure.
import type { Connection } from "../../../settings/connections/connection-queries.ts"
import type { Provider } from "./provider-presets.ts"

export type OAuthForm = { auth: string; clientId: string; clientSecret: string; tenant: string }

type StoredApp = { provider?: string; clientId?: string; tenant?: string }

const appOf = (connection: Connection | undefined) => (connection?.settings["oauth"] ?? {}) as StoredApp

export function oauthFormOf(connection: Connection | undefined): OAuthForm {
  const { clientId = "", tenant = "" } = appOf(connection)
  const auth = connection?.settings["auth"] === "oauth" ? "oauth" : "password"
  return { auth, clientId, tenant, clientSecret: "" }
}

/** Where one signs in instead of giving a password; null where there is a password alone. */
export function signInAt(provider: Provider): "google" | "microsoft" | null {
  if (provider === "gmail") return "google"
  return provider === "microsoft" ? "microsoft" : null
}

type Form = OAuthForm & { provider: Provider }

/** A mailbox of a provider that the API alone knows stays what it is. */
export const usesSignIn = ({ auth, provider }: Form, connection: Connection | undefined) =>
  auth === "oauth" && (signInAt(provider) !== null || appOf(connection).provider === "other")

function appIn({ provider, clientId, tenant }: Form, connection: Connection | undefined) {
  const at = signInAt(provider)
  if (at === null) return appOf(connection)
  const named = { provider: at, clientId: clientId.trim() }
  return at === "microsoft" && tenant.trim() !== "" ? { ...named, tenant: tenant.trim() } : named
}

/** The secret that is kept is of another app. */
export function isOtherApp(form: Form, connection: Connection | undefined): boolean {
  const [before, after] = [appOf(connection), appIn(form, connection) as StoredApp]
  return (["provider", "clientId", "tenant"] as const).some((name) => before[name] !== after[name])
}

export function oauthChangeOf(form: Form, connection: Connection | undefined): Record<string, unknown> {
  if (!usesSignIn(form, connection)) return { auth: "password" }
  const secret = form.clientSecret === "" ? {} : { clientSecret: form.clientSecret }
  return { auth: "oauth", oauth: appIn(form, connection), ...secret }
}
