// What a desk mails about ways in: the links that were asked for are written and leave, into the hands of the test.
import { createLog } from "#kernel/log.ts"
import { sendDueMails } from "#kernel/mail/mail-queue.ts"
import type { OutgoingEmail } from "#kernel/mail/mail-transport.ts"
import { linkMailWriters, createRequestedLinks } from "#people/index.ts"
import type { Desk } from "./desks/test-desk.ts"

const log = createLog("silent")

/** All that is due now, as it leaves. */
export async function mailsOf(desk: Desk): Promise<OutgoingEmail[]> {
  const left: OutgoingEmail[] = []
  const post = { send: async (mail: OutgoingEmail) => void left.push(mail) }
  while (await createRequestedLinks(desk));
  while (await sendDueMails(desk, log, { post, writers: linkMailWriters(desk.publicUrl) }));
  return left
}
