// The widget's script as sites get it: the built one with the look of a chat, put together once for each look.
import { createHash } from "node:crypto"
import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { boundedMemo } from "#kernel/bounded-memo.ts"
import { webFolder } from "#kernel/http/static-files.ts"

const mostLooks = 200

let built: string | undefined

/** Read once, when it is first asked for. Not built yet: a page that asks for it goes on without. */
function builtScript(): string {
  if (built !== undefined) return built
  const file = join(webFolder, "widget.js")
  if (!existsSync(file)) return ""
  built = readFileSync(file, "utf8")
  return built
}

/** `look` is JSON. The script reads `hiloLook` around it: no page gets a global by that name. */
const composeScript = (look: string) => {
  const script = `(hiloLook=>{${builtScript()}})(${look})\n`
  return { script, etag: `"${createHash("sha256").update(script).digest("base64url").slice(0, 22)}"` }
}

const remembered = boundedMemo(mostLooks, composeScript)

/** Of a look as JSON, with its ETag. */
export const widgetScript = (look: string) => (builtScript() === "" ? composeScript(look) : remembered(look))
