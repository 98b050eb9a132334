// ICU messages as far as our texts use them: {name}, plural and select, # for the number, '{' for a brace. Lingui's own compiler
// reads all of ICU and is a tenth of what a first visit loads.

type Arms = Record<string, TextToken[]>
export type TextToken = string | [name: string] | [name: string, kind: string, arms: Arms]

/** The text as Lingui takes it compiled. */
export function compileText(text: string): TextToken[] {
  let at = 0
  /** What the pattern finds here, and goes on behind it. */
  const take = (pattern: RegExp) => {
    pattern.lastIndex = at
    const found = pattern.exec(text)
    if (found) at = pattern.lastIndex
    return found
  }
  const takeTokens = (): TextToken[] => {
    const tokens: TextToken[] = []
    for (;;) {
      const plain = take(/'([{}])'|#|(?:[^{}#']|'(?![{}]))+/y)
      const argument = plain ? undefined : takeArgument()
      if (!plain && !argument) return tokens
      tokens.push(argument ?? plain![1] ?? plain![0])
    }
  }
  const takeArgument = (): TextToken | undefined => {
    const name = take(/\{(\w+)/y)?.[1]
    if (name === undefined) return undefined
    const kind = take(/, (\w+), ?/y)?.[1]
    const arms: Arms = {}
    for (let key; (key = take(/ ?=?(\w+) \{/y)?.[1]); take(/\}/y)) arms[key] = takeTokens()
    take(/\}/y)
    return kind === undefined ? [name] : [name, kind, arms]
  }
  return takeTokens()
}
