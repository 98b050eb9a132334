// The one way to the server. A refusal arrives as a Problem; a lost connection, and an answer that is too long in coming, as a
// Problem with status 0.
import { randomKey } from "./random-key.ts"

export interface FieldError {
  path: string
  message: string
  code?: string
}

export interface Page<T> {
  items: T[]
  nextCursor: string | null
  total: number
  totalIsCapped: boolean
}

interface ProblemBody {
  code?: string
  detail?: string
  errors?: FieldError[]
  requestId?: string
  [more: string]: unknown
}

export class Problem extends Error {
  readonly status: number
  readonly code: string
  readonly errors: FieldError[]
  readonly body: ProblemBody

  constructor(status: number, body: ProblemBody = {}) {
    super(body.detail ?? body.code ?? `status ${status}`)
    this.status = status
    this.code = body.code ?? (status === 0 ? "network" : "unknown")
    this.errors = body.errors ?? []
    this.body = body
  }
}

/** Nobody knows whether it was done: there was no answer, the server broke, or it is still at it. */
export const isOutcomeUnknown = (error: unknown): boolean =>
  !(error instanceof Problem) || error.status === 0 || error.status >= 500 || error.code === "in_progress"

type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE"

interface Options {
  body?: unknown
  headers?: Record<string, string>
  signal?: AbortSignal | undefined
  /** How long to wait for the whole answer, where the server itself waits for somebody. */
  timeoutMs?: number
}

export async function request<T>(method: Method, path: string, options: Options = {}): Promise<T> {
  const { body, headers, signal, timeoutMs = requestTimeoutMs } = options
  const init = {
    method,
    headers: { ...(body !== undefined && { "content-type": "application/json" }), ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    ...(signal && { signal }),
  }
  return ask(path, init, timeoutMs)
}

/** A request waits this long for its whole answer. */
export const requestTimeoutMs = 30_000

async function ask<T>(path: string, init: RequestInit, timeoutMs: number): Promise<T> {
  // Not AbortSignal.timeout: its time cannot be given by a test.
  const giveUp = new AbortController()
  const timer = setTimeout(() => giveUp.abort(), timeoutMs)
  const signal = init.signal ? AbortSignal.any([init.signal, giveUp.signal]) : giveUp.signal
  try {
    const response = await fetch(`/api/v1${path}`, { credentials: "same-origin", ...init, signal })
    return parseResponse<T>(response.status, response.headers.get("content-type"), await response.text())
  } catch (error) {
    if (error instanceof Problem || init.signal?.aborted) throw error
    throw new Problem(0)
  } finally {
    clearTimeout(timer)
  }
}

export function parseResponse<T>(status: number, type: string | null, text: string): T {
  const answer: unknown = text && type?.includes("json") ? JSON.parse(text) : undefined
  if (status < 200 || status > 299) throw new Problem(status, answer as ProblemBody | undefined)
  return answer as T
}

export const get = <T>(path: string, signal?: AbortSignal) => request<T>("GET", path, { signal })
/** A whole list, page by page: for what people choose from, where the last of all must be there as well. */
export async function getAll<T>(path: string, signal?: AbortSignal): Promise<Page<T>> {
  const items: T[] = []
  const next = (cursor: string | undefined) =>
    get<Page<T>>(`${path}${path.includes("?") ? "&" : "?"}${queryString({ limit: 100, cursor }).slice(1)}`, signal)
  for (let cursor: string | undefined; ;) {
    const page = await next(cursor)
    items.push(...page.items)
    if (page.nextCursor === null) return { ...page, items }
    cursor = page.nextCursor
  }
}

export const post = <T>(path: string, body: unknown = {}, headers?: Record<string, string>) =>
  request<T>("POST", path, { body, ...(headers && { headers }) })
// Requests of which nobody knows what came, and the key that each had.
const open = new Map<string, string>()

/**
 * A deed that must not be done twice. As long as nobody knows what came of it, asking for the same again is the same
 * request, under the same key.
 */
export async function postIdempotent<T>(path: string, body: unknown = {}): Promise<T> {
  const asked = `${path}\n${JSON.stringify(body)}`
  const key = open.get(asked) ?? randomKey()
  open.set(asked, key)
  try {
    const answer = await post<T>(path, body, { "idempotency-key": key })
    open.delete(asked)
    return answer
  } catch (error) {
    if (!isOutcomeUnknown(error)) open.delete(asked)
    throw error
  }
}

export const put = <T>(path: string, body: unknown, headers?: Record<string, string>) =>
  request<T>("PUT", path, { body, ...(headers && { headers }) })
export const patch = <T>(path: string, body: unknown, headers?: Record<string, string>) =>
  request<T>("PATCH", path, { body, ...(headers && { headers }) })
export const remove = <T = undefined>(path: string) => request<T>("DELETE", path)

/** A query string; a list repeats its parameter, which the API reads as "any of". */
export function queryString(parameters: Record<string, string | number | readonly string[] | undefined>): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(parameters)) {
    if (value === undefined || value === "") continue
    for (const one of Array.isArray(value) ? value : [value]) search.append(name, String(one))
  }
  const text = search.toString()
  return text ? `?${text}` : ""
}
