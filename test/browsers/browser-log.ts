// What the pages of a test asked of the server, were answered and complained of. Said only when the test fails.
import type { BrowserContext, Page, Request } from "playwright-core"

const lines: string[] = []
const contexts = new Set<BrowserContext>()
const began = performance.now()

export function clearLog() {
  lines.length = 0
}

/** Keeps it for every page that the context opens; pages are numbered by the context's place among all of the file. */
export function logContext(context: BrowserContext) {
  contexts.add(context)
  const who = `page ${contexts.size}`
  const note = (line: string) => {
    lines.push(`${String(Math.round(performance.now() - began)).padStart(7)} ms  ${who} ${line}`)
  }
  context.on("request", (request) => isOfApi(request) && note(`→ ${wordsOf(request)}`))
  context.on("response", async (response) => {
    if (!isOfApi(response.request())) return
    const isRefused = response.status() >= 400
    note(`← ${response.status()} ${wordsOf(response.request())}`)
    if (isRefused) note(`  ${shorten(await response.text().catch(String))}`)
  })
  context.on("requestfailed", (request) => note(`✖ ${wordsOf(request)}: ${request.failure()?.errorText}`))
  context.on("console", (message) => message.type() === "error" && note(`! ${shorten(message.text())}`))
  context.on("weberror", (error) => note(`! ${error.error().stack}`))
  context.on("page", (page) => {
    page.on("framenavigated", (frame) => frame === page.mainFrame() && note(`at ${frame.url()}`))
    page.on("websocket", (socket) =>
      socket.on("framereceived", ({ payload }) => note(`⇐ ${shorten(payload.toString(), 120)}`)),
    )
  })
}

/** The log, and what each page shows now. */
export async function readLog(): Promise<string> {
  const pages = [...contexts].flatMap((context) => context.pages())
  return `${[...lines, ...(await Promise.all(pages.map(shownBy)))].join("\n")}\n`
}

async function shownBy(page: Page): Promise<string> {
  const tree = await page.locator("body").ariaSnapshot({ timeout: 2_000 }).catch(String)
  return `--- ${page.url()}\n${tree}`
}

const isOfApi = (request: Request) => request.url().includes("/api/")

function wordsOf(request: Request): string {
  const match = request.headers()["if-match"]
  return `${request.method()} ${new URL(request.url()).pathname}${match ? ` If-Match ${match}` : ""}`
}

const shorten = (text: string, to = 400) => (text.length > to ? `${text.slice(0, to)}…` : text)
