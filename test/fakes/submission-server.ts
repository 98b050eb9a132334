// The server by which a mailbox sends: it asks for the password, keeps what it gets, and answers as the test says.
import type { AddressInfo } from "node:net"
import { after } from "node:test"
import { SMTPServer } from "smtp-server"

export type SubmittedMail = { from: string; to: string[]; raw: string }

/** `RCPT`: recipients whose address holds the word. After the whole mail came, `cut`: the connection ends; `silent`: nothing is said. */
export type SubmissionAnswer =
  | { at: "AUTH" | "MAIL" | "DATA"; code: number }
  | { at: "RCPT"; code: number; word: string }
  | { at: "DATA"; cut: true }
  | { at: "DATA"; silent: true }

export async function startSubmissionServer(password: string) {
  const server = {
    port: 0,
    mails: [] as SubmittedMail[],
    answer: null as SubmissionAnswer | null,
    /** What it says of a mail that it took, behind the code. */
    accepted: "OK",
    /** How often somebody has logged in. */
    logins: 0,
    /** The one access token that it takes. */
    accessToken: "",
    /** Where what was submitted goes. */
    deliver: (_mail: SubmittedMail): void => {},
    /** Of the mails that came, the headers of that name, unfolded. */
    header: headerOf,
  }
  const refusal = (at: SubmissionAnswer["at"], address = "") => {
    const { answer } = server
    if (answer?.at !== at || !("code" in answer)) return null
    if (answer.at === "RCPT" && !address.includes(answer.word)) return null
    return Object.assign(new Error("no"), { responseCode: answer.code })
  }
  const smtp = new SMTPServer({
    allowInsecureAuth: true,
    disabledCommands: ["STARTTLS"],
    authMethods: ["PLAIN", "LOGIN", "XOAUTH2"],
    onAuth: (auth, _session, done) => {
      server.logins++
      if (auth.method === "XOAUTH2")
        return done(null, answerToToken(auth.accessToken === server.accessToken, auth.username))
      const refused = refusal("AUTH") ?? (auth.password === password ? null : new Error("wrong"))
      if (refused) done(refused)
      else done(null, { user: auth.username ?? "" })
    },
    onMailFrom: (_address, _session, done) => done(refusal("MAIL")),
    onRcptTo: ({ address }, _session, done) => done(refusal("RCPT", address)),
    onData: (stream, { envelope: { mailFrom, rcptTo } }, done) => {
      const chunks: Buffer[] = []
      stream.on("data", (chunk: Buffer) => chunks.push(chunk))
      stream.on("end", () => {
        const refused = refusal("DATA")
        if (refused) return done(refused)
        const from = mailFrom ? mailFrom.address : ""
        const mail = { from, to: rcptTo.map(({ address }) => address), raw: Buffer.concat(chunks).toString() }
        server.mails.push(mail)
        if (server.answer !== null && "cut" in server.answer)
          for (const connection of smtp.connections) (connection as { close: () => void }).close()
        else {
          server.deliver(mail)
          if (!server.answer || !("silent" in server.answer)) done(null, server.accepted)
        }
      })
    },
  })
  smtp.on("error", () => {})
  await new Promise<void>((ready) => smtp.listen(0, "127.0.0.1", ready))
  after(() => new Promise<void>((closed) => smtp.close(closed)))
  server.port = (smtp.server.address() as AddressInfo).port
  return server
}

const headerOf = (mail: SubmittedMail, name: string) =>
  mail.raw
    .slice(0, mail.raw.indexOf("\r\n\r\n"))
    .replace(/\r\n[ \t]+/g, " ")
    .split("\r\n")
    .find((line) => line.toLowerCase().startsWith(`${name.toLowerCase()}:`))
    ?.slice(name.length + 1)
    .trim()

/** A refusal is an object, not an error. */
const answerToToken = (isTaken: boolean, user = "") =>
  isTaken ? { user } : { data: { status: "401", schemes: "bearer" } }
