// The files of what the desk wrote. Only the visitor's token opens them, so that no address of one can be passed on.
import type { ChatFile } from "../../src/channels/webchat/api-contract.ts"
import { fileSize, fileKindOf } from "../files/file-kind-and-size.ts"
import { locale, t } from "./page-setup.ts"

export type FetchFile = (id: string) => Promise<Blob | null>

export function messageFiles(files: ChatFile[], fetchFile: FetchFile): HTMLElement[] {
  return files.map((file) => {
    const node = document.createElement("button")
    node.type = "button"
    node.className = "file"
    node.title = t("chat.download")
    node.append(fileKindOf(file.mimeType) === "picture" ? picture(file, fetchFile) : words(file))
    node.addEventListener("click", () => void save(file, fetchFile))
    return node
  })
}

function picture(file: ChatFile, fetchFile: FetchFile): HTMLElement {
  const node = document.createElement("img")
  node.alt = file.name
  void fetchFile(file.id).then((blob) => blob && (node.src = URL.createObjectURL(blob)))
  return node
}

function words({ name, size }: ChatFile): HTMLElement {
  const node = document.createElement("span")
  const small = document.createElement("small")
  small.textContent = fileSize(size, locale)
  node.append(name, " ", small)
  return node
}

async function save(file: ChatFile, fetchFile: FetchFile) {
  const blob = await fetchFile(file.id)
  if (!blob) return
  const link = document.createElement("a")
  link.href = URL.createObjectURL(blob)
  link.download = file.name
  link.click()
  // The browser has begun to take it by then, however long it is.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
