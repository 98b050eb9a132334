// What mail systems say when they could not deliver, where they say it in words alone. All patterns are bounded, and tried on a text of
// bounded length.

const subject = new RegExp(
  `^\\s*(?:${[
    "undeliver(?:ed|able)",
    "delivery (?:status notification|failure|failed|has failed|report|status|problem|error)",
    "failure notice",
    "returned mail",
    "mail (?:delivery (?:failed|failure|error|problem)|system error|failure)",
    "message (?:delivery failure|undeliverable|not delivered)",
    "(?:mail )?non[- ]?deliver(?:y|able)",
    "warning: could not send",
    "your message (?:to .{1,100} )?(?:could not|couldn't|was not)",
    "no se (?:puede|pudo|ha podido) entregar",
    "no entregado",
    "correo (?:no entregado|devuelto)",
    "mensaje (?:no entregado|devuelto)",
    "notificaci[oó]n de estado de (?:la )?entrega",
    "error de entrega",
    "unzustellbar",
    "remise impossible",
    "échec de (?:la )?remise",
    "não foi possível entregar",
    "ваше сообщение не доставлено",
  ].join("|")})`,
  "iu",
)
export const isBounceSubject = (text: string): boolean => subject.test(text.slice(0, 300))

const body = [
  /(?:could|can|did|was|were) ?not (?:be )?(?:deliver|reach|sen[dt]|able to deliver)/i,
  /(?:wasn't|unable|not able|failed) to (?:deliver|be delivered)/i,
  /delivery (?:to .{1,200} )?(?:has )?(?:failed|failure|errors)/i,
  /(?:undeliverable|undelivered|permanent (?:fatal )?errors?|failed permanently|has been (?:rejected|returned))/i,
  /(?:user|host|recipient|address|mailbox) (?:is )?(?:unknown|not (?:found|known|listed|recognized))/i,
  /(?:no such user|rejected by|returned message|unsent message|failed recipients|is over quota|does not exist)/i,
  /no (?:se )?(?:pudo|ha podido|puede|fue posible|se entreg[oó]) ?(?:ser )?(?:entreg|enviar)?/i,
  /transcript of session follows/i,
]
export const hasBounceWords = (text: string): boolean => body.some((pattern) => pattern.test(text))

const delay = [
  /\bdelay(?:ed)?\b/i,
  /warning: could not send/i,
  /will (?:be retried|retry|keep trying|continue to try|try again|be attempted again)/i,
  /(?:retras|demor)(?:o|ó|ado|ada)\b/iu,
  /(?:se )?(?:reintentar[áa]|volver[áa] a intentar)/iu,
]
export const saysDelay = (text: string): boolean => delay.some((pattern) => pattern.test(text))

/** Lines behind which mail systems copy the mail that came back. */
export const isCopyLine = (line: string): boolean =>
  line.length < 200 &&
  /(?:copy of (?:the|your) (?:original )?message|below this line|original (?:message|mail)|(?:unsent|returned) message|message header|mensaje original)/i.test(
    line,
  )

const sender = /^(?:mailer-?daemon|postmaster|mail-?daemon|mail\.delivery\.system)\b/i
const senderName =
  /mail(?:er)? ?delivery (?:sub)?system|mailer[- ]daemon|system administrator|mail administrator|postmaster/i
export const isDaemon = (name: string, address: string): boolean =>
  sender.test(address) || senderName.test(name.slice(0, 200))
