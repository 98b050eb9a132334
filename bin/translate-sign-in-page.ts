// The customers' way in, once per language and use: its texts stand in its HTML, and its style with them.
import { globSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { en } from "../src/texts/en.ts"
import { es } from "../src/texts/es.ts"
import { languages, locales, type Language, type TextId } from "../src/texts/contract.ts"

const texts = { en, es }
const built = "customer-portal/sign-in/sign-in.html"
const pages = { "sign-in": "ask", enter: "enter" }

/** Makes `{sign-in,enter}.{es,en}.html` of the page that was built into `folder`. */
export function translatePage(folder: string): void {
  const source = withStyle(readFileSync(join(folder, built), "utf8"), folder)
  for (const language of languages)
    for (const [name, is] of Object.entries(pages))
      writeFileSync(join(folder, `${name}.${language}.html`), translated(source, language, is))
  rmSync(join(folder, "customer-portal"), { recursive: true })
}

/** The style in the page itself: a phone on a slow line waits for one answer, not for two. */
function withStyle(html: string, folder: string): string {
  return html.replace(/<link rel="stylesheet"[^>]*href="\/(assets\/[^"]+)"[^>]*>/, (_, path: string) => {
    const css = readFileSync(join(folder, path), "utf8")
    for (const file of globSync(`${path}*`, { cwd: folder })) rmSync(join(folder, file))
    return `<style>${css}</style>`
  })
}

function translated(source: string, language: Language, is: string): string {
  const values: Record<string, string> = { language, locale: locales[language], is }
  return source
    .replaceAll(/\{\{([\w.]+)\}\}/g, (_, id: string) => values[id] ?? said(texts[language][id as TextId], id))
    .replace(`href="?lang=${language}"`, (link) => `${link} aria-current="true"`)
}

// {email} is known once somebody has written it.
function said(text: string | undefined, id: string): string {
  if (text === undefined) throw new Error(`no text ${id}`)
  const safe = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;")
  return safe.replace("{email}", "<span data-address></span>")
}
