// One line of a terminal that says how far something is; nothing where no person looks. What is to stay is written above it.
const everyMs = 200

export function createProgressLine(to: NodeJS.WriteStream = process.stderr) {
  let shownAt = 0
  const clear = () => {
    if (shownAt > 0) to.write("\r\x1b[2K")
    shownAt = 0
  }
  return {
    show: (text: string) => {
      const now = performance.now()
      if (!to.isTTY || now - shownAt < everyMs) return
      shownAt = now
      to.write(`\r\x1b[2K${text.slice(0, (to.columns || 80) - 1)}`)
    },
    clear,
    above: (text: string) => {
      clear()
      to.write(`${text}\n`)
    },
  }
}

const width = 40

/** `part`: from 0 to 1. */
export function progressBar(part: number): string {
  const full = Math.round(part * width)
  return `[${"█".repeat(full)}${" ".repeat(width - full)}] ${Math.floor(part * 100)} %`
}

export const megabytes = (bytes: number) => `${(bytes / 1e6).toLocaleString("en", { maximumFractionDigits: 1 })} MB`
