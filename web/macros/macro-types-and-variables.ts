import type { Action, Macro as Told, SavedReply as Kept } from "#macros/api-contract.ts"
import type { Json } from "../lib/json-type.ts"

export type MacroAction = Action
export const usableWhenOptions = ["reply", "note", "new"] as const satisfies Told["usableWhen"]
export type UsableWhen = (typeof usableWhenOptions)[number]
export type Macro = Json<Told>
export type SavedReply = Json<Kept>
export type MacroChoice = { type: "reply"; item: SavedReply } | { type: "macro"; item: Macro }

export const variableNames = [
  "contact.name",
  "contact.firstName",
  "ticket.number",
  "ticket.subject",
  "team.name",
  "agent.name",
  "agent.firstName",
] as const

const left = /\{\{\s*([a-z]+\.[A-Za-z]+)\s*\}\}/g

/** The variables that still stand in a text; it must not be sent so. */
export function unresolvedVariables(text: string): string[] {
  const names = [...text.matchAll(left)].map(([, name]) => name!)
  return [...new Set(names.filter((name) => (variableNames as readonly string[]).includes(name)))]
}

/** Where the first of them stands, to be filled in next. */
export function firstVariable(text: string): { from: number; to: number } | undefined {
  for (const { 0: written, 1: name, index } of text.matchAll(left))
    if ((variableNames as readonly string[]).includes(name!)) return { from: index, to: index + written.length }
  return undefined
}
