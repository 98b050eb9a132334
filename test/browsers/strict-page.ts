// Somebody else's page, as hostile to what is embedded as a page may be.
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { after } from "node:test"

/** A shop on another origin that forbids inline styles and markup from strings, and styles everything it has. */
export async function openStrictPage(script: string, tags: string): Promise<string> {
  const { origin } = new URL(script)
  const policy = `default-src 'none'; script-src ${origin}; style-src 'self'; frame-src ${origin}; img-src data:; require-trusted-types-for 'script'`
  const css = "* { all: unset; position: static !important } iframe, button, div { display: none !important }"
  const html = `<!doctype html><html lang="es"><title>Tienda</title><link rel="icon" href="data:,"><link rel="stylesheet" href="/a.css">
    <body><p>Zapatos</p>${tags}</body></html>`
  const server = createServer((request, response) => {
    const isStyle = request.url === "/a.css"
    response.writeHead(200, { "content-type": isStyle ? "text/css" : "text/html", "content-security-policy": policy })
    response.end(isStyle ? css : html)
  })
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done))
  after(() => server.close())
  return `http://localhost:${(server.address() as AddressInfo).port}/`
}
