// What was typed after a / where a word begins: saved replies and macros are found by it. Pure.
export interface SlashQuery {
  /** Where the / stands. */
  from: number
  text: string
}

/** A blank right after the / means none; more words may follow the first. */
export function slashAt(text: string, caret: number): SlashQuery | undefined {
  const typed = /(?:^|\s)\/(|[^\s/][^\n/]{0,39})$/.exec(text.slice(0, caret))?.[1]
  return typed === undefined ? undefined : { from: caret - typed.length - 1, text: typed }
}

/** The text without what was typed to find something; what was found goes where that stood. */
export const withoutSlash = (text: string, { from, text: typed }: SlashQuery) =>
  text.slice(0, from) + text.slice(from + 1 + typed.length)
