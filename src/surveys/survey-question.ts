import type { Act } from "#kernel/act.ts"
import type { Database } from "#kernel/db.ts"
import { readSetting } from "#settings/index.ts"
import type { Language } from "#texts/languages-and-text-ids.ts"
import { formatText } from "#texts/format-text.ts"

/** The desk's own words, else ours. */
export async function surveyQuestion(from: Database | Act, language: Language): Promise<string> {
  const own = (await readSetting(from, "survey.question"))[language].trim()
  return own || formatText(language, "surveyPage.question")
}
