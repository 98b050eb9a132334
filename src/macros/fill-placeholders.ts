// Fixed placeholders, filled in once: what a value brings along is text, never Markdown and never another placeholder.
import { literal } from "#markdown/index.ts"
import { type Variable, variables } from "./api-contract.ts"

export type Values = Record<Variable, string | null>

const placeholder = /\{\{([^{}]*)\}\}/g

const isVariable = (name: string): name is Variable => (variables as readonly string[]).includes(name)

/** The names in `{{…}}` that are no variables. */
export function unknownVariables(text: string): string[] {
  const names = [...text.matchAll(placeholder)].map(([, name]) => name!.trim())
  return [...new Set(names.filter((name) => !isVariable(name)))]
}

/** What has no value stays as it is written, and is named. */
export function fillPlaceholders(text: string, values: Values): { content: string; unresolved: string[] } {
  const unresolved = new Set<string>()
  const content = text.replaceAll(placeholder, (written, inside: string) => {
    const name = inside.trim()
    const value = isVariable(name) ? values[name]?.trim() : undefined
    if (value) return asMarkdown(value)
    unresolved.add(name)
    return written
  })
  return { content, unresolved: [...unresolved] }
}

/** One line of text that Markdown shows as it is: behind each sign stands what says that it is none of its marks. */
export function asMarkdown(text: string): string {
  return text
    .replaceAll(/[\s\p{Cc}]+/gu, " ")
    .replaceAll(/([*~])(?=\1)|[_`[\]{}@]|:(?=\/\/)|\bwww\b/gi, `$&${literal}`)
    .replace(/^(?:[->]|#{1,3}|\d+\.)(?= )/, `$&${literal}`)
}

export const firstWord = (name: string) => name.trim().split(/\s+/)[0] ?? ""
