// A form as a browser sends it by itself, with files among its fields.
import type { FastifyRequest } from "fastify"
import { inTransaction, system } from "#kernel/act.ts"
import { invalidField } from "#kernel/errors.ts"
import type { Kit } from "#kernel/kit.ts"
import { readSetting } from "#settings/index.ts"
import { insertUpload, type Uploader } from "./attachment-store.ts"
import { maxFileBytes, storeUpload } from "./receive-upload.ts"

export const maxFormFiles = 10

/** For the parser of forms. What is larger is refused by its size, not by the parser: it may be a little more than that. */
export const formLimits = { files: maxFormFiles + 1, fields: 20, fileSize: maxFileBytes + 1024 * 1024 }
export const maxFormBytes = maxFormFiles * maxFileBytes + 1024 * 1024

/**
 * Keeps the files of the form as uploads of `by` that are not sent yet, and returns their ids. Its fields are put into `fields` as they
 * come: they are there when a file is refused, as `storeUpload` refuses it.
 */
export async function receiveFormWithFiles(
  kit: Kit,
  request: FastifyRequest,
  by: Uploader,
  fields: Record<string, string>,
): Promise<string[]> {
  const refused = await readSetting(kit.db, "attachments.refused")
  const ids: string[] = []
  for await (const part of request.parts()) {
    if (part.type === "field") fields[part.fieldname] = String(part.value).replaceAll("\r\n", "\n")
    // Where none was chosen a browser sends one without a name.
    else if (!part.filename) part.file.resume()
    else if (ids.length === maxFormFiles) throw invalidField("file", `must be ${maxFormFiles} at most`)
    else {
      const { sha256, size, ...named } = await storeUpload(kit.storage, part, refused)
      // At once, so that it is purged when it is never sent.
      const insert = inTransaction(kit.db, { actor: system, now: kit.now() }, (act) =>
        insertUpload(act, { ...named, ...by }, { sha256, size }),
      )
      ids.push(await insert)
    }
  }
  return ids
}
