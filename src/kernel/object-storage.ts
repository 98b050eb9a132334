// Files in a bucket of a service that speaks S3, by the same names as in the folder. Bytes are first written to a draft of
// ours: only then are their hash and their length known, and both are said (and signed) before they are sent.
import { openAsBlob } from "node:fs"
import { Readable } from "node:stream"
import type { AwsClient } from "aws4fetch"
import { checked, staged, type Storage } from "./staging.ts"

const patienceMs = 60_000

/** `url`: https://KEY:SECRET@HOST/BUCKET/maybe/a/folder?region=REGION; s3:// means https://. */
export function openObjectStorage(url: string, drafts: string): Storage {
  const place = placeIn(url)
  let known: Promise<AwsClient> | undefined
  // Loaded by those only who have a bucket.
  const client = () => (known ??= import("aws4fetch").then(({ AwsClient: Client }) => new Client(place.account)))
  const ask = async (method: "GET" | "HEAD" | "PUT" | "DELETE", sha256: string, body?: Blob) => {
    const address = `${place.folder}/${checked(sha256).slice(0, 2)}/${sha256}`
    const hash = { "x-amz-content-sha256": body ? sha256 : emptyHash }
    const { headers } = await (await client()).sign(address, { method, headers: hash })
    const limits = { redirect: "error", signal: AbortSignal.timeout(patienceMs) } as const
    return fetch(address, { method, headers, ...limits, ...(body && { body }) })
  }
  /** Since when it is there; null when it is not. */
  const since = async (sha256: string) => {
    const { status, headers } = await ask("HEAD", sha256)
    if (status !== 200 && status !== 404) throw refused("HEAD", status)
    return status === 200 ? new Date(headers.get("last-modified") ?? NaN) : null
  }
  const put: Storage["put"] = (bytes, longest, promised = null) =>
    staged(drafts, { bytes, longest, promised }, async (draft, stored) => {
      // Also what is there already: its age must say when it was last put.
      const answer = await ask("PUT", stored.sha256, await openAsBlob(draft))
      await answer.body?.cancel()
      if (!answer.ok) throw refused("PUT", answer.status)
    })
  async function* bytesOf(sha256: string) {
    const answer = await ask("GET", sha256)
    if (!answer.ok || !answer.body) throw refused("GET", answer.status)
    yield* answer.body
  }
  return {
    put,
    read: (sha256) => Readable.from(bytesOf(checked(sha256)), { objectMode: false }),
    has: async (sha256) => (await since(sha256)) !== null,
    forget: async (sha256, putBefore) => {
      const at = await since(sha256)
      if (at === null || !(at < putBefore)) return
      const { status, ok } = await ask("DELETE", sha256)
      if (!ok) throw refused("DELETE", status)
    },
  }
}

// Of no bytes.
const emptyHash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

const refused = (method: string, status: number) => new Error(`the bucket answered ${status} to ${method}`)

function placeIn(text: string) {
  const url = new URL(text.replace(/^s3:/, "https:"))
  const account = {
    accessKeyId: decodeURIComponent(url.username),
    secretAccessKey: decodeURIComponent(url.password),
    region: url.searchParams.get("region") ?? "us-east-1",
    service: "s3",
    retries: 0,
  }
  return { account, folder: url.origin + url.pathname.replace(/\/+$/, "") }
}
