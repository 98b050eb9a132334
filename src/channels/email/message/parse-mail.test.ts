import assert from "node:assert/strict"
import { test } from "node:test"
import { openMailReader } from "./mail-reader.ts"
import { parseMail } from "./parse-mail.ts"

const bytes = (text: string, encoding: BufferEncoding = "utf8") =>
  new Uint8Array(Buffer.from(text.replaceAll("\n", "\r\n"), encoding))
const read = (
  text: string,
  { authservId = null, encoding = "utf8" }: { authservId?: string | null; encoding?: BufferEncoding } = {},
) => parseMail(bytes(text, encoding), { authservId })
const addresses = (all: { address: string }[]) => all.map(({ address }) => address)

test("a mail's people are read from its raw headers, each once", async () => {
  const mail = await read(`From: Transportes Tlaloc, S.A. de C.V. <Facturacion@Tlaloc.example.com>
Reply-To: =?utf-8?q?Ana_Mu=C3=B1oz=2C_Ventas?= <ana@example.com>
To: "Pritchard, Owen" <owen@example.com>, Equipo: beto@example.com, carla@example.com;, soporte@example.org
Cc: OWEN@example.com, (nota) dani@example.com
Delivered-To: soporte+abc@example.org
X-Original-Sender: marta@example.com
Return-Path: <>
Subject: =?iso-8859-1?Q?Se=F1al?=

Hola`)
  assert.deepEqual(mail.from, { name: "Transportes Tlaloc, S.A. de C.V.", address: "facturacion@tlaloc.example.com" })
  assert.deepEqual(mail.replyTo, [{ name: "Ana Muñoz, Ventas", address: "ana@example.com" }])
  assert.deepEqual(addresses(mail.to), [
    "owen@example.com",
    "beto@example.com",
    "carla@example.com",
    "soporte@example.org",
  ])
  assert.deepEqual(addresses(mail.cc), ["dani@example.com"])
  assert.deepEqual(
    [mail.deliveredTo, mail.xOriginalSender, mail.returnPath],
    // It is of no list.
    [["soporte+abc@example.org"], null, ""],
  )
  assert.deepEqual([mail.subject, mail.visibleText], ["Señal", "Hola"])
})

test("of whom the mail of a list is counts where the list has put its own address into From, and nowhere else", async () => {
  const writer = async (from: string, list: string) =>
    (await read(`From: Eva <${from}>\n${list}\nX-Original-Sender: marta@example.com\n\nx`)).xOriginalSender
  const post = "List-Post: <mailto:Avisos@listas.example.org>"
  const id = "List-Id: Los avisos <avisos.listas.example.org>"
  assert.deepEqual(
    await Promise.all([
      writer("avisos@listas.example.org", post),
      writer("avisos@listas.example.org", id),
      writer("eva@example.net", post),
      writer("eva@example.net", id),
      writer("avisos@listas.example.org", "Precedence: list"),
    ]),
    ["marta@example.com", "marta@example.com", null, null, null],
  )
})

test("ids are read folded, encoded, bare or without their other header, and at most 50 of them", async () => {
  const ids = Array.from({ length: 80 }, (_, n) => `<id${n}@x.example>`)
  const mail = await read(`From: a@x.example
Message-ID:
 <one@x.example>
Message-ID: <two@x.
 example>
In-Reply-To: =?us-ascii?Q?=3Cthree=40x=2Eexample=3E?=
References: ${ids.join("\n\t")}

x`)
  assert.deepEqual(
    [mail.messageId, mail.furtherMessageIds, mail.inReplyTo],
    ["one@x.example", ["two@x.example"], ["three@x.example"]],
  )
  assert.equal(mail.references.length, 50)
  assert.deepEqual(
    [mail.references[0], mail.references[1], mail.references.at(-1)],
    ["id0@x.example", "id31@x.example", "id79@x.example"],
  )
  const bare = await read("From: a@x.example\nIn-Reply-To: four@x.example\n\nx")
  assert.deepEqual([bare.messageId, bare.inReplyTo, bare.references], [null, ["four@x.example"], []])
})

test("only the topmost results with the own server's name say who a mail is from", async () => {
  const mail = `From: a@x.example
Authentication-Results: mx.example.org 1;
 spf=softfail (a comment; dmarc=pass) smtp.mailfrom=x.example;
 dkim=fail header.d=y.example; dkim=pass header.d=x.example; dmarc=fail
Authentication-Results: mx.example.org; spf=pass; dkim=pass; dmarc=pass

x`
  const own = await read(mail, { authservId: "MX.example.org" })
  assert.deepEqual(own.authentication, { spf: "softfail", dkim: "pass", dmarc: "fail" })
  assert.equal(own.authservId, "mx.example.org")
  assert.equal((await read(mail)).authentication, null)
  assert.equal((await read(mail, { authservId: "other.example" })).authentication, null)
})

test("what a machine wrote is known by its signs, and a person's mail bears none", async () => {
  const cases: [header: string, kind: string][] = [
    ["X-Nothing: 1", "none"],
    ["Auto-Submitted: no", "none"],
    ["Auto-Submitted: auto-generated", "auto"],
    ["Auto-Submitted: auto-replied", "out_of_office"],
    ["Subject: Respuesta automática: Sensor", "out_of_office"],
    ["Subject: Automatic reply: Sensor", "out_of_office"],
    ["Subject: Ausente mañana", "none"],
    ["Precedence: bulk", "auto"],
    ["Precedence: list", "list"],
    ["List-Id: <x.example>", "list"],
    ["X-Auto-Response-Suppress: All", "auto"],
    ["X-Hilo-Loop: desk_1", "auto"],
    ["Return-Path: <>", "auto"],
    ["Content-Type: multipart/report; report-type=disposition-notification; boundary=x", "read_receipt"],
    ["X-Failed-Recipients: ana@x.example", "bounce"],
  ]
  for (const [header, kind] of cases)
    assert.equal((await read(`From: a@x.example\n${header}\n\nx`)).automatic.kind, kind, header)
  assert.equal((await read("From: No-Reply <no-reply@x.example>\n\nx")).automatic.kind, "auto")
})

test("a delivery report names each recipient, why, and the mail that came back", async () => {
  const { bounce } = await read(`From: MAILER-DAEMON@x.example
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b

No se pudo entregar.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; x.example

Final-Recipient: rfc822; Ana@x.example
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 no
 such user

Original-Recipient: rfc822;Beto@y.example
Final-Recipient: rfc822; beto@x.example
Action: delayed
Status: 4.4.1
--b
Content-Type: text/rfc822-headers

Message-ID: <ours@example.org>
--b--`)
  assert.deepEqual(bounce, {
    action: "failed",
    originalMessageId: "ours@example.org",
    isReported: true,
    recipients: [
      {
        address: "ana@x.example",
        originalAddress: null,
        action: "failed",
        status: "5.1.1",
        diagnostic: "550 5.1.1 no such user",
      },
      {
        address: "beto@x.example",
        originalAddress: "beto@y.example",
        action: "delayed",
        status: "4.4.1",
        diagnostic: "",
      },
    ],
  })
})

test("false charsets, encodings, types and names are taken for what they can be taken for", async () => {
  const latin = await read(
    "From: Iñigo <i@x.example>\nSubject: ¿Cuándo?\nContent-Type: text/plain; charset=x-nada\n\nañejo",
    { encoding: "latin1" },
  )
  assert.deepEqual([latin.subject, latin.from?.name, latin.visibleText], ["¿Cuándo?", "Iñigo", "añejo"])
  const broken = await read(`From: a@x.example
Content-Type: multipart/mixed; boundary="b

--b
Content-Type: ;;; ???
Content-Transfer-Encoding: base64

%%%%
--b`)
  assert.equal(broken.from?.address, "a@x.example")
  const nul = await read(
    "From: a@x.example\nSubject: a\0b\n\nantes\0 después \uD83D".replace(
      "\n\n",
      "\nContent-Type: text/html\n\n&#xD83D;",
    ),
  )
  assert.deepEqual([nul.subject, /[\0\uD83D]/.test(nul.text + (nul.html ?? ""))], ["ab", false])
  for (const raw of ["", "\n", "no headers at all", ":\n\n", "\0\0\0", "From: a@x\n"]) await read(raw)
})

/** An attribute of winmail.dat (MS-OXTNEF): level, id, length, data, checksum. */
function tnefAttribute(id: number, data: string | Buffer): Buffer {
  const head = Buffer.alloc(9)
  head.writeUInt8(2, 0)
  head.writeUInt32LE(id, 1)
  head.writeUInt32LE(Buffer.from(data).length, 5)
  return Buffer.concat([head, Buffer.from(data), Buffer.alloc(2)])
}

test("winmail.dat is opened, and kept as it is where it cannot be; a message of Outlook is a file", async () => {
  const begin = Buffer.from([0x78, 0x9f, 0x3e, 0x22, 0, 0])
  const packed = [tnefAttribute(0x69002, "\0"), tnefAttribute(0x18010, "plan.txt\0"), tnefAttribute(0x6800f, "uno dos")]
  const filesOf = async (name: string, type: string, content: Buffer) => {
    const { files } = await read(
      `From: a@x.example\nContent-Type: ${type}; name=${name}\nContent-Transfer-Encoding: base64\n\n${content.toString("base64")}`,
    )
    return files.map((file) => [file.name, Buffer.from(file.content).toString("latin1")])
  }
  const winmail = (content: Buffer) => filesOf("winmail.dat", "application/ms-tnef", content)
  assert.deepEqual(await winmail(Buffer.concat([begin, ...packed])), [["plan.txt", "uno dos"]])
  assert.deepEqual(await winmail(Buffer.from("no TNEF")), [["winmail.dat", "no TNEF"]])
  assert.deepEqual(await filesOf("nota.msg", "application/vnd.ms-outlook", Buffer.from("ole")), [["nota.msg", "ole"]])
})

test("structures without end are one text, and never an error", async () => {
  const nested = Array.from(
    { length: 400 },
    (_, n) => `Content-Type: multipart/mixed; boundary=b${n}\n\n--b${n}\n`,
  ).join("")
  const deep = await read(`From: a@x.example\nSubject: hondo\n${nested}`)
  assert.deepEqual(
    [deep.subject, deep.from?.address, deep.problems],
    ["hondo", "a@x.example", ["structure_unreadable"]],
  )
  const long = await read(`From: a@x.example\nSubject: largo\n${`X-Y: ${"z".repeat(900)}\n`.repeat(1_300)}\nx`)
  assert.deepEqual([long.subject, long.problems], ["largo", ["structure_unreadable"]])
  const html = await read(`From: a@x.example\nContent-Type: text/html\n\n${"<div>".repeat(5_000)}hondo`)
  assert.equal(html.visibleText, "hondo")
  const huge = await read(`From: a@x.example\nContent-Type: text/html\n\n${"<b>a</b> ".repeat(70_000)}`)
  assert.deepEqual([huge.html, huge.problems, huge.text.length > 100_000], [null, ["html_too_long"], true])
})

test("the reader hands over what a mail holds, contents of files included", async () => {
  const reader = openMailReader()
  try {
    const raw = bytes(
      "From: a@x.example\nContent-Type: application/pdf; name=a.pdf\nContent-Transfer-Encoding: base64\n\nJVBERg==",
    )
    const [first, second] = await Promise.all([
      reader.read(bytes("From: a@x.example\n\nuno"), { authservId: null }),
      reader.read(raw, { authservId: null }),
    ])
    assert.equal(first.state === "read" && first.mail.visibleText, "uno")
    assert.equal(second.state === "read" && Buffer.from(second.mail.files[0]!.content).toString(), "%PDF")
  } finally {
    await reader.close()
  }
})
