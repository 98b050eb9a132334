// A form as a browser sends it by itself, with files among its fields.
import type { FastifyRequest } from "fastify"
import { inTransaction, system } from "#kernel/act.ts"
import { invalidField } from "#kernel/errors.ts"
import type { Kit } from "#kernel/kit.ts"
import { readSetting } from "#settings/index.ts"
import { contentsInUse, deleteUploads, insertUpload, type Uploader } from "./attachment-store.ts"
import { maxFileBytes, storeUpload } from "./receive-upload.ts"

export const maxFormFiles = 10

/** For the parser of forms. What is larger is refused by its size, not by the parser: it may be a little more than that. */
export const formLimits = { files: maxFormFiles + 1, fields: 20, fileSize: maxFileBytes + 1024 * 1024 }
export const maxFormBytes = maxFormFiles * maxFileBytes + 1024 * 1024

type FormSender<T> = { by: Uploader; fields: Record<string, string>; send: (fileIds: string[]) => Promise<T> }
type FormUpload = { id: string; sha256: string; putBefore: Date }

/**
 * Keeps the files of the form as uploads of `by`, and has them sent. What `send` leaves unsent is deleted, and so is what came of a form
 * that was refused: nobody can send it any more, and it would count against their quota. The fields are put into `fields` as they come:
 * they are there when a file is refused, as `storeUpload` refuses it.
 */
export async function receiveFormWithFiles<T>(kit: Kit, request: FastifyRequest, form: FormSender<T>): Promise<T> {
  const uploads: FormUpload[] = []
  try {
    await receiveFiles(kit, request, form, uploads)
    return await form.send(uploads.map(({ id }) => id))
  } finally {
    if (uploads.length > 0) await dropUnsent(kit, form.by, uploads)
  }
}

/** Into `uploads` one by one: those in front of a refused one are there. */
async function receiveFiles(
  kit: Kit,
  request: FastifyRequest,
  { by, fields }: Pick<FormSender<unknown>, "by" | "fields">,
  uploads: FormUpload[],
): Promise<void> {
  const refused = await readSetting(kit.db, "attachments.refused")
  for await (const part of request.parts()) {
    if (part.type === "field") fields[part.fieldname] = String(part.value).replaceAll("\r\n", "\n")
    // Where none was chosen a browser sends one without a name.
    else if (!part.filename) part.file.resume()
    else if (uploads.length === maxFormFiles) throw invalidField("file", `must be ${maxFormFiles} at most`)
    else {
      const { sha256, size, ...named } = await storeUpload(kit.storage, part, refused)
      // At once, so that it is purged when it is never sent, also where the server ends before the form does.
      const insert = inTransaction(kit.db, { actor: system, now: kit.now() }, (act) =>
        insertUpload(act, { ...named, ...by }, { sha256, size }),
      )
      uploads.push({ id: await insert, sha256, putBefore: kit.now() })
    }
  }
}

// Contents are looked for once the rows are gone: of two forms that drop the same one at once, one sees that nothing has it any more.
async function dropUnsent(kit: Kit, by: Uploader, uploads: readonly FormUpload[]): Promise<void> {
  const ids = uploads.map(({ id }) => id)
  const act = { actor: system, now: kit.now() }
  const contents = new Set(await inTransaction(kit.db, act, (one) => deleteUploads(one, by, ids)))
  if (contents.size === 0) return
  const used = await contentsInUse(kit.db.kysely, [...contents])
  // What was put again since then is about to be named by another upload, and stays.
  for (const { sha256, putBefore } of uploads)
    if (contents.has(sha256) && !used.has(sha256)) await kit.storage.purge(sha256, putBefore)
}
