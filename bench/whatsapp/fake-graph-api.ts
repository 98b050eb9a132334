// As much of Meta's Graph API as a campaign needs: it takes every message, and remembers whom it was for.
import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"

export const benchNumber = { phoneNumberId: "106540352242922", wabaId: "102290129340398" }
export const benchSecrets = {
  accessToken: "token-of-a-bench",
  appSecret: "secret-of-a-bench",
  verifyToken: "verify-a-bench",
}

export type FakeGraphApi = {
  url: string
  /** Whom each message was for, in the order in which they came. */
  reached: string[]
  close: () => void
}

const template = {
  name: "aviso",
  language: "es",
  category: "UTILITY",
  status: "APPROVED",
  components: [{ type: "BODY", text: "Hola {{1}}, su pedido está listo." }],
}

export async function startFakeGraphApi(): Promise<FakeGraphApi> {
  const reached: string[] = []
  const server = createServer((request, response) => void answer(reached, request, response))
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready))
  const close = () => {
    server.closeAllConnections()
    server.close()
  }
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v23.0`, reached, close }
}

async function answer(reached: string[], request: IncomingMessage, response: ServerResponse) {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const reply = (body: object) =>
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(body))
  if (request.method === "GET") return reply({ data: [template] })
  const body = JSON.parse(Buffer.concat(chunks).toString()) as { to?: string }
  if (body.to === undefined) return reply({ success: true })
  reached.push(body.to)
  return reply({ messaging_product: "whatsapp", messages: [{ id: `wamid.bench${reached.length}` }] })
}
