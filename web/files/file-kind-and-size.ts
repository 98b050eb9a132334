// What a file is to the screen. Pure.
import { numberFormat } from "../lib/formats/intl-formats.ts"

export type FileKind = "picture" | "audio" | "video" | "document"

const pictures = new Set(["image/png", "image/jpeg", "image/gif", "image/webp"])

/** Pictures that the server shows in place; everything else is a card to download. */
export function fileKindOf(mimeType: string): FileKind {
  const type = mimeType.split(";")[0]!.trim().toLowerCase()
  if (pictures.has(type)) return "picture"
  if (type.startsWith("audio/")) return "audio"
  return type.startsWith("video/") ? "video" : "document"
}

export const fileUrl = (id: string) => `/api/v1/attachments/${id}`

/** "980 bytes", "48 kB", "1.2 MB". */
export function fileSize(bytes: number, locale: string): string {
  const [value, unit] =
    bytes < 1000
      ? ([bytes, "byte"] as const)
      : bytes < 999_500
        ? ([bytes / 1000, "kilobyte"] as const)
        : ([bytes / 1e6, "megabyte"] as const)
  const maximumFractionDigits = unit === "megabyte" ? 1 : 0
  // In short, "byte" has no plural in any language.
  const unitDisplay = unit === "byte" ? "long" : "short"
  return numberFormat(locale, { style: "unit", unit, unitDisplay, maximumFractionDigits })
    .format(value)
    .replaceAll(" ", "\u00a0")
}

/** What Hilo takes at all (bytes). */
export const maxFileBytes = 25 * 1024 * 1024
