// The lines by which mail programs begin what they quote, in the languages that customers of a desk write. Every pattern is tried on
// one line of bounded length, and none can repeat within itself: the time grows with the text alone.

const longestAttribution = 400

const wrote = [
  "wrote",
  "writes",
  "escribi[oó]",
  "escribe",
  "a écrit",
  "schrieb(?: am .*)?",
  "escreveu",
  "ha scritto",
  "napisał\\(a\\)",
  "napisa[łl]a?",
  "schreef",
  "skrev",
  "пишет",
  "написал\\(?а?\\)?",
].join("|")
const endsInWrote = new RegExp(`(?:^|[\\s>,)])(?:${wrote})\\s?[:：]$`, "iu")

/** "El mié, 3 dic 2025 a las 10:15, Ana (<ana@x.example>) escribió:", whole. Any language, when it names an address and a time. */
export function isAttribution(line: string): boolean {
  const text = line.trim()
  if (text.length > longestAttribution || !/[:：]$/.test(text)) return false
  if (!/\d/.test(text)) return /[@<]/.test(text) && endsInWrote.test(text)
  return endsInWrote.test(text) || (/\S@\S/.test(text) && /\d{1,2}:\d{2}/.test(text))
}

/** Does a line begin as an attribution does, which may then go on in the next one? */
export const beginsAttribution = (line: string): boolean =>
  /^\s*(?:on|el|le|am|em|il|op|den|w dniu|dnia)\s/iu.test(line.slice(0, 40)) ||
  /^\s*\d{1,4}[./-]\d{1,2}[./-]\d{2,4}/.test(line.slice(0, 40))

type Label = "from" | "date" | "to" | "subject"
const labels: Record<Label, string> = {
  from: "from|de|von|da|van|от|de la part de|från|od",
  date: "date|sent|fecha|enviado(?: el)?|enviada(?: em)?|envoyé|gesendet|datum|data|inviato|verzonden|дата|отправлено|skickat",
  to: "to|para|an|à|a|aan|кому|till|do",
  subject: "subject|asunto|assunto|objet|betreff|oggetto|onderwerp|тема|ämne|temat",
}
const labelPatterns = (Object.entries(labels) as [Label, string][]).map(
  ([label, words]) => [label, new RegExp(`^[\\s*_>]{0,8}(?:${words})\\s?[*_]{0,2}\\s?[:：]`, "iu")] as const,
)

/** "Enviado el: lunes, 8 de diciembre": which header of the quoted mail a line holds. */
export const headerLabel = (line: string): Label | null =>
  labelPatterns.find(([, pattern]) => pattern.test(line.slice(0, 80)))?.[0] ?? null

const original = [
  "original message",
  "mensaje original",
  "message d'origine",
  "urspr[uü]ngliche nachricht",
  "mensagem original",
  "messaggio originale",
  "oorspronkelijk bericht",
  "исходное сообщение",
].join("|")
const originalLine = new RegExp(`^\\s{0,8}[-_=*]{2,40}\\s?(?:${original})\\s?[-_=*]{2,40}\\s*$`, "iu")
export const isOriginalMessageLine = (line: string): boolean => line.length < 200 && originalLine.test(line)

/** The rule that Outlook draws above the headers of the quoted mail. */
export const isRule = (line: string): boolean => /^\s{0,8}[_-]{5,200}\s*$/.test(line.slice(0, 250)) && line.length < 250

const forwarded = new RegExp(
  `^\\s{0,8}(?:[-_=*]{2,40}\\s?)?(?:${[
    "forwarded message",
    "mensaje reenviado",
    "begin forwarded message",
    "inicio del mensaje reenviado",
    "message transf[eé]r[eé]",
    "weitergeleitete nachricht",
    "mensagem encaminhada",
    "messaggio inoltrato",
  ].join("|")})\\s?(?::|[-_=*]{2,40})\\s*$`,
  "iu",
)
export const isForwardLine = (line: string): boolean => line.length < 200 && forwarded.test(line)

/** "RV: …", "Fwd: …": the mail that follows is what its writer wants read. */
export const isForwardSubject = (subject: string): boolean =>
  /^\s{0,4}(?:\[[^\]]{1,60}\]\s?)?(?:fwd?|rv|reenv(?:iado|ío)?|enc|tr|wg|i|doorst)\s?[:：]/iu.test(
    subject.slice(0, 120),
  )

export const isReplySubject = (subject: string): boolean =>
  /^\s{0,4}(?:\[[^\]]{1,60}\]\s?)?(?:re|rif|sv|aw|antw|res|r|ref)(?:\[\d{1,3}\])?\s?[:：]/iu.test(subject.slice(0, 120))

const device = new RegExp(
  `^\\s{0,8}(?:${[
    "enviad[oa] (?:desde|con|a partir de|do|pelo|via) .{1,80}",
    "sent (?:from|with|using|via) .{1,80}",
    "get outlook for .{1,40}",
    "obtener outlook para .{1,40}",
    "obt[eé]n outlook para .{1,40}",
    "envoyé (?:de|depuis|avec) .{1,80}",
    "von (?:meinem|unterwegs).{0,60} gesendet",
    "gesendet mit .{1,60}",
  ].join("|")})\\s*$`,
  "iu",
)
/** "Enviado desde mi iPhone". */
export const isDeviceLine = (line: string): boolean => line.length < 160 && device.test(line)
