// A mailbox: read by IMAP, written by SMTP.
import type { Channel } from "../channel.ts"
import { keepSentCopy, wantsSentCopies } from "./keep-sent-copy.ts"
import { largestMailBytes } from "./delivered-mail.ts"
import { oauthClientOf } from "./login/oauth-client.ts"
import { mailboxInvariants } from "./mailbox-invariants.ts"
import { receive } from "./mail-to-received-element.ts"
import { ownId } from "./compose-mail.ts"
import { salvageMail } from "./salvage/salvage-mail.ts"
import { summarizeMail } from "./salvage/summarize-mail.ts"
import { checkSmtpLogin, sendMail, sendNotice } from "./send-mail.ts"
import { verifyMailbox } from "./verification/verify-mailbox.ts"
import { mailboxOf, mailboxSecrets, mailboxSettings, ownAddresses, senderAddresses } from "./settings.ts"

export const email: Channel = {
  name: "E-mail",
  word: "email",
  settings: mailboxSettings,
  secrets: mailboxSecrets,
  secretsGoTo: { password: ["imap", "smtp"], smtpPassword: ["smtp"], clientSecret: ["oauth"] },
  oauth: { clientOf: oauthClientOf, boundTo: ["imap", "smtp", "oauth", "auth"] },
  uniqueSetting: { name: "address", index: "connections_mailbox" },
  ownAddresses: (settings) => ownAddresses(mailboxOf({ settings })),
  senderAddresses,
  reach: { anywhere: ["email"], here: [] },
  marks: "none",
  // Two weeks from the closing: who writes later writes of something new.
  reopenWindow: { minutes: 20_160, from: "closure" },
  replyLimits: null,
  repeatable: false,
  send: sendMail,
  sendNotice,
  mailIdOf: ownId,
  sentCopies: { areWanted: (settings) => wantsSentCopies(mailboxOf({ settings })), keep: keepSentCopy },
  // They are kept since the mail was read.
  files: {
    maxBytes: largestMailBytes,
    fetch: async (_account, sha256, storage) => ({ state: "ok", bytes: storage.read(sha256) }),
  },
  verify: verifyMailbox,
  provedSettings: ["address", "imap", "smtp"],
  check: checkSmtpLogin,
  checks: mailboxInvariants,
  receive: { ...receive, summarize: summarizeMail, salvage: salvageMail },
}
