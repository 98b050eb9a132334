// The questions about mails, and their answers on the page.
import type { BenchPostgres } from "../postgres-for-bench.ts"
import { benchMailReading, type MailReading } from "./read-mails.ts"
import { benchReceivedMails, type MailScale, type ReceivedMails } from "./receive-mails.ts"
import { benchMailRecognition, type MailRecognition } from "./recognize-mails.ts"

export type MailResult = { reading: MailReading; received: ReceivedMails; recognition: MailRecognition | null }

export async function benchMail(ground: BenchPostgres, scale: MailScale): Promise<MailResult> {
  return {
    reading: await benchMailReading(),
    recognition: await benchMailRecognition(),
    received: await benchReceivedMails(ground, scale),
  }
}

const missed = (isMet: boolean) => (isMet ? "" : " – missed")
const number = (n: number) => n.toLocaleString("en")

export function mailPart({ reading, received, recognition }: MailResult): string[] {
  const { largest, screen, processor } = received
  return [
    "## Mails",
    `**Waiting mails**: ${number(received.mails)} in a mailbox, one in four of a conversation that is new, are received at ${received.perSecond.toFixed(0)} a second${missed(received.perSecond >= 100)} (goal 100; processor time each: Hilo ${processor.hilo.toFixed(1)} ms, PostgreSQL ${processor.postgres.toFixed(1)} ms), by a server that holds at most ${received.megabytes.toFixed(0)} MB${missed(received.megabytes <= 300)} (goal 300). One of ${largest.megabytes.toFixed(0)} MB is received after ${largest.seconds.toFixed(1)} s and takes ${largest.extraMegabytes.toFixed(0)} MB besides${missed(largest.extraMegabytes <= 150)} (goal 150).`,
    `**From arrival to screen** with IDLE, five a second: p50 ${screen.p50.toFixed(0)} ms, p99 ${screen.p99.toFixed(0)} ms${missed(screen.p99 <= 2_000)}, ${screen.count} heard, ${screen.errors} missing. Goal: p99 ≤ 2 s.`,
    `**Reading**: ${number(reading.mails)} mails, one after another in the reader's thread: p50 ${reading.p50.toFixed(1)} ms, p99 ${reading.p99.toFixed(1)} ms${missed(reading.p99 <= 50)} (goal 50 ms), ${reading.unreadable} unreadable.`,
    ...(recognition ? [recognitionLine(recognition)] : []),
  ]
}

function recognitionLine({ bounces, traced, quotes }: MailRecognition): string {
  const [known, led] = [bounces.known / bounces.of, traced.traced / traced.of]
  const folded = quotes.folded / quotes.of
  const percent = (share: number) => `${(share * 100).toFixed(1)} %`
  return `**Understanding**: of ${bounces.of} bounces ${percent(known)} are known as such${missed(known >= 0.96)} (goal 96 %), and of ${traced.of} that hold the id of the mail that came back ${percent(led)} lead to it${missed(led >= 0.85)} (goal 85 %). Of what ${quotes.mails} answers quote ${percent(folded)} is folded${missed(folded >= 0.95)} (goal 95 %), and ${number(quotes.lost)} characters of what is new${missed(quotes.lost === 0)} (goal none).`
}
