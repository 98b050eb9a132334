// A mail as a customer's program writes it.
export type MailPerson = { name: string; address: string }

export type SceneMail = {
  from: MailPerson
  cc?: readonly MailPerson[]
  subject: string
  text: string
  html?: string
  headers?: Readonly<Record<string, string>>
}

type MailHead = { id: string; at: Date; to: string; answers: readonly string[] }

/** `answers`: the Message-IDs before it, the one that it answers last. */
export function composeSceneMail(
  { from, cc = [], subject, text, html, headers = {} }: SceneMail,
  named: MailHead,
): string {
  const { id, at, to, answers } = named
  const fields = [
    `From: ${written(from)}`,
    `To: ${to}`,
    ...(cc.length > 0 ? [`Cc: ${cc.map(written).join(", ")}`] : []),
    `Subject: ${encoded(subject)}`,
    `Date: ${at.toUTCString()}`,
    `Message-ID: <${id}>`,
    ...(answers.length > 0
      ? [`In-Reply-To: <${answers.at(-1)!}>`, `References: ${answers.map((one) => `<${one}>`).join("\n ")}`]
      : []),
    "MIME-Version: 1.0",
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
  ]
  return [...fields, ...(html === undefined ? plain(text) : alternative(text, html)), ""].join("\n")
}

const plain = (text: string) => ["Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: 8bit", "", text]

const boundary = "----=_andina"

const alternative = (text: string, html: string) => [
  `Content-Type: multipart/alternative; boundary="${boundary}"`,
  "",
  `--${boundary}`,
  ...plain(text),
  `--${boundary}`,
  "Content-Type: text/html; charset=utf-8",
  "Content-Transfer-Encoding: 8bit",
  "",
  html,
  `--${boundary}--`,
]

/** What a server answers that knows no such recipient (RFC 3464), of the mail of that id. */
export function composeBounce(
  { id, at, to }: Omit<MailHead, "answers">,
  { recipient, originalId }: { recipient: string; originalId: string },
): string {
  const part = (type: string, ...lines: string[]) => [`--${boundary}`, `Content-Type: ${type}`, "", ...lines, ""]
  return [
    "From: Mail Delivery Subsystem <mailer-daemon@mail.example.net>",
    `To: ${to}`,
    "Subject: Undelivered Mail Returned to Sender",
    `Date: ${at.toUTCString()}`,
    `Message-ID: <${id}>`,
    "Auto-Submitted: auto-replied",
    "MIME-Version: 1.0",
    `Content-Type: multipart/report; report-type=delivery-status; boundary="${boundary}"`,
    "",
    ...part("text/plain; charset=utf-8", `<${recipient}>: 550 5.1.1 User unknown`),
    ...part(
      "message/delivery-status",
      "Reporting-MTA: dns; mail.example.net",
      "",
      `Final-Recipient: rfc822; ${recipient}`,
      "Action: failed",
      "Status: 5.1.1",
      "Diagnostic-Code: smtp; 550 5.1.1 User unknown",
    ),
    ...part("text/rfc822-headers", `To: ${recipient}`, `Message-ID: <${originalId}>`),
    `--${boundary}--`,
    "",
  ].join("\n")
}

const written = ({ name, address }: MailPerson) => `${encoded(name)} <${address}>`

const encoded = (words: string) =>
  /^[\x20-\x7e]*$/.test(words) ? words : `=?utf-8?B?${Buffer.from(words).toString("base64")}?=`
