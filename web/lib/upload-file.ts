// One file on its way, as a form would send it. Only XMLHttpRequest reports progress.
import { Problem, parseResponse } from "./api-client.ts"

// A slow line may take its time, a dead one may not.
const silenceMs = 60_000

export interface UploadProgress {
  /** The same key again is the same file. */
  key?: string
  headers?: Record<string, string>
  /** How much has left, from 0 to 1. */
  onProgress?: (part: number) => void
  signal?: AbortSignal
}

/** `url`: whole, from the root. Throws a Problem; with status 0 nobody knows whether it arrived. */
export function uploadFile<T>(
  url: string,
  file: File,
  { key, headers = {}, onProgress, signal }: UploadProgress = {},
): Promise<T> {
  const body = new FormData()
  body.set("file", file)
  return new Promise((done, fail) => {
    const asked = new XMLHttpRequest()
    let timer: ReturnType<typeof setTimeout>
    const listen = () => {
      clearTimeout(timer)
      timer = setTimeout(() => asked.abort(), silenceMs)
    }
    asked.upload.addEventListener("progress", ({ loaded, total }) => {
      listen()
      onProgress?.(total > 0 ? loaded / total : 0)
    })
    asked.addEventListener("loadend", () => {
      clearTimeout(timer)
      if (asked.status === 0) return fail(new Problem(0))
      try {
        done(parseResponse<T>(asked.status, asked.getResponseHeader("content-type"), asked.responseText))
      } catch (error) {
        fail(error instanceof Error ? error : new Problem(0))
      }
    })
    asked.open("POST", url)
    for (const [name, value] of Object.entries(headers)) asked.setRequestHeader(name, value)
    if (key) asked.setRequestHeader("idempotency-key", key)
    signal?.addEventListener("abort", () => asked.abort())
    listen()
    asked.send(body)
  })
}
