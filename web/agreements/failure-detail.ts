// Which words belong to what the server found when a system did not answer. Pure: its finding in, the id of a text out.
import type { TextId } from "#texts/languages-and-text-ids.ts"

const texts: [found: RegExp, text: TextId][] = [
  [/no such name$/, "agreement.detail.noSuchName"],
  [/name not resolved$/, "agreement.detail.notResolved"],
  [/connection refused$/, "agreement.detail.connectionRefused"],
  [/certificate not trusted$/, "agreement.detail.certificate"],
  [/not reached$/, "agreement.detail.notReached"],
  [/no answer in time$|no answer$|broke off$|not answer lately$|take too long$/, "agreement.detail.noAnswer"],
  [/not JSON$|cannot be read$|no token in the answer$/, "agreement.detail.notTheApi"],
]

/** Null for what reads alike in every language, such as HTTP 503. */
export const failureDetailText = (detail: string): TextId | null =>
  texts.find(([found]) => found.test(detail))?.[1] ?? null
