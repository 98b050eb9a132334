// The parser that stored-html-sanitizer.ts runs in a thread.
import { sanitizeStoredMailHtml } from "./sanitize-mail-html.ts"

export const parse = async (html: string): Promise<{ output: string; transfer: ArrayBuffer[] }> => ({
  output: sanitizeStoredMailHtml(html),
  transfer: [],
})
