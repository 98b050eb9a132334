// The visitor's requests. An answer is a value: nothing here throws because a network or a server is away.
import type {
  ChatFile,
  ChatIntroduction,
  ChatMessageIn,
  ChatTicket,
  ChatTicketIn,
  ChatVisitor,
  Conversation,
} from "../../src/channels/webchat/api-contract.ts"
import { Problem } from "../lib/api-client.ts"
import type { PrefixedStorage } from "../lib/prefixed-storage.ts"
import { uploadFile } from "../lib/upload-file.ts"

/** Status 0: nobody answered. */
export type ApiResult<T> =
  | { ok: true; body: T }
  | { ok: false; status: number; code: string; afterSeconds: number | null }

export type ChatApi = ReturnType<typeof createChatApi>

const patienceMs = 20_000

export function createChatApi(connectionId: string, memory: PrefixedStorage, language: "es" | "en") {
  const root = `/chat/${encodeURIComponent(connectionId)}`
  let arriving: Promise<ApiResult<ChatVisitor>> | null = null

  async function call<T>(path: string, body?: unknown, more: Record<string, string> = {}): Promise<ApiResult<T>> {
    const token = memory.read("token")
    const answer = await ask<T>(`${root}/${path}`, token, body, more)
    // The server no longer knows this visitor. Their next message is a new visitor's.
    if (!answer.ok && answer.status === 401 && memory.read("token") === token) memory.erase("token")
    return answer
  }

  // One visitor, however many messages wait for the token.
  function arrive() {
    arriving ??= call<ChatVisitor>("visitor", {}).then((answer) => {
      if (answer.ok) memory.write("token", answer.body.token)
      arriving = null
      return answer
    })
    return arriving
  }

  const callAsVisitor: typeof call = async (path, body, more) => {
    const visitor = memory.read("token") ? null : await arrive()
    return visitor?.ok === false ? visitor : call(path, body, more)
  }

  const tokenHeader = () => ({ authorization: `Bearer ${memory.read("token") ?? ""}` })

  /** One file for the next message. Throws a Problem. */
  async function store(file: File, onProgress: (part: number) => void): Promise<ChatFile> {
    const visitor = memory.read("token") ? null : await arrive()
    if (visitor?.ok === false) throw new Problem(visitor.status, { code: visitor.code })
    return uploadFile<ChatFile>(`${root}/files`, file, { headers: tokenHeader(), onProgress })
  }
  /** Who the visitor says they are. True when the desk knows it, or will with the first message. */
  async function saveVisitorDetails(who: ChatIntroduction): Promise<boolean> {
    return memory.read("token") !== null && (await call<undefined>("introduction", who)).ok
  }
  async function file(id: string): Promise<Blob | null> {
    const init = { headers: tokenHeader(), credentials: "omit" } as const
    const answer = await fetch(`${root}/files/${encodeURIComponent(id)}`, init).catch(() => null)
    return answer?.ok ? answer.blob().catch(() => null) : null
  }

  return {
    send: (message: ChatMessageIn) => callAsVisitor<{ id: string }>("messages", message),
    /** The same key again is the same ticket. */
    openTicket: (ticket: ChatTicketIn, key: string) =>
      callAsVisitor<ChatTicket>("tickets", ticket, { "idempotency-key": key }),
    upload: store,
    introduce: saveVisitorDetails,
    transcript: (email: string) => call<undefined>("transcript", { email, language }),
    confirmTranscript: (token: string) => call<undefined>("transcript/confirmation", { token }),
    /** True when the desk knows it. */
    seen: async (messageId: string) => (await call<undefined>("seen", { messageId })).ok,
    file,
    conversation: () => call<Conversation>("conversation"),
  }
}

async function ask<T>(
  url: string,
  token: string | null,
  body: unknown,
  more: Record<string, string>,
): Promise<ApiResult<T>> {
  const headers: Record<string, string> = { accept: "application/json", ...more }
  if (token) headers["authorization"] = `Bearer ${token}`
  if (body !== undefined) headers["content-type"] = "application/json"
  try {
    const response = await fetch(url, {
      method: body === undefined ? "GET" : "POST",
      headers,
      body: body === undefined ? null : JSON.stringify(body),
      credentials: "omit",
      cache: "no-store",
      signal: AbortSignal.timeout(patienceMs),
    })
    if (response.ok)
      return {
        ok: true,
        body: (response.status === 204 || response.status === 202 ? undefined : await response.json()) as T,
      }
    const problem = (await response.json().catch(() => ({}))) as { code?: string }
    const after = Number(response.headers.get("retry-after") ?? NaN)
    const afterSeconds = Number.isFinite(after) ? after : null
    return { ok: false, status: response.status, code: problem.code ?? "", afterSeconds }
  } catch {
    return { ok: false, status: 0, code: "", afterSeconds: null }
  }
}
