// The one way to the server. A refusal arrives as a Problem, a lost connection as a Problem with status 0.
export interface FieldError {
  path: string
  message: string
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

type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE"

interface Options {
  body?: unknown
  headers?: Record<string, string>
  signal?: AbortSignal | undefined
}

export async function request<T>(method: Method, path: string, { body, headers, signal }: Options = {}): Promise<T> {
  return ask(path, {
    method,
    headers: { ...(body !== undefined && { "content-type": "application/json" }), ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    ...(signal && { signal }),
  })
}

/** One file, as a form would send it. */
export function upload<T>(path: string, file: File): Promise<T> {
  const body = new FormData()
  body.set("file", file)
  return ask(path, { method: "POST", body })
}

async function ask<T>(path: string, init: RequestInit): Promise<T> {
  const response = await fetch(`/api/v1${path}`, { credentials: "same-origin", ...init }).catch((error: unknown) => {
    if (init.signal?.aborted) throw error
    throw new Problem(0)
  })
  const text = await response.text()
  const answer: unknown = text && response.headers.get("content-type")?.includes("json") ? JSON.parse(text) : undefined
  if (!response.ok) throw new Problem(response.status, answer as ProblemBody | undefined)
  return answer as T
}

export const get = <T>(path: string, signal?: AbortSignal) => request<T>("GET", path, { signal })
export const post = <T>(path: string, body: unknown = {}, headers?: Record<string, string>) =>
  request<T>("POST", path, { body, ...(headers && { headers }) })
export const put = <T>(path: string, body: unknown, headers?: Record<string, string>) =>
  request<T>("PUT", path, { body, ...(headers && { headers }) })
export const patch = <T>(path: string, body: unknown, headers?: Record<string, string>) =>
  request<T>("PATCH", path, { body, ...(headers && { headers }) })
export const remove = <T = undefined>(path: string) => request<T>("DELETE", path)

/** A query string; a list repeats its parameter, which the API reads as "any of". */
export function query(parameters: Record<string, string | number | readonly string[] | undefined>): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(parameters)) {
    if (value === undefined || value === "") continue
    for (const one of Array.isArray(value) ? value : [value]) search.append(name, String(one))
  }
  const text = search.toString()
  return text ? `?${text}` : ""
}
