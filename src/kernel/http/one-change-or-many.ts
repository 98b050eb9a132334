// A bulk body holds one change of everything it names, or several, each of its own: so one request takes back what made many things
// alike that had been different.
import type { z } from "zod"

/** `path`: where its change stands in the body. */
export type BulkGroup<Change> = { refs: string[]; change: Change; path: string }

type Forms<Change> = { change?: Change | undefined; changes?: Omit<BulkGroup<Change>, "path">[] | undefined }

/** Refuses, by the field's name, a body of neither form or of both, and more than `most` in all. */
export const oneChangeOrMany =
  <Name extends string>(name: Name, most: number) =>
  (body: Forms<unknown> & { [refs in Name]?: string[] | undefined }, context: z.RefinementCtx) => {
    const wrong = (path: string, message: string) => context.addIssue({ code: "custom", path: [path], message })
    const { change, changes } = body
    const refs: string[] | undefined = body[name]
    if (changes && (refs || change)) wrong("changes", `stands in place of ${name} and change`)
    if (!changes && !refs) wrong(name, "must be given")
    if (!changes && !change) wrong("change", "must be given")
    const total = (changes ?? []).reduce((sum, group) => sum + group.refs.length, 0)
    if (total > most) wrong("changes", `must name at most ${most} in all`)
  }

/** What a body that was let through asks for. */
export const groupsOf = <Change>(refs: string[] | undefined, { change, changes }: Forms<Change>): BulkGroup<Change>[] =>
  changes?.map((group, nth) => ({ ...group, path: `changes.${nth}.change` })) ?? [
    { refs: refs!, change: change!, path: "change" },
  ]
