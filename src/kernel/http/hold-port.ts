// The port that Hilo listens on: taken before any work begins, so that a start that cannot have it changes nothing.
import { once } from "node:events"
import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import { BadSetting } from "../config.ts"
import { Refusal } from "../errors.ts"
import { problemOf, problemType } from "./send-problem.ts"

type Where = { port: number; host: string }

const unusable: Record<string, ["PORT" | "HOST", string]> = {
  EADDRINUSE: ["PORT", "names a port that is taken"],
  EACCES: ["PORT", "names a port that this user may not open"],
  EADDRNOTAVAIL: ["HOST", "is not an address of this machine"],
  ENOTFOUND: ["HOST", "is not a name that leads to this machine"],
  EAI_AGAIN: ["HOST", "is not a name that leads to this machine"],
}

/** What `opened` gives. Throws `BadSetting` where a setting is why it cannot listen. */
export async function listening<T>(opened: Promise<T>, { port, host }: Where): Promise<T> {
  try {
    return await opened
  } catch (error) {
    const [setting, why] = unusable[(error as NodeJS.ErrnoException).code ?? ""] ?? []
    throw setting ? new BadSetting(setting, `${why} (${host}:${port})`) : error
  }
}

/** Keeps the port and answers 503 there until `release`, which leaves it free for the server itself. */
export async function holdPort(where: Where): Promise<{ release: () => Promise<void> }> {
  const server = createServer(sayStarting)
  server.listen(where)
  await listening(once(server, "listening"), where)
  return {
    release: async () => {
      const closed = once(server, "close")
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}

const starting = new Refusal("unavailable", "unavailable", "Hilo is starting; try again shortly.")

// Alive, so that nobody ends a long migration; and not ready.
function sayStarting({ url = "" }: IncomingMessage, response: ServerResponse) {
  const path = url.split("?")[0]
  const say = (status: number, type: string, body: object) =>
    response
      .writeHead(status, {
        "content-type": type,
        "cache-control": "no-store",
        "x-content-type-options": "nosniff",
        connection: "close",
        ...(status === 503 && { "retry-after": "2" }),
      })
      .end(JSON.stringify(body))
  if (path === "/healthz") say(200, "application/json", { status: "ok" })
  else if (path === "/readyz") say(503, "application/json", { status: "not_ready", problem: "starting" })
  else say(503, problemType, problemOf(starting, 503))
}
