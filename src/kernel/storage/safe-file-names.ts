// What a file from outside is called, and whether a computer that opens it would run it. Pure.

const longest = 240
const longestEnding = 20

// Line ends, controls, what is not seen and what turns the direction of writing: "gpj.exe" would be read "exe.jpg".
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\uFE00-\uFE0F\u034F\u115F\u1160\u3164\uFFA0]/gu

const endings: Record<string, string> = {
  "application/gzip": "gz",
  "application/json": "json",
  "application/msword": "doc",
  "application/pdf": "pdf",
  "application/rtf": "rtf",
  "application/vnd.ms-excel": "xls",
  "application/vnd.ms-powerpoint": "ppt",
  "application/vnd.oasis.opendocument.spreadsheet": "ods",
  "application/vnd.oasis.opendocument.text": "odt",
  "application/vnd.openxmlformats-officedocument.presentationml.presentation": "pptx",
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
  "application/x-zip-compressed": "zip",
  "audio/mp4": "m4a",
  "audio/mpeg": "mp3",
  "image/jpeg": "jpg",
  "image/svg+xml": "svg",
  "message/rfc822": "eml",
  "text/calendar": "ics",
  "text/plain": "txt",
  "text/vcard": "vcf",
  "text/x-vcard": "vcf",
  "video/3gpp": "3gp",
  "video/quicktime": "mov",
  "video/x-msvideo": "avi",
}

/** The ending that files of a type have, without its dot; "bin" when nobody knows. */
export const endingOfType = (mimeType: string): string =>
  endings[mimeType] ?? (/\/(?:x-)?([a-z0-9]{2,5})$/.exec(mimeType)?.[1] || "bin")

/**
 * The last part of a path, in one line and without what is not seen, dots and blanks at its end. A long one is cut before its
 * ending. Without a name it is `unnamed` with the ending of its type.
 */
export function fileNameOf(given: string | undefined, mimeType: string, unnamed = "file"): string {
  const last = (given ?? "").toWellFormed().split(/[/\\]/).at(-1) ?? ""
  const name = withoutTail(last.replaceAll(unseen, "").normalize("NFC").trim())
  if (!/[^.\s]/.test(name)) return `${unnamed}.${endingOfType(mimeType)}`
  if (name.length <= longest) return name
  const dot = name.lastIndexOf(".")
  const ending = dot > 0 && name.length - dot <= longestEnding ? name.slice(dot) : ""
  return withoutTail(name.slice(0, longest - ending.length).toWellFormed()) + ending
}

/** Has the name one of these endings, for whatever may open it? Windows opens `a.exe. .` and `a.exe::$DATA` as `a.exe`. */
export function endingAmong(name: string, refused: readonly string[]): string | null {
  const folded = name
    .replaceAll(unseen, "")
    .normalize("NFKC")
    .replaceAll(/[。｡․]/g, ".")
    .toLowerCase()
  const found = [folded, folded.split(":")[0]!].map((one) => withoutTail(one).split(".").slice(1).at(-1)?.trim() ?? "")
  return found.find((ending) => refused.includes(ending)) ?? null
}

function withoutTail(name: string): string {
  let end = name.length
  while (end > 0 && /[.\s]/.test(name[end - 1]!)) end--
  return name.slice(0, end)
}
