import type { Kysely } from "kysely"
import type { DB } from "#db/types.ts"
import { invalidField } from "#kernel/errors.ts"
import type { FilledTemplate, OpenTemplate } from "#channels/index.ts"
import type { TemplateUse } from "./api-contract.ts"
import { openTemplate, templatesOf } from "./template-store-and-sync.ts"

export type FilledTemplateParts = FilledTemplate & {
  text: string
  category: string
  headerMedia: OpenTemplate["headerMedia"]
}

/** The template with its values in place. Refuses by name, under `path`, what the channel would refuse later. */
export async function fillTemplate(
  from: Kysely<DB>,
  connectionId: string,
  use: TemplateUse,
  path = "template.",
): Promise<FilledTemplateParts> {
  return fillTemplateParts(await templateToSend(from, connectionId, use, path), use.parameters ?? [], path)
}

type TemplateToSend = { name: string; language: string; category: string; opened: OpenTemplate }

/** The template, if it may be sent now. */
export async function templateToSend(
  from: Kysely<DB>,
  connectionId: string,
  use: Pick<TemplateUse, "name" | "language">,
  path = "template.",
): Promise<TemplateToSend> {
  const row = await templatesOf(from, connectionId)
    .where("t.name", "=", use.name)
    .where("t.language", "=", use.language)
    .executeTakeFirst()
  if (!row) throw invalidField(`${path}name`, "is not a template of this connection in this language")
  if (row.status !== "APPROVED") throw invalidField(`${path}name`, `cannot be sent: it is ${row.status.toLowerCase()}`)
  const { name, language, category } = row
  const opened = openTemplate(row.kind, row.components)
  if (opened.unfillablePart !== null)
    throw invalidField(`${path}name`, `cannot be sent from here: nothing fills its ${opened.unfillablePart}`)
  return { name, language, category, opened }
}

/** Pure: the same template may be filled for many. */
export function fillTemplateParts(
  { opened, ...named }: TemplateToSend,
  values: string[],
  path = "template.",
): FilledTemplateParts {
  const wanted = opened.placeholders.length
  if (values.length !== wanted)
    throw invalidField(`${path}parameters`, `must be ${wanted} values, not ${values.length}`)
  const broken = values.findIndex((value) => /[\n\t]| {5}/.test(value))
  if (broken >= 0) throw invalidField(`${path}parameters.${broken}`, "must be one line without tabs or many spaces")
  return {
    ...named,
    components: opened.fill(values),
    text: opened.text(values),
    headerMedia: opened.headerMedia,
  }
}
