// The pages of customers who are not signed in, once per language and use: its texts stand in its HTML, and its style with them.
import { globSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { escapeHtml } from "../src/kernel/http/html-template.ts"
import { en } from "../src/texts/en.ts"
import { es } from "../src/texts/es.ts"
import { languages, locales, type Language, type TextId } from "../src/texts/languages-and-text-ids.ts"

const texts = { en, es }
/** By where each was built: the pages that are made of it, and what each begins with. The server says that of the other two. */
const built: Record<string, Record<string, string>> = {
  "customer-portal/sign-in/sign-in.html": { "sign-in": "ask", enter: "enter" },
  "surveys/page/survey.html": { survey: "" },
  "tracking/track.html": { track: "" },
}

/** Makes `{sign-in,enter,survey,track}.{es,en}.html` of the pages that were built into `folder`. */
export function translatePages(folder: string): void {
  for (const [path, pages] of Object.entries(built)) {
    const source = withStyle(readFileSync(join(folder, path), "utf8"), folder)
    for (const language of languages)
      for (const [name, is] of Object.entries(pages))
        writeFileSync(join(folder, `${name}.${language}.html`), translated(source, language, is))
    rmSync(join(folder, path.split("/")[0]!), { recursive: true })
  }
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
  return escapeHtml(text).replace("{email}", "<span data-address></span>")
}
