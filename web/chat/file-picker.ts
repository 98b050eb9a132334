// Files that the visitor has chosen: they go up at once, and with the next message. On a phone a button opens its camera; at a
// desk they are dropped or pasted as well. A large photo is made smaller first.
import type { ChatFile } from "../../src/channels/webchat/api-contract.ts"
import { fileSize, maxFileBytes } from "../files/file-kind-and-size.ts"
import { isLargePicture } from "../files/picture-size.ts"
import { pastedFiles } from "../files/pasted-files.ts"
import { Problem } from "../lib/api-client.ts"
import type { ChatApi } from "./chat-api.ts"
import { type ChatText, element, locale, t } from "./page-setup.ts"

/** As the contract has it, which is not loaded here. */
const mostChatFiles = 10

type ChosenFile = { file: File; row: HTMLElement; words: HTMLElement; away: HTMLElement; stored: ChatFile | null }

/** `changed` is called whenever what is ready, or whether all is, may have changed. */
export function startFilePicker(upload: ChatApi["upload"], changed: () => void) {
  const chosen = new Set<ChosenFile>()
  const full = element("too-many")

  function choose(files: ArrayLike<File>) {
    const all = Array.from(files)
    const room = mostChatFiles - chosen.size
    full.textContent = all.length > room ? t("chat.tooMany").replace("{most}", String(mostChatFiles)) : ""
    for (const file of all.slice(0, room)) {
      const one = drawn(file, () => drop(one))
      chosen.add(one)
      void send(one)
    }
    changed()
  }

  function drop(one: ChosenFile) {
    chosen.delete(one)
    one.row.remove()
    full.textContent = ""
    changed()
    element("attach").focus()
  }

  async function send(one: ChosenFile) {
    const { row, words } = one
    row.dataset["is"] = "coming"
    words.textContent = "0 %"
    const file = await madeSmaller(one.file)
    const wrong = file.size === 0 ? "chat.fileEmpty" : file.size > maxFileBytes ? "chat.fileTooLarge" : null
    if (wrong) return fail(one, wrong)
    const onProgress = (part: number) => (words.textContent = `${Math.floor(part * 100)} %`)
    try {
      one.stored = await upload(file, onProgress)
      row.dataset["is"] = "stored"
      words.textContent = fileSize(file.size, locale)
      changed()
    } catch (error) {
      fail(one, reasonOf(error), () => void send(one))
    }
  }

  listen(choose)
  return {
    isReady: () => [...chosen].every(({ stored }) => stored !== null),
    isEmpty: () => chosen.size === 0,
    /** What is stored, to go with a message; nothing is left here. */
    take: () => {
      const files = [...chosen].flatMap(({ stored }) => stored ?? [])
      for (const one of chosen) one.row.remove()
      chosen.clear()
      return files
    },
  }
}

/** What a browser cannot make smaller goes as it is. */
async function madeSmaller(file: File): Promise<File> {
  if (!isLargePicture(file)) return file
  return import("../files/shrink-picture.ts").then(({ shrinkPicture }) => shrinkPicture(file)).catch(() => file)
}

function listen(choose: (files: ArrayLike<File>) => void) {
  const take = (event: Event, files: ArrayLike<File> | undefined) => {
    if (!files || files.length === 0) return
    event.preventDefault()
    choose(files)
  }
  for (const [button, input] of [
    [element("attach"), element<HTMLInputElement>("file")],
    [element("camera"), element<HTMLInputElement>("photo")],
  ] as const) {
    button.addEventListener("click", () => input.click())
    input.addEventListener("change", () => {
      choose(input.files ?? [])
      input.value = ""
    })
  }
  element("camera").hidden = !matchMedia("(pointer: coarse)").matches
  element("text").addEventListener("paste", (event) => {
    if (event.clipboardData) take(event, pastedFiles(event.clipboardData))
  })
  addEventListener("dragover", (event) => event.preventDefault())
  addEventListener("drop", (event) => take(event, event.dataTransfer?.files))
}

function drawn(file: File, onAway: () => void): ChosenFile {
  const row = document.createElement("li")
  const name = document.createElement("span")
  const words = document.createElement("small")
  name.textContent = file.name
  name.dir = "auto"
  const away = button("×", onAway)
  away.setAttribute("aria-label", t("chat.removeFile").replace("{name}", file.name))
  row.append(name, words, away)
  element("chosen").append(row)
  return { file, row, words, away, stored: null }
}

function fail({ row, words, away }: ChosenFile, reason: ChatText, again?: () => void) {
  row.dataset["is"] = "failed"
  words.setAttribute("role", "alert")
  words.textContent = t(reason)
  if (!again || reason !== "chat.fileLost") return
  const retry = button(t("chat.retry"), () => {
    // The button goes, and with it the focus that is on it.
    away.focus()
    again()
  })
  retry.className = "again"
  words.append(" ", retry)
}

function button(text: string, deed: () => void): HTMLButtonElement {
  const made = document.createElement("button")
  made.type = "button"
  made.textContent = text
  made.addEventListener("click", deed)
  return made
}

function reasonOf(error: unknown): ChatText {
  if (!(error instanceof Problem) || error.status === 0 || error.status >= 500) return "chat.fileLost"
  if (error.status === 413) return "chat.fileTooLarge"
  return error.status === 429 ? "chat.fileMany" : "chat.fileRefused"
}
