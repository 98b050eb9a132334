// Mails as customers write them: text and HTML, an answer with what it answers below.

const ofConversation = 4

type Generated = { id: string; bytes: Buffer; receivedAt: Date }

/** The n-th mail: every fourth begins a conversation of another person, the next three answer. A minute lies between two of them. */
export function mailOfConversation(n: number, word = "waiting"): Generated {
  const [conversation, place] = [Math.floor(n / ofConversation), n % ofConversation]
  const idAt = (at: number) => `${word}${conversation}.${at}@bench.example`
  const before = Array.from({ length: place }, (_, at) => `<${idAt(at)}>`)
  const subject = `Sin luz en la calle ${conversation}`
  const said = "Desde esta mañana no hay luz, y el equipo de la sala no enciende. "
  const text = `${said.repeat(4)}\n\nGracias,\nCarla\n`
  const quoted =
    place === 0 ? "" : `\nEl lun, 30 nov 2026 a las 9:00, Mesa (<soporte@example.com>) escribió:\n\n> ${said}\n`
  const html = `<div>${said.repeat(4)}</div>${quoted && `<blockquote class="gmail_quote">${said}</blockquote>`}`
  const part = (type: string, content: string) =>
    `--b\nContent-Type: ${type}; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n${content}\n`
  const lines = [
    `From: Carla ${conversation} <${word}${conversation}@bench.example>`,
    "To: soporte@example.com",
    `Subject: ${place === 0 ? "" : "Re: "}${subject}`,
    `Message-ID: <${idAt(place)}>`,
    ...(place === 0 ? [] : [`In-Reply-To: ${before.at(-1)}`, `References: ${before.join("\n ")}`]),
    "Date: Mon, 30 Nov 2026 09:00:00 +0000",
    "MIME-Version: 1.0",
    'Content-Type: multipart/alternative; boundary="b"',
    "",
    `${part("text/plain", text + quoted)}${part("text/html", html)}--b--\n`,
  ]
  const receivedAt = new Date(Date.now() - place * 60_000)
  return { id: idAt(place), bytes: asMail(lines.join("\n")), receivedAt }
}

/** As large as a mailbox takes. */
export function largestMail(): Generated {
  const id = "largest@bench.example"
  const head = [
    "From: Carla <largest@bench.example>",
    "To: soporte@example.com",
    "Subject: Fotos",
    `Message-ID: <${id}>`,
    "Content-Type: application/pdf; name=fotos.pdf",
    "Content-Transfer-Encoding: base64",
    "",
    "",
  ]
  const line = `${"QUJD".repeat(19)}\r\n`
  const body = line.repeat(Math.floor((35 * 1024 * 1024 - 1_000) / line.length))
  return { id, bytes: Buffer.concat([asMail(head.join("\n")), Buffer.from(body)]), receivedAt: new Date() }
}

const asMail = (text: string) => Buffer.from(text.replaceAll("\n", "\r\n"))
