// A server, an admin, and what customers do and are shown there: by lists, files and sockets.
import assert from "node:assert/strict"
import { after } from "node:test"
import { io } from "socket.io-client"
import { startApp } from "../start-app.ts"
import { type Client, member } from "./test-desk.ts"

export async function openCustomersDesk() {
  const app = await startApp()
  const root = await member(app, { email: "root@example.com", name: "Root", role: "admin" })
  const files = filesAt(app.url)
  return { app, root, ...files, listen: listenerAt(app.url), opens: openerWith(files.upload) }
}

function listenerAt(url: string) {
  return async (key: string) => {
    const socket = io(url, { path: "/socket", auth: { token: key }, reconnection: false, transports: ["websocket"] })
    after(() => socket.disconnect())
    const received: string[] = []
    socket.onAny((name: string, body: { messageId?: string }) => received.push(`${name} ${body?.messageId ?? ""}`))
    await new Promise<void>((ready, failed) => {
      socket.once("ready", () => ready())
      socket.once("connect_error", failed)
    })
    return received
  }
}

type KeyHolder = { key: string }

const filesAt = (url: string) => ({
  upload: async ({ key }: KeyHolder, name: string): Promise<string> => {
    const form = new FormData()
    form.set("file", new File([`de ${name}`], `${name}.txt`, { type: "text/plain" }))
    const headers = { authorization: `Bearer ${key}` }
    const answer = await fetch(`${url}/api/v1/attachments`, { method: "POST", body: form, headers })
    assert.equal(answer.status, 201)
    return ((await answer.json()) as { id: string }).id
  },
  download: async ({ key }: KeyHolder, id: string) =>
    (await fetch(`${url}/api/v1/attachments/${id}`, { headers: { authorization: `Bearer ${key}` } })).status,
})

function openerWith(upload: (who: KeyHolder, name: string) => Promise<string>) {
  return async (who: Client, name: string) => {
    const file = await upload(who, name)
    const body = { subject: "Uno", description: `de ${name}`, attachmentIds: [file] }
    const made = await who.call("POST", "/tickets", body)
    assert.equal(made.status, 201, JSON.stringify(made.body))
    return { id: String(made.body["id"]), file }
  }
}

export const say = async (who: Client, id: string, more: object = {}) => {
  const { status, body } = await who.call("POST", `/tickets/${id}/messages`, { content: "hola", ...more })
  assert.equal(status, 201, JSON.stringify(body))
  return String(body["id"])
}

type Body = Record<string, unknown> & { items: { id: string }[] }

export async function get({ who }: { who: Client }, url: string) {
  const { status, body } = await who.call("GET", url)
  return { status, body: body as Body }
}

export const idOf = ({ id }: { id: string }) => id
