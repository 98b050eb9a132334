// Files chosen for a message: uploaded at once, large pictures made smaller first, and sent with it.
import { useRef, useState } from "react"
import type { Attachment } from "#files/api-contract.ts"
import { useTexts } from "../lib/language.tsx"
import { randomKey } from "../lib/random-key.ts"
import { uploadFile } from "../lib/upload-file.ts"
import { toast } from "../ui/toast.tsx"
import { maxFileBytes } from "./file-kind-and-size.ts"
import { isLargePicture } from "./picture-size.ts"

export interface Upload {
  key: string
  file: File
  state: "coming" | "stored" | "too_large" | "empty" | "failed"
  /** How much has left, from 0 to 1. */
  part: number
  /** Why it failed. */
  problem: unknown
  stored: Attachment | null
}

export type Uploads = ReturnType<typeof useUploads>

/** `most`: how many one message may carry; of one alone a new choice takes the place. `maxReplyLength`: the most bytes of a type. */
export function useUploads(most: number, longestOf: (mimeType: string) => number = () => maxFileBytes) {
  const { t } = useTexts()
  const [uploads, setUploads] = useState<Upload[]>([])
  const wanted = useRef(new Set<string>())
  const change = (key: string, to: Partial<Upload>) =>
    setUploads((all) => all.map((one) => (one.key === key ? { ...one, ...to } : one)))

  const send = async ({ key, file }: Upload) => {
    change(key, { state: "coming", part: 0 })
    try {
      const stored = await uploadFile<Attachment>("/api/v1/attachments", file, {
        key,
        onProgress: (part) => change(key, { part }),
      })
      if (wanted.current.has(key)) change(key, { state: "stored", stored })
    } catch (problem) {
      change(key, { state: "failed", problem })
    }
  }

  const add = (files: Iterable<File>) => {
    const chosen = [...files]
    const room = most === 1 ? 1 : most - uploads.length
    if (chosen.length > room) toast(t("file.tooMany", { most }))
    const prepare = async (one: Upload) => {
      const file = await shrunk(one.file)
      if (!wanted.current.has(one.key)) return
      change(one.key, { file })
      if (file.size > longestOf(file.type)) change(one.key, { state: "too_large" })
      else await send({ ...one, file })
    }
    const shown = chosen.slice(0, Math.max(0, room)).map((file): Upload => {
      const state = file.size === 0 ? "empty" : "coming"
      return { key: randomKey(), file, state, part: 0, problem: null, stored: null }
    })
    setUploads((all) => [...all, ...shown].slice(-most))
    for (const one of shown) wanted.current.add(one.key)
    for (const one of shown) if (one.state === "coming") void prepare(one)
  }

  const remove = (key: string) => {
    wanted.current.delete(key)
    setUploads((all) => all.filter((one) => one.key !== key))
  }

  return {
    most,
    uploads,
    add,
    remove,
    /** The same file under the same key: it is stored once. */
    again: (one: Upload) => void send(one),
    clear: () => setUploads([]),
    stored: uploads.flatMap(({ stored }) => (stored ? [stored] : [])),
    isReady: uploads.every(({ state }) => state === "stored"),
  }
}

/** One that cannot be drawn goes as it is. */
const shrunk = (file: File): Promise<File> =>
  isLargePicture(file)
    ? import("./shrink-picture.ts").then(({ shrinkPicture }) => shrinkPicture(file)).catch(() => file)
    : Promise.resolve(file)
