// The three ways in which Splynx knows who asks: a key in the clear, a key that signs each request, and a token for a name and
// a password.
import { createHmac } from "node:crypto"
import type { Kit } from "#kernel/kit.ts"
import { tokenHash } from "#kernel/secrets.ts"
import type { SystemAnswer } from "../systems/system-kind.ts"
import { sendToSplynx } from "./send-to-splynx.ts"
import { nextNonce, type SplynxAccount, urlOf, waitForTurn } from "./splynx-account.ts"

type Header = SystemAnswer<string> & { status?: number | undefined }

/** The header `Authorization` of the next request. `refused`: the one that was given before, and is no longer taken. */
export async function authorizeSplynxRequest(
  kit: Kit,
  account: SplynxAccount,
  refused: string | null,
): Promise<Header> {
  const { credentials } = account
  if (credentials.auth === "admin") return tokenFor(kit, account, credentials, refused)
  const { auth, key, secret } = credentials
  const askedAt = kit.now()
  if (auth === "basic")
    return { ok: true, value: `Basic ${Buffer.from(`${key}:${secret}`).toString("base64")}`, askedAt }
  const nonce = await nextNonce(kit, account)
  return { ok: true, value: `Splynx-EA (key=${key}&nonce=${nonce}&signature=${sign(key, secret, nonce)})`, askedAt }
}

/** As Splynx computes it: HMAC-SHA256 over nonce and key, in capital hexadecimal digits. */
const sign = (key: string, secret: string, nonce: string) =>
  createHmac("sha256", secret).update(`${nonce}${key}`).digest("hex").toUpperCase()

type Login = { login: string; password: string }

// Tokens live half an hour at Splynx. Only a refusal says that one is over: clocks differ, and an administrator may end it. A login
// costs one request, as a renewal would: the refresh token is not kept.
const tokens = new Map<string, Promise<Header>>()

/** Requests of one moment share one login. */
async function tokenFor(kit: Kit, account: SplynxAccount, login: Login, refused: string | null): Promise<Header> {
  const name = tokenHash(JSON.stringify([account.baseUrl, login.login, login.password]))
  const known = tokens.get(name)
  const answer = await known
  if (answer?.ok && answer.value !== refused) return answer
  const latest = tokens.get(name)
  if (latest && latest !== known) return latest
  const made = logIn(kit, account, login)
  tokens.set(name, made)
  const end = () => void (tokens.get(name) === made && tokens.delete(name))
  made.then(({ ok }) => !ok && end(), end)
  return made
}

async function logIn(kit: Kit, account: SplynxAccount, { login, password }: Login): Promise<Header> {
  await waitForTurn(kit, account)
  const body = { auth_type: "admin", login, password }
  const answer = await sendToSplynx(kit, { method: "POST", url: urlOf(account, "auth/tokens"), body })
  const failed = { ok: false, failure: "unreachable", isUnsent: true } as const
  if (!answer.ok) return { ...failed, detail: `login: ${answer.detail}`, status: answer.status }
  const { access_token: token } = (answer.value ?? {}) as { access_token?: unknown }
  // It becomes part of a header.
  if (typeof token === "string" && /^[\w.~+/=-]{1,1000}$/.test(token))
    return { ...answer, value: `Splynx-EA (access_token=${token})` }
  return { ...failed, detail: "login: no token in the answer" }
}
