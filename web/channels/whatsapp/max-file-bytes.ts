import { type FileKind, fileKindOf, maxFileBytes } from "../../files/file-kind-and-size.ts"

/** The most that WhatsApp takes of each look, within what Hilo takes at all. */
export const whatsappMaxBytesByKind: Record<FileKind, number> = {
  picture: 5_000_000,
  audio: 16_000_000,
  video: 16_000_000,
  document: maxFileBytes,
}

const shownByWhatsApp = /^(image\/(jpeg|png)|video\/(mp4|3gpp)|audio\/(aac|mp4|mpeg|amr|ogg))$/

/** How WhatsApp carries it: what it cannot show goes as a document. */
const carriedAs = (mimeType: string): FileKind => (shownByWhatsApp.test(mimeType) ? fileKindOf(mimeType) : "document")

/** The most bytes of this type that WhatsApp carries. */
export const whatsappMaxBytes = (mimeType: string) => whatsappMaxBytesByKind[carriedAs(mimeType)]
