import { invalidField } from "#kernel/errors.ts"

const mostTags = 50

/** Each tag once, as it was first written, without the white space around it. Refuses more than a ticket may have. */
export function distinctTags(tags: string[], path = "tags"): string[] {
  const distinct = [...new Set(tags.map((tag) => tag.trim()))]
  if (distinct.length > mostTags) throw invalidField(path, `a ticket has at most ${mostTags} tags`)
  return distinct
}

type Change = { add?: string[]; remove?: string[] }

/** What some tags taken away and some put in leave a ticket with. */
export function tagsAfter(now: string[], { add = [], remove = [] }: Change, path?: string): string[] {
  const gone = new Set(remove.map((tag) => tag.trim()))
  return distinctTags([...now.filter((tag) => !gone.has(tag)), ...add], path)
}
