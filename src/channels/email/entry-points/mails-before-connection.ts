// What was in a mailbox before it was connected: which of that is wanted, and what nobody is to be disturbed by. Pure.
import type { MailFacts } from "../open-mailbox.ts"

const dayMs = 86_400_000
/** How far back a folder is compared with what was taken. */
const comparedMs = 7 * dayMs
/** A server's clock may be behind ours: what comes right after the beginning is no mail of the past. */
const clockSkewMs = 300_000

type Beginning = {
  /** When the mailbox began to be followed. */
  begunAt: Date
  /** Mails up to this one were there then; 0 when the ids of that time mean nothing any more. */
  silentUid: number
}

/** Nobody is notified of it, and nothing answers it: it was there before, or was brought here since, as by a move to another provider. */
export const isSilent = (
  { begunAt, silentUid }: Beginning,
  { uid, receivedAt }: Pick<MailFacts, "uid" | "receivedAt">,
) => uid <= silentUid || (receivedAt !== null && receivedAt.getTime() < begunAt.getTime() - clockSkewMs)

/**
 * Since when mails of a folder are compared with those that were taken: in the beginning as far back as was asked for (`days`), later a week
 * at most. `isWanted`: of mails since then, those that are to be taken.
 */
export function comparedMails(
  { begunAt, silentUid }: Beginning,
  { days, isFirst, now }: { days: number; isFirst: boolean; now: Date },
) {
  const asked = begunAt.getTime() - days * dayMs
  const since = Math.max(asked, now.getTime() - comparedMs - (isFirst ? days * dayMs : 0))
  const isWanted = ({ uid, receivedAt }: MailFacts) => {
    const isOfNow = uid > silentUid
    return receivedAt === null ? isOfNow : receivedAt.getTime() >= since && (days > 0 || isOfNow)
  }
  // Servers compare days, each in a zone of its own.
  return { sinceDay: new Date(since - dayMs), isWanted }
}
