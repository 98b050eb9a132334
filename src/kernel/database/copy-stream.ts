// COPY over an ordinary connection, out of the database and into it: the driver speaks the protocol but offers no call for it.
import { once } from "node:events"
import { Readable } from "node:stream"
import type { Client, Connection, Submittable } from "pg"

/** What the driver's connection can do and its types do not say. */
type CopyConnection = Connection & {
  sendCopyFromChunk: (chunk: Buffer) => void
  endCopyFrom: () => void
  sendCopyFail: (reason: string) => void
}

const bufferBytes = 128 * 1024

/** What `copy … to stdout` brings, many rows in one buffer. The server waits while nobody reads. */
export function copyToStdout(client: Client, text: string): Readable {
  let connection: CopyConnection | undefined
  const out = new Readable({ highWaterMark: 4 * bufferBytes, read: () => void connection?.stream.resume() })
  const rows = rowBuffer((buffer) => {
    if (!out.push(buffer)) connection?.stream.pause()
  })
  const query = {
    submit: (given: CopyConnection) => {
      connection = given
      given.query(text)
    },
    handleCopyData: ({ chunk }: { chunk: Buffer }) => rows.add(chunk),
    handleCommandComplete: () => {},
    handleReadyForQuery: () => {
      rows.flush()
      out.push(null)
      connection?.stream.resume()
    },
    handleError: (error: Error) => void out.destroy(error),
  }
  client.query(query as unknown as Submittable)
  return out
}

// The driver uses the memory of a row again as soon as it was handled.
function rowBuffer(push: (full: Buffer) => void) {
  let buffer = Buffer.allocUnsafe(bufferBytes)
  let length = 0
  const flush = () => {
    if (length === 0) return
    push(buffer.subarray(0, length))
    buffer = Buffer.allocUnsafe(bufferBytes)
    length = 0
  }
  const add = (row: Buffer) => {
    if (length + row.length > bufferBytes) flush()
    if (row.length > bufferBytes) push(Buffer.from(row))
    else length += row.copy(buffer, length)
  }
  return { add, flush }
}

type Chunks = Iterable<Buffer> | AsyncIterable<Buffer>

/** Sends what comes to `copy … from stdin`: all of it was taken when this ends. Throws what the server or the source throws. */
export function copyFromStdin(client: Client, text: string, chunks: Chunks): Promise<void> {
  let isOver = false
  let sourceFailure: Error | undefined
  return new Promise((done, fail) => {
    const query = {
      submit: (connection: CopyConnection) => connection.query(text),
      handleCopyInResponse: (connection: CopyConnection) => {
        send(connection, chunks, () => isOver).catch((error: unknown) => {
          sourceFailure = error as Error
          connection.sendCopyFail("what is copied ended too early")
        })
      },
      handleCommandComplete: () => {},
      handleReadyForQuery: () => done(),
      handleError: (error: Error) => {
        isOver = true
        fail(sourceFailure ?? error)
      },
    }
    client.query(query as unknown as Submittable)
  })
}

async function send(connection: CopyConnection, chunks: Chunks, isOver: () => boolean) {
  for await (const chunk of chunks) {
    if (isOver()) return
    connection.sendCopyFromChunk(chunk)
    if (connection.stream.writableNeedDrain) await once(connection.stream, "drain")
  }
  if (!isOver()) connection.endCopyFrom()
}
