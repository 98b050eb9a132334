import type { ClipboardEvent, DragEvent } from "react"
import { filesOfPaste } from "./paste.ts"
import type { Uploads } from "./uploads.ts"

/** What a form needs to take files that are dropped on it or pasted into it. */
export function takingFiles({ add }: Uploads) {
  const take = (event: { preventDefault: () => void }, files: readonly File[]) => {
    if (files.length === 0) return
    event.preventDefault()
    add(files)
  }
  return {
    onDragOver: (event: DragEvent) => event.preventDefault(),
    onDrop: (event: DragEvent) => take(event, [...event.dataTransfer.files]),
    onPaste: (event: ClipboardEvent) => take(event, filesOfPaste(event.clipboardData)),
  }
}
