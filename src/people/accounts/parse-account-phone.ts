import type { Act } from "#kernel/act.ts"
import { invalidField } from "#kernel/errors.ts"
import { phoneRefusal, parsePhone } from "#privacy/index.ts"
import { readSetting } from "#settings/index.ts"

/** A user's phone as it is kept (E.164), read in the desk's country; refused when it cannot be read. */
export async function parseAccountPhone<Nothing extends null | undefined>(act: Act, text: string | Nothing) {
  if (typeof text !== "string" || text.trim() === "") return text === undefined ? undefined : null
  const home = await readSetting(act, "desk.country")
  const read = parsePhone(text, home)
  if (!read) throw invalidField("phone", phoneRefusal(home))
  return read.number
}
