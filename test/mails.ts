// What a desk mails about ways in: the links that were asked for are written and leave, into the hands of the test.
import { createLog } from "#kernel/log.ts"
import { sendDue } from "#kernel/mail.ts"
import type { Letter } from "#kernel/post-office.ts"
import { linkWriters, mailLinks } from "#people/index.ts"
import type { Desk } from "./desk.ts"

const log = createLog("silent")

/** All that is due now, as it leaves. */
export async function mailsOf(desk: Desk): Promise<Letter[]> {
  const left: Letter[] = []
  const post = { send: async (letter: Letter) => void left.push(letter) }
  while (await mailLinks(desk));
  while (await sendDue(desk, log, { post, writers: linkWriters(desk.publicUrl) }));
  return left
}
