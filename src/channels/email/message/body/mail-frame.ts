// The page that a mail's HTML is shown in: a document of its own in a sandboxed frame. Its policy lets nothing run, be posted or be
// fetched but files of the mail and, on request, images of other servers.
import { escapeHtml } from "#kernel/http/html-template.ts"
import { foldAttribute } from "./quote-marks.ts"
import { sanitizeInThread } from "./stored-html-sanitizer.ts"

/** Images name their files by these keys in place of their index in the mail. */
export const withFileKeys = (html: string, keys: readonly string[]): string =>
  html.replaceAll(
    /<img data-file="(\d{1,4})"/g,
    (_whole, index: string) => `<img data-file="${keys[Number(index)] ?? ""}"`,
  )

type MailFrame = {
  /** As it is stored. */
  html: string
  /** What is shown where the HTML cannot be. */
  text: string
  /** The address of a file of the mail by its key; null when it is gone. */
  fileUrl: (key: string) => string | null
  showRemoteImages: boolean
}

/**
 * The document, and the Content-Security-Policy that it must be sent with. `allow-same-origin` lets the reader's session fetch the
 * mail's files, and the page around measure the height and unfold the quote; nothing may run.
 */
export async function mailFrame({
  html,
  text,
  fileUrl,
  showRemoteImages,
}: MailFrame): Promise<{ document: string; policy: string }> {
  const sanitized = (await sanitizeInThread(html)) ?? `<pre>${escapeHtml(text)}</pre>`
  const shown = sanitized.replaceAll(/<img data-(file|remote)="([^"]*)"/g, (whole, kind: string, value: string) => {
    if (kind === "remote") return showRemoteImages ? `<img src="${value}"` : whole
    const url = fileUrl(value)
    return url === null ? whole : `<img src="${escapeHtml(url)}"`
  })
  return {
    document: `<!doctype html><html><head><meta charset="utf-8"><meta name="referrer" content="no-referrer"><meta name="viewport" content="width=device-width"><style>${page}</style></head><body>${shown}</body></html>`,
    policy: [
      "sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox",
      "default-src 'none'",
      `img-src 'self' data:${showRemoteImages ? " https: http:" : ""}`,
      "style-src 'unsafe-inline'",
      "form-action 'none'",
      "base-uri 'none'",
      "frame-ancestors 'self'",
    ].join("; "),
  }
}

// Mails are written for white paper, whatever the desk around them looks like; what is too wide for a phone becomes narrower or scrolls.
const page = [
  ":root{color-scheme:light}html{background:#fff}",
  "body{margin:0;padding:8px;color:#1c1c1c;font:14px/1.5 system-ui,sans-serif;overflow-wrap:anywhere;overflow:auto hidden}",
  "img{max-width:100%;height:auto}table{max-width:100%}pre{white-space:pre-wrap}",
  // Words of a table stay whole, or each column would be as narrow as a character; addresses break anywhere.
  "td,th{overflow-wrap:break-word}a{overflow-wrap:anywhere}",
  // A newsletter of 600 pixels on a phone: its boxes are as wide as the screen, and shares of a width stay shares.
  "@media(max-width:600px){body *{min-width:0!important}body :not(img,td,th,col,hr){width:auto!important;max-width:100%!important}",
  'body table[width="100%"],body [style*="width:100%"]{width:100%!important}',
  // A table of figures that is still too wide scrolls in its place, and not the words around it.
  'table[border]:not([border="0"],:has(table)){display:block;overflow-x:auto;max-width:calc(100vw - 56px)!important}}',
  "blockquote{margin:0 0 0 8px;padding-left:8px;border-left:2px solid #ccc}",
  "img[data-remote]{display:inline-block;min-width:16px;min-height:16px;border:1px dashed #8a8a8a}",
  `html:not([data-unfolded]) [${foldAttribute}]{display:none!important}`,
].join("")
