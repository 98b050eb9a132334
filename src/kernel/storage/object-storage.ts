// Files in a bucket of a service that speaks S3, by the same names as in the folder. Bytes are first written to a draft of
// ours: only then are their hash and their length known, and both are said (and signed) before they are sent.
import { createReadStream } from "node:fs"
import { Readable } from "node:stream"
import type { AwsClient } from "aws4fetch"
import { storageAway } from "../errors.ts"
import { createOutbound } from "../outbound/http-client.ts"
import type { FileStorage } from "./file-storage-type.ts"
import { verifyUpload, stageUpload } from "./hash-upload-in-draft-file.ts"

// A bucket that says nothing must not hold a request that waits for it; one that works may take its time with a large file.
const patience = { idleMs: 8_000, withinMs: 60_000 }

type Body = { draft: string; size: number }

/** `url`: https://KEY:SECRET@HOST/BUCKET/maybe/a/folder?region=REGION; s3:// means https://. */
export function openObjectStorage(url: string, drafts: string, limits = patience): FileStorage {
  const place = placeIn(url)
  const outbound = createOutbound({ allowPrivate: [] })
  let known: Promise<AwsClient> | undefined
  // Loaded by those only who have a bucket.
  const client = () => (known ??= import("aws4fetch").then(({ AwsClient: Client }) => new Client(place.account)))
  const ask = async (method: "GET" | "HEAD" | "PUT" | "DELETE", sha256: string, body?: Body) => {
    const address = `${place.folder}/${verifyUpload(sha256).slice(0, 2)}/${sha256}`
    const hash = { "x-amz-content-sha256": body ? sha256 : emptyHash }
    const { headers } = await (await client()).sign(address, { method, headers: hash })
    const all = Object.fromEntries(headers)
    const sent = body && { bytes: createReadStream(body.draft), length: body.size }
    const asked = outbound.ask({ method, url: address, headers: all, body: sent, chosenBy: "operator", ...limits })
    return asked.catch((error: unknown) => {
      throw storageAway(error)
    })
  }
  /** Since when it is there; null when it is not. */
  const since = async (sha256: string) => {
    const { status, header, discard } = await ask("HEAD", sha256)
    discard()
    if (status !== 200 && status !== 404) throw refused("HEAD", status)
    return status === 200 ? new Date(header("last-modified") ?? NaN) : null
  }
  const put: FileStorage["put"] = (bytes, longest, promised = null) =>
    stageUpload(drafts, { bytes, longest, promised }, async (draft, stored) => {
      // Also what is there already: its age must say when it was last put.
      const { status, discard } = await ask("PUT", stored.sha256, { draft, size: stored.size })
      discard()
      if (!isOk(status)) throw refused("PUT", status)
    })
  async function* bytesOf(sha256: string) {
    const { status, body, discard } = await ask("GET", sha256)
    if (status === 200) return yield* body
    discard()
    throw refused("GET", status)
  }
  return {
    put,
    read: (sha256) => Readable.from(bytesOf(verifyUpload(sha256)), { objectMode: false }),
    look: () =>
      since("0".repeat(64)).then(
        () => null,
        () => "storage away",
      ),
    has: async (sha256) => (await since(sha256)) !== null,
    purge: async (sha256, putBefore) => {
      const at = await since(sha256)
      if (at === null || !(at < putBefore)) return
      const { status, discard } = await ask("DELETE", sha256)
      discard()
      if (!isOk(status)) throw refused("DELETE", status)
    },
  }
}

// Of no bytes.
const emptyHash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

const isOk = (status: number) => status >= 200 && status < 300
const refused = (method: string, status: number) => storageAway(new Error(`the bucket answered ${status} to ${method}`))

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
