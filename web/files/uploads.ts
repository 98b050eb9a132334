// Files chosen for a message: uploaded at once, sent with it.
import { useRef, useState } from "react"
import type { Attachment } from "#messages/contract.ts"
import { upload } from "../lib/api.ts"
import { uniqueKey } from "../lib/unique.ts"
import { carriedAs, mostBytes } from "./file.ts"

export interface Upload {
  key: string
  name: string
  size: number
  state: "coming" | "stored" | "too_large" | "failed"
  stored: Attachment | null
}

export type Uploads = ReturnType<typeof useUploads>

/** `most`: how many one message may carry. One more takes the place of the last. */
export function useUploads(most: number) {
  const [uploads, setUploads] = useState<Upload[]>([])
  const wanted = useRef(new Set<string>())
  const change = (key: string, to: Partial<Upload>) =>
    setUploads((all) => all.map((one) => (one.key === key ? { ...one, ...to } : one)))

  const send = async (key: string, file: File) => {
    try {
      const stored = await upload<Attachment>("/attachments", file)
      if (wanted.current.has(key)) change(key, { state: "stored", stored })
    } catch {
      change(key, { state: "failed" })
    }
  }

  const add = (files: Iterable<File>) => {
    const chosen = [...files].slice(0, most).map((file) => ({ key: uniqueKey(), file }))
    if (chosen.length === 0) return
    const shown = chosen.map(({ key, file: { name, size, type } }): Upload => {
      const isTooLarge = size > mostBytes[carriedAs(type)]
      return { key, name, size, state: isTooLarge ? "too_large" : "coming", stored: null }
    })
    setUploads((all) => [...all, ...shown].slice(-most))
    for (const { key, file } of chosen) {
      if (shown.find((one) => one.key === key)?.state !== "coming") continue
      wanted.current.add(key)
      void send(key, file)
    }
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
    clear: () => setUploads([]),
    stored: uploads.flatMap(({ stored }) => (stored ? [stored] : [])),
    isReady: uploads.every(({ state }) => state === "stored"),
  }
}
