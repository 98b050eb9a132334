// What is wrong with a mailbox and what somebody does about it, in words.
import { mailboxes } from "#texts/en/settings/mailboxes.ts"
import { formatText } from "#texts/format-text.ts"
import type { Language } from "#texts/languages-and-text-ids.ts"

export type TroubleInWords = { text: string; remedy: string }

/** A code without words of its own is said as it is, with what always helps: to test the mailbox. */
export function troubleInWords(language: Language, side: "imap" | "smtp", code: string): TroubleInWords {
  const say = (id: string) => (isKnown(id) ? formatText(language, id) : null)
  const text = say(`verification.${side}_${code}`) ?? code
  return { text, remedy: say(`mailbox.remedy.${side}_${code}`) ?? formatText(language, "mailbox.remedy.other") }
}

const isKnown = (id: string): id is keyof typeof mailboxes => Object.hasOwn(mailboxes, id)
