import type { ClipboardEvent, DragEvent } from "react"
import { pastedFiles } from "./pasted-files.ts"
import type { Uploads } from "./use-uploads.ts"

/** What a form needs to take files that are dropped on it or pasted into it. */
export function dropAndPasteProps({ add }: Uploads) {
  const take = (event: { preventDefault: () => void }, files: readonly File[]) => {
    if (files.length === 0) return
    event.preventDefault()
    add(files)
  }
  return {
    onDragOver: (event: DragEvent) => event.preventDefault(),
    onDrop: (event: DragEvent) => take(event, [...event.dataTransfer.files]),
    onPaste: (event: ClipboardEvent) => take(event, pastedFiles(event.clipboardData)),
  }
}
