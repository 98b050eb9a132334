// Stored HTML is sanitised once more whenever it is shown: in a thread with limits, so that nobody else waits for it. Not in the one that
// reads mails: who opens a ticket does not wait behind a backlog.
import { openParserThread } from "#kernel/parsing/parser-thread.ts"

const limits = { longestCpuMs: 2_000, longestMs: 20_000, heapMb: 128, idleMs: 60_000 }
const module = new URL("./sanitize-stored-html-in-thread.ts", import.meta.url)
const thread = openParserThread<string, string>({ module, ...limits })

/** Null of HTML that takes more than it may. */
export async function sanitizeInThread(stored: string): Promise<string | null> {
  const outcome = await thread.parse(stored)
  return outcome.state === "parsed" ? outcome.output : null
}
