// A mail as Hilo reads it: what its headers and its body say, without any judgement that needs the database. Every text is free of
// NUL and of lone surrogates, every list has a bound.

/** `address` in lower case, as `local@domain`; `name` may be empty. */
export type MailAddress = { name: string; address: string }

export type ReadMail = {
  /** The first Message-ID, without brackets; null when there is none. */
  messageId: string | null
  /** Other Message-IDs of a mail that has several, without brackets. At most 10. */
  furtherMessageIds: string[]
  /** Without brackets, in the header's order. At most 50 each; of more references the first and the last 49. */
  inReplyTo: string[]
  references: string[]
  /** Null when no address can be read from the header. */
  from: MailAddress | null
  sender: MailAddress | null
  /** At most 20. */
  replyTo: MailAddress[]
  /** Each address once over both lists, To before Cc. At most 200 each. */
  to: MailAddress[]
  cc: MailAddress[]
  /** Addresses by which the mail reached the mailbox: where tokens may stand that no client shows. At most 20 each. */
  deliveredTo: string[]
  xOriginalTo: string[]
  /** Of whom the mail of a list is whose own address stands in From; null where that is not so. */
  xOriginalSender: string | null
  /** Null without the header; empty for the null path of machines (`<>`). */
  returnPath: string | null
  /** What mails of ours are known by beside their id; anybody can write it, so that it counts once its signature was checked. */
  ownMailMark: string | null
  /** In one line, at most 998 characters; empty when there is none. */
  subject: string
  /** The writer's own clock: shown, and never a time that a rule goes by. */
  date: Date | null
  /** What the mailbox's own server found; null when it says nothing or its name is not known (RFC 8601 §5). */
  authentication: MailAuthentication | null
  /** How the topmost Authentication-Results is signed: what a mailbox learns from its own test mail. Empty where a server gives no name. */
  authservId: string | null
  automatic: AutomaticMail
  /** Of a delivery report, even one that only says `delayed`. */
  bounce: Bounce | null
  /** The whole text in `\n` lines: what the customer wrote, then signature and quote. At most `longestText` characters. */
  text: string
  /** What is new: `text` up to `foldedFrom`, without blank lines at its ends. */
  visibleText: string
  /** Where in `text` the first folded character is, signature or quote; the length of `text` when nothing is folded. */
  foldedFrom: number
  /** Where in `text` the quote begins; null when none is folded. */
  quoteFrom: number | null
  /** The writer's signature, without its separator; empty when none is folded. */
  signature: string
  /** Sanitised; null of a mail without HTML. Its images name their files by index, see `withFileKeys`. */
  html: string | null
  /** Does the HTML name images on other servers, which are shown on request only? */
  hasRemoteImages: boolean
  /** Is a part of the HTML folded? */
  hasFoldedHtml: boolean
  /** Attachments and inline files in the mail's order. At most 200; the rest stays in the raw mail. */
  files: MailFile[]
  /** The person inside a forwarded mail: offered as requester, never made one by itself. */
  forwardedFrom: MailAddress | null
  problems: MailProblem[]
}

export type MailFile = {
  /** As it was sent; null when nameless. Not safe to show or to store: see `fileNameOf`. */
  name: string | null
  /** In lower case; `application/octet-stream` when unknown. */
  mimeType: string
  /** Without brackets. */
  contentId: string | null
  /** The HTML shows it in its place; other files are listed under the message. */
  isShownInline: boolean
  /** A signature or an encrypted part, which nobody has checked. */
  isUncheckedSeal: boolean
  content: Uint8Array<ArrayBuffer>
}

export type MailAuthentication = {
  spf: AuthenticationResult
  dkim: AuthenticationResult
  dmarc: AuthenticationResult
}
export type AuthenticationResult = "pass" | "fail" | "softfail" | "neutral" | "none" | "temperror" | "permerror"

/**
 * RFC 3834 and its customs. Everything but `none` gets no automatic text. `auto`: another machine's mail. `because` names the sign that
 * decided, such as `auto-submitted`.
 */
export type AutomaticMail =
  | { kind: "none"; because: null }
  | { kind: "auto" | "out_of_office" | "read_receipt" | "list" | "bounce"; because: string }

export type BounceAction = "failed" | "delayed" | "delivered" | "relayed" | "expanded"

export type Bounce = {
  /** `failed` when one recipient failed; else `delayed` when one waits. */
  action: BounceAction
  /** At most 50. */
  recipients: BouncedRecipient[]
  /** Message-ID of the mail that came back, without brackets; null when the report does not hold it. */
  originalMessageId: string | null
  /** It has a report part (RFC 3464); else it is known by words alone, and may be something else. */
  isReported: boolean
}
/**
 * `originalAddress`: whom the sender wrote to, where another server led the mail on. `status`: an enhanced status code (RFC 3463) such
 * as `5.1.1`. `diagnostic`: the other server's words, at most 500 characters.
 */
export type BouncedRecipient = {
  address: string | null
  originalAddress: string | null
  action: BounceAction
  status: string | null
  diagnostic: string
}

/** What was found wrong and got around; the raw mail has it all. */
export type MailProblem =
  | "attachment_unreadable"
  | "from_unreadable"
  | "html_too_long"
  | "headers_too_long"
  | "not_a_mail"
  | "structure_unreadable"
  | "text_too_long"
  | "too_many_files"
  | "winmail_unreadable"

/** What the reader must know of the mailbox. */
export type MailReadingOptions = {
  /** The name by which the mailbox's own server signs its Authentication-Results; null while it is not known. */
  authservId: string | null
}

/** Characters of `ReadMail.text`; the rest is in the raw mail only. */
export const longestText = 1_000_000
