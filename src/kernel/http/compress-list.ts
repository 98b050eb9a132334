// Long lists go over the wire compressed. Only where the route says so: how well an answer compresses reveals a secret in it to
// somebody who may write something beside it, so it is for lists that hold no token and no key.
import { promisify } from "node:util"
import { gzip } from "node:zlib"
import type { FastifyReply, FastifyRequest } from "fastify"

const compress = promisify(gzip)
/** Below this a packet or two carry it as it is. */
const minimumBytes = 2_048

/** The `onSend` of a GET of a list. The work is done by a thread of its own, at a level that costs little. */
export async function compressList({ headers }: FastifyRequest, reply: FastifyReply, body: unknown): Promise<unknown> {
  reply.header("vary", "accept-encoding")
  if (typeof body !== "string" || body.length < minimumBytes || !acceptsGzip(headers["accept-encoding"])) return body
  reply.header("content-encoding", "gzip")
  return compress(body, { level: 5 })
}

/** Of a list such as `br;q=1.0, gzip;q=0.8`: named, and not with a weight of nothing. */
const acceptsGzip = (codings: string | string[] = "") =>
  String(codings)
    .toLowerCase()
    .split(",")
    .some((coding) => /^gzip(;q=(?!0(\.0*)?$).*)?$/.test(coding.replaceAll(/\s/g, "")))
