// To which thread a mail belongs, by what it names. The order of the lines is the order of the rules; a subject never counts.
import type { ThreadReferences } from "#channels/index.ts"

/** What is known of an id: which thread has it, and whether a mail that bears it has come or was sent. */
export type KnownId = { threadId: string; isBorne: boolean }

export type KnownThreads = {
  ids: ReadonlyMap<string, KnownId>
  /** Of the threads that tokens name, those of this connection. */
  ofConnection: ReadonlySet<string>
  /** Of all these threads, those in which the writer takes part. */
  ofWriter: ReadonlySet<string>
  /** Threads of other connections that it names by what we signed: somebody has forwarded a mail of theirs. */
  elsewhere: readonly string[]
}

/** `threadId` is null where a thread begins. `suggested`: a thread that it names, and that the writer is not part of. */
export type ChosenThread = {
  threadId: string | null
  because: "token" | "own_id" | "known_id" | "shared_id" | "nothing_known" | "not_a_participant"
  suggested: string | null
}

/**
 * Who has a token or an id of ours got a mail of that thread, and may join it. Any other id is no secret, so that it leads those who take
 * part already; for others it is a hint.
 */
export function chooseThread({ tokens, ids }: ThreadReferences, known: KnownThreads): ChosenThread {
  const byToken = tokens.find((threadId) => known.ofConnection.has(threadId))
  if (byToken !== undefined) return { threadId: byToken, because: "token", suggested: null }
  const named = ids.flatMap(({ id, messageId }) => {
    const found = known.ids.get(id)
    return found ? [{ ...found, isOurs: messageId !== null }] : []
  })
  const ours = named.find(({ isOurs, isBorne }) => isOurs && isBorne)
  if (ours) return { threadId: ours.threadId, because: "own_id", suggested: null }
  const theirs = named.filter(({ threadId }) => known.ofWriter.has(threadId))
  const borne = theirs.find(({ isBorne }) => isBorne)
  if (borne) return { threadId: borne.threadId, because: "known_id", suggested: null }
  if (theirs[0]) return { threadId: theirs[0].threadId, because: "shared_id", suggested: null }
  const [foreign] = [...tokens, ...named.map(({ threadId }) => threadId), ...known.elsewhere]
  const because = foreign === undefined ? "nothing_known" : "not_a_participant"
  return { threadId: null, because, suggested: foreign ?? null }
}
