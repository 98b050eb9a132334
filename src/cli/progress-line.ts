// One line of a terminal that says how far something is. Nothing where no person looks.
const everyMs = 200

export function createProgressLine(to: NodeJS.WriteStream = process.stderr) {
  let shownAt = 0
  return {
    show: (text: string) => {
      const now = performance.now()
      if (!to.isTTY || now - shownAt < everyMs) return
      shownAt = now
      to.write(`\r\x1b[2K${text.slice(0, (to.columns ?? 80) - 1)}`)
    },
    clear: () => {
      if (shownAt > 0) to.write("\r\x1b[2K")
    },
  }
}

export const megabytes = (bytes: number) => `${(bytes / 1e6).toLocaleString("en", { maximumFractionDigits: 1 })} MB`
